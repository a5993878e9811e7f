using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Lease is up 30 June", "back to the bridge on the 3rd", "tups went in on the fifth": what happens on a day, by its verb or a word of state.</summary>
internal sealed class DatedNoteRule() : FactRule("dated note")
{
    private const int MostWords = 16;

    private static readonly string[] States = ["due", "back", "shut", "closed", "off", "out", "up", "over", "starting", "moved", "booked", "from", "since", "until", "till"];

    private static readonly string[] NoSubject =
    [
        "you", "your", "he", "she", "they", "it", "that", "this", "there", "who", "what", "which", "when", "if", "as", "for", "with", "to", "of", "please", "thanks", "how", "why", "where", "let",
        "his", "her", "their", "its", "anything", "any", "everybody", "nobody", "someone", "somebody", "people", "no", "yes", "and", "or", "best", "good", "is", "are", "do", "does", "did", "can", "could", "would", "should",
    ];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        clause.Words is [var first, _, _, ..] words && words.Length <= MostWords && clause.EndMark != '?'
        && !NoSubject.Contains(first.Lower) && !first.IsNumber && !Details.IsLongAgo(words, reading.Turn.SaidAt) && !IsRequested(clause)
        && !words.Take(3).Any(word => word.IsAny("it", "that", "this", "there"))
        && (statement is null || statement.Subject.Kind is SubjectKind.Name)
        && HasDay(words) && words.Skip(1).Any(word => Verbs.IsFinite(word.Lower) || Verbs.Is(word.Lower, VerbSort.Change) || States.Contains(word.Lower) || States.Contains(first.Lower))
        && !words.Any(word => word.IsAny("would", "could", "might", "should", "you", "your", "'d", "was", "were"))
            ? Note(words, FactKind.Event, reading)
            : null;

    private static bool IsRequested(Clause clause) => Verbs.IsRequest(clause.Sentence[0].Lower) || clause.Sentence[0].IsAny("can", "could", "what", "which", "how", "when", "trains", "flights", "weather", "forecast");

    // "30 june", "the fifth", "the 3rd", "Sundays".
    private static bool HasDay(ImmutableArray<Word> words) =>
        Details.HasDay(words)
        || words.Zip(words.Skip(1)).Any(pair => pair.First.Is("the") && pair.Second.IsNumber && (pair.Second.Lower.EndsWith("th", StringComparison.Ordinal) || pair.Second.Lower.EndsWith("rd", StringComparison.Ordinal)));
}
