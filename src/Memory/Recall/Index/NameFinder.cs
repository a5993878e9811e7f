using System.Buffers;
using System.Collections.Frozen;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>Finds names of people, places and things, and code, in a text: words that English writes with a capital, and words no prose has.</summary>
internal static class NameFinder
{
    // Words that have a capital because they begin a sentence, or always.
    private static readonly FrozenSet<string> NoNames = (
        "a about actually after again ah all also always am an and any anyway are as at back be because been before being both but by can cool could "
        + "congrats congratulations definitely did do does don't each either even ever every everyone everything few first for from fun gee get give glad go "
        + "good got great had haha has have hello her here hey hi his hmm how however i i'd i'll i'm i've if in is it it's its just last lately let let's like "
        + "lol look looks lot love make many may maybe me might mine more most much my myself never next nice no none not nothing now of off oh ok okay on "
        + "once one only or other our out over own perhaps please pretty probably really remember right same say see she should since so some someone something "
        + "sometimes soon sorry sounds still such sure take thank thanks that that's the their them then there there's these they they're thing things think "
        + "this those though three to today tomorrow too totally true try two under until up us very wait want was way we we're we've well were what what's "
        + "when where which while who who's whose why will wish with without won't wonderful would wow yeah yep yes yesterday yet you you'd you'll you're "
        + "you've your yours awesome amazing absolutely exactly speaking having being getting going working looking tell show list find name according between "
        + "during monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> CodeMarks = SearchValues.Create("_./\\@#:-+=$0123456789");

    /// <summary>The names, each once, in the order in which they stand; words that follow each other with capitals are one name.</summary>
    public static IReadOnlyList<string> Find(string text)
    {
        var found = new List<string>();
        var name = new List<string>();
        foreach (var raw in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Bare(raw);
            if (IsName(word))
            {
                name.Add(word);
            }
            else if (IsCode(word))
            {
                found.Add(word);
            }

            if (name.Count > 0 && (!IsName(word) || !char.IsLetterOrDigit(raw[^1])))
            {
                found.Add(string.Join(' ', name));
                name.Clear();
            }
        }

        if (name.Count > 0)
        {
            found.Add(string.Join(' ', name));
        }

        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // The word without punctuation and without a possessive ending.
    private static string Bare(string raw)
    {
        var word = raw.Trim('.', ',', ';', ':', '!', '?', '"', '\'', '(', ')', '[', ']', '“', '”', '‘', '’', '…', '*');
        return word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal) ? word[..^2] : word;
    }

    private static bool IsName(string word) =>
        word.Length is > 1 and < 40 && char.IsUpper(word[0]) && char.IsLetter(word[^1]) && !NoNames.Contains(word) && !NoNames.Contains(word.Replace('’', '\''));

    // Something like run_all.sh, AB-1234, camelCase, v1.2: letters with marks or digits between them, or a capital inside.
    private static bool IsCode(string word) =>
        word.Length is > 2 and < 80
        && word.Any(char.IsLetterOrDigit)
        && (word.AsSpan(1).ContainsAny(CodeMarks) && word.Any(char.IsLetter) || word.AsSpan(1).ContainsAnyInRange('A', 'Z') && word.Any(char.IsLower));
}
