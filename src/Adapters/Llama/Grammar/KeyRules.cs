using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Keys of properties that are not declared.</summary>
internal sealed class KeyRules(GbnfGrammar grammar, JsonRules json)
{
    /// <summary>
    /// Any key but these. Beside declared keys, others are written without escapes, since an escape would be another way to write
    /// a declared one.
    /// </summary>
    public GbnfNode Except(IReadOnlyList<string> names, string hint)
    {
        if (names.Count == 0)
        {
            return json.String;
        }

        var letters = new List<Letters> { new() };
        foreach (var name in names.Where(JsonText.IsPlain))
        {
            Add(name, letters);
        }

        // What follows a letter is listed after it, so that from the last to the first each finds the rules that it needs.
        for (var i = letters.Count - 1; i > 0; i--)
        {
            letters[i].Rule = grammar.Share($"{hint}-key", Other(letters[i]));
        }

        return grammar.Share($"{hint}-key", JsonRules.InQuotes(Other(letters[0])));
    }

    // What is not a declared key leaves the tree of their letters at some point, or ends before a leaf.
    private GbnfNode Other(Letters letters)
    {
        var leaving = JsonText.Plain.Intersect(CharacterSet.Of(letters.Next.Keys.Select(letter => (letter, letter))).Complement());
        return GbnfNode.OneOf([
            .. letters.Next.Select(next => GbnfNode.Join(GbnfNode.Text(char.ConvertFromUtf32(next.Key)), next.Value.Rule)),
            GbnfNode.Join(new GbnfNode.Characters(leaving), json.Plain.AnyTimes()),
            .. letters.IsEnd ? Array.Empty<GbnfNode>() : [GbnfNode.Empty],
        ]);
    }

    private static void Add(string name, List<Letters> all)
    {
        var letters = all[0];
        foreach (var rune in name.EnumerateRunes())
        {
            if (!letters.Next.TryGetValue(rune.Value, out var next))
            {
                letters.Next[rune.Value] = next = new Letters();
                all.Add(next);
            }

            letters = next;
        }

        letters.IsEnd = true;
    }

    private sealed class Letters
    {
        public SortedDictionary<int, Letters> Next { get; } = [];

        public bool IsEnd { get; set; }

        public GbnfNode Rule { get; set; } = GbnfNode.Empty;
    }
}
