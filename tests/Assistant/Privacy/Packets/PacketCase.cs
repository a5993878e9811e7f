using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Tests.Assistant.Privacy.Packets;

/// <summary>A random session, and what a user ticks of the draft that is made of it.</summary>
/// <param name="Texts">Facts, then documents.</param>
/// <param name="Turns">The session; the last one is what is asked elsewhere.</param>
/// <param name="Ticks">Of the items of the draft.</param>
/// <param name="SaysYes">Whether facts that are told without being asked for are ticked when they are shown.</param>
/// <param name="IsAnthropic">The wire.</param>
internal sealed record PacketCase(ImmutableArray<LabelledText> Texts, ImmutableArray<CaseTurn> Turns, ImmutableArray<bool> Ticks, bool SaysYes, bool IsAnthropic)
{
    private const int Facts = 4, Documents = 2, WordsOfFact = 3, WordsOfDocument = 10, WordsOfQuote = 7;

    // Words that stand in nothing else, and no one of which is a part of another.
    private static readonly string[] Words =
    [
        "abelmoth", "bracquil", "cindervane", "dorrelimb", "eskatoor", "fennimarg", "gullowick", "hestrivel", "ingrathom", "jessopar", "kilmaroon", "lathervox",
        "mivandrel", "norquissel", "oxterfane", "pellandrix", "quorimble", "rastophan", "sivvermoot", "tullibrand", "umbrakett", "vennowick", "wexterly", "yarrowmint",
        "zeddiquor", "ambriskel", "belcottar", "crenwodle", "dastrimop", "elverquin", "fostrandel", "grimmowen",
    ];

    private static readonly string[] Asides = ["What do you make of it?", "Hello.", "Which poem is it?", "Is it true?", "Explain it to me in short."];

    /// <summary>Random ones.</summary>
    public static Gen<PacketCase> Random =>
        from words in Gen.Shuffle(Words)
        from labels in Gen.Elements(Enum.GetValues<EgressLabel>()).ListOf(Facts + Documents)
        from number in Gen.Choose(100, 999)
        let texts = Text(words, labels, number)
        from turns in Turn(texts).ListOf(4)
        from ticks in Gen.Elements(true, false).ListOf(24)
        from flags in Gen.Elements(true, false).Two()
        select new PacketCase(texts, [.. turns], [.. ticks], flags.Item1, flags.Item2);

    private static ImmutableArray<LabelledText> Text(string[] words, List<EgressLabel> labels, int number)
    {
        var facts = words.Chunk(WordsOfFact).Take(Facts).Select((of, i) => new LabelledText($"The {of[0]} {of[1]} is {of[2]} {number}{i}{i}.", [.. of, $"{number}{i}{i}"], labels[i], IsFact: true));
        var documents = words[(Facts * WordsOfFact)..].Chunk(WordsOfDocument).Take(Documents).Select((of, i) => new LabelledText(string.Join(' ', of), [.. of], labels[Facts + i], IsFact: false));
        return [.. facts, .. documents];
    }

    private static Gen<CaseTurn> Turn(ImmutableArray<LabelledText> texts) =>
        from asides in Gen.Elements(Asides).Two()
        from asked in Quotes(texts)
        from answered in Quotes(texts)
        from recalled in Gen.Frequency((2, Gen.Constant(ImmutableArray<int>.Empty)), (1, Gen.Choose(0, texts.Length - 1).ListOf(2).Select(numbers => numbers.Distinct().ToImmutableArray())))
        select new CaseTurn(asides.Item1, asides.Item2, asked, answered, recalled);

    private static Gen<ImmutableArray<Quote>> Quotes(ImmutableArray<LabelledText> texts) => Gen.Frequency(
        (1, Gen.Constant(ImmutableArray<Quote>.Empty)),
        (1, from text in Gen.Elements(texts.AsEnumerable())
            from way in Gen.Elements(Enum.GetValues<Disguise>())
            from start in Gen.Choose(0, WordsOfDocument - WordsOfQuote)
            select ImmutableArray.Create(new Quote(text, Disguised(text.IsFact ? text.Text : string.Join(' ', text.Words.Skip(start).Take(WordsOfQuote)), way)))));

    /// <summary>A text in another form.</summary>
    public static string Disguised(string text, Disguise way) => way switch
    {
        Disguise.Capitals => text.ToUpperInvariant(),
        Disguise.Spaces => string.Join(' ', text.ToCharArray()),
        Disguise.Dashes => string.Join('-', text.ToCharArray()),
        Disguise.Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        Disguise.Hexadecimal => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        Disguise.Reversed => new string([.. text.Reverse()]),
        _ => text,
    };
}

/// <summary>A fact, or a document.</summary>
/// <param name="Text">The whole of it.</param>
/// <param name="Words">Those by which it is known.</param>
/// <param name="Label">The user's label.</param>
/// <param name="IsFact">Whether it is a fact.</param>
internal sealed record LabelledText(string Text, ImmutableArray<string> Words, EgressLabel Label, bool IsFact)
{
    /// <summary>Whether any of its words stands somewhere, in a form that can be read word by word.</summary>
    public bool ShowsIn(string text) => Words.Any(word => IsIn(word, text));

    /// <summary>Whether all of it stands somewhere.</summary>
    public bool StandsIn(string text) => Words.All(word => IsIn(word, text));

    private static bool IsIn(string word, string text) =>
        new[] { Disguise.None, Disguise.Spaces, Disguise.Dashes, Disguise.Reversed }.Any(way => text.Contains(PacketCase.Disguised(word, way), StringComparison.OrdinalIgnoreCase));
}

/// <summary>A turn of a session.</summary>
/// <param name="Question">What is asked, before the quotes.</param>
/// <param name="Answer">What is answered.</param>
/// <param name="Asked">Quotes in the question.</param>
/// <param name="Answered">Quotes in the answer.</param>
/// <param name="Recalled">The texts that the model was given, by number.</param>
internal sealed record CaseTurn(string Question, string Answer, ImmutableArray<Quote> Asked, ImmutableArray<Quote> Answered, ImmutableArray<int> Recalled);

/// <summary>Words of a text as somebody writes them.</summary>
/// <param name="Of">The text.</param>
/// <param name="Written">The words in that form.</param>
internal sealed record Quote(LabelledText Of, string Written);

/// <summary>How a text is written.</summary>
internal enum Disguise
{
    None,
    Capitals,
    Spaces,
    Dashes,
    Base64,
    Hexadecimal,
    Reversed,
}
