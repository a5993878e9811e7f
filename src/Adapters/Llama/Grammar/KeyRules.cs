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

        var root = new Letters();
        foreach (var name in names.Where(JsonText.IsPlain))
        {
            root.Add(name);
        }

        return grammar.Share($"{hint}-key", JsonRules.InQuotes(Other(root, hint)));
    }

    // What is not a declared key leaves the tree of their letters at some point, or ends before a leaf.
    private GbnfNode Other(Letters letters, string hint)
    {
        var alternatives = letters.Next
            .Select(next => GbnfNode.Join(GbnfNode.Text(char.ConvertFromUtf32(next.Key)), grammar.Share($"{hint}-key", Other(next.Value, hint))))
            .ToList();
        var leaving = JsonText.Plain.Intersect(CharacterSet.Of(letters.Next.Keys.Select(letter => (letter, letter))).Complement());
        alternatives.Add(GbnfNode.Join(new GbnfNode.Characters(leaving), json.Plain.AnyTimes()));
        return letters.IsEnd ? GbnfNode.OneOf(alternatives) : GbnfNode.OneOf([.. alternatives, GbnfNode.Empty]);
    }

    private sealed class Letters
    {
        public SortedDictionary<int, Letters> Next { get; } = [];

        public bool IsEnd { get; private set; }

        public void Add(string name)
        {
            var letters = this;
            foreach (var rune in name.EnumerateRunes())
            {
                if (!letters.Next.TryGetValue(rune.Value, out var next))
                {
                    letters.Next[rune.Value] = next = new Letters();
                }

                letters = next;
            }

            letters.IsEnd = true;
        }
    }
}
