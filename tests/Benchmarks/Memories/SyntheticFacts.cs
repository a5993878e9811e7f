using System.Globalization;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Benchmarks.Memories;

/// <summary>Facts as many as one likes: sentences whose words are as unevenly frequent as those of a language, the same for every run.</summary>
internal static class SyntheticFacts
{
    private const int Vocabulary = 30_000;
    private static readonly string[] Syllables = ["ba", "cor", "den", "fi", "gal", "hem", "jo", "ka", "lin", "mor", "na", "pel", "qui", "ros", "su", "tam", "ul", "ver", "wes", "zo"];
    private static readonly string[] Openings = ["The user's", "The user likes", "The user met", "The user owns", "The user visited", "The user plans", "The user works with"];

    /// <summary>The fact of a number.</summary>
    public static NewFact Of(int number)
    {
        var random = new Random(number);
        var words = Enumerable.Range(0, random.Next(6, 16)).Select(_ => Word(random)).ToList();
        words[random.Next(words.Count)] = Name(random);
        return new NewFact($"{Openings[random.Next(Openings.Length)]} {string.Join(' ', words)}.", (FactKind)random.Next(6));
    }

    /// <summary>A question about a fact: some of its words, in another order.</summary>
    public static string QuestionOf(int number)
    {
        var random = new Random(~number);
        var words = Of(number).Text.TrimEnd('.').Split(' ');
        random.Shuffle(words);
        return $"What do I know about {string.Join(' ', words.Take(5))}?";
    }

    // Zipf: the word of rank r is as frequent as 1/r.
    private static string Word(Random random) => Spell((int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)));

    private static string Name(Random random) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Spell(random.Next(Vocabulary)));

    private static string Spell(int rank)
    {
        var word = "";
        for (var rest = rank + Syllables.Length; rest > 0; rest /= Syllables.Length)
        {
            word += Syllables[rest % Syllables.Length];
        }

        return word;
    }
}
