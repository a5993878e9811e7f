using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I live in Porto", "I play the cello", "I teach on Mondays", "I used to keep bees", "we have two cats": how the user lives.</summary>
internal sealed class DoingRule() : FactRule("doing")
{
    // Said of a moment as easily as of every day.
    private static readonly string[] Vague = ["get", "put", "do", "make", "run", "bring", "call", "stand", "count", "start", "begin", "finish", "go", "take", "keep", "read", "write", "watch", "help", "sit", "stay", "use", "listen", "print", "order", "pay", "see", "show", "share", "follow", "meet", "draw", "sleep", "wake", "come", "manage", "deal", "has", "be", "box", "book", "visit", "attend"];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading) =>
        statement is { Subject.Kind: SubjectKind.User or SubjectKind.Group or SubjectKind.Omitted } && (IsNow(statement) || WasOnce(statement) || IsNever(statement))
            ? Fact(Verbs.Is(statement.Verb, VerbSort.State) ? FactKind.Profile : FactKind.Preference, statement, reading) with { Attribute = Attributes.Of(statement) }
            : null;

    private static bool IsNow(Statement statement) => statement.Tense switch
    {
        StatementTense.Present when statement.Verb == "have" => Owns(statement),
        StatementTense.Present => IsHabit(statement),
        StatementTense.Progressive => statement.Verb is "live" or "work" or "learn" or "study" or "train" or "teach" or "drink" or "eat" or "smoke" or "volunteer" or "rent"
            && !statement.Rest.IsEmpty && !statement.Says("on", "through") ,
        StatementTense.Past => IsChapter(statement),
        StatementTense.Perfect => statement.Verb is "live" or "work" or "teach" or "play" or "own" or "study" or "have" or "keep" && Details.IsDefinite(statement.Rest),
        _ => false,
    }
    || (statement is { Tense: StatementTense.Perfect, Negated: false } && statement.Says("since") && Details.HasDate(statement.Rest) && !Verbs.Is(statement.Verb, VerbSort.Other) && !IsAboutTheTask(statement.Rest));

    private static bool IsHabit(Statement statement)
    {
        var lasting = Verbs.Is(statement.Verb, VerbSort.State) || Verbs.Is(statement.Verb, VerbSort.Habit);
        return lasting && statement.Verb != "be" && !statement.Rest.IsEmpty && !(statement.Verb == "play" && statement.Rest[0].Is("with")) && !statement.Says("like") && !IsAboutTheTask(statement.Rest)
            && (!Vague.Contains(statement.Verb) || Details.Recurs(statement.Clause.Words) || Details.IsDefinite(statement.Rest) || HasManner(statement));
    }

    // "I played handball until my knee went in 2016", "I worked there for seven years".
    private static bool IsChapter(Statement statement) =>
        (Verbs.Is(statement.Verb, VerbSort.State) || Verbs.Is(statement.Verb, VerbSort.Habit)) && !statement.Negated && statement.Verb is not ("be" or "have" or "get" or "put" or "make" or "book" or "call" or "do")
        && (statement.Rest.Any(IsYear) || (statement.Says("for", "until", "till") && statement.Says("years")));

    private static bool IsYear(Word word) => word.Text.Length == 4 && word.Text.All(char.IsAsciiDigit) && word.Text[0] is '1' or '2';

    // "I take my tea with no milk", "I run two dogs".
    private static bool HasManner(Statement statement) => statement.Verb is "take" or "use" or "run" or "keep" or "share" or "sit" && statement.Says("with", "without", "for", "my", "these", "on", "the");

    private static bool Owns(Statement statement)
    {
        var rest = statement.Rest.SkipWhile(word => word.IsAny("only", "got", "just", "about", "around", "n't", "not", "never", "always", "also", "already")).ToImmutableArray();
        return rest is [var first, _, ..] && !IsAboutTheTask(rest) && !first.IsAny("to", "been", "no", "this", "that", "it", "you")
            && (first.IsNumber || Details.IsName(first) || first.IsAny("a", "an", "any", "my", "our", "one", "the") || (!statement.Negated && !first.IsMark && rest.Length > 2) || Nouns.Health.Contains(first.Lower))
            || (statement.Negated && rest is [_, ..] && !IsAboutTheTask(rest) && !rest[0].IsAny("to", "been", "seen", "the"));
    }

    private static bool WasOnce(Statement statement) =>
        statement.Tense == StatementTense.Former && !Verbs.Is(statement.Verb, VerbSort.Other) && !statement.Rest.IsEmpty;

    // "I've never been to Japan".
    private static bool IsNever(Statement statement) =>
        statement is { Tense: StatementTense.Perfect or StatementTense.Past, Negated: true } && statement.Says("never")
        && (statement.Tense == StatementTense.Perfect || Details.IsDefinite(statement))
        && !statement.Says("seen", "heard", "thought", "understood", "felt", "noticed", "realised", "had", "such", "said", "used", "dreams", "only") && statement.Rest is [{ Lower: not ("it" or "that" or "this") }, ..];

    private static bool IsAboutTheTask(IEnumerable<Word> words) => words.Take(4).Any(word => Nouns.Passing.Contains(word.Lower)) || words.Take(2).Any(word => word.IsAny("it", "this", "these", "them"))
        || words.Any(word => word.IsAny("tonight", "today", "now", "tomorrow") && !word.Is("now"));
}
