using System.Collections.Frozen;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>The words that turn a sentence into its contrary.</summary>
internal static class Negations
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal, "not", "n't", "no", "never", "none", "nobody", "nothing", "nowt", "without", "neither", "nor", "cannot", "hardly", "rarely");

    /// <summary>How many there are.</summary>
    public static int In(IEnumerable<Word> words) => words.Count(word => All.Contains(word.Lower));
}
