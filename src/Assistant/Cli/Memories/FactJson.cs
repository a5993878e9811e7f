using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>A fact as <c>--json</c> prints it.</summary>
internal sealed record FactJson(
    string Id,
    string Text,
    string Kind,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo,
    DateTimeOffset RecordedAt,
    DateTimeOffset? RetractedAt,
    string? Supersedes,
    double Confidence,
    string Origin,
    string Label,
    bool Pinned,
    int Uses,
    DateTimeOffset? UsedAt,
    string? Reference)
{
    public static FactJson From(Fact fact) => new(
        fact.Id.ToString(),
        fact.Text,
        Words.Of(fact.Kind),
        fact.Valid.From,
        fact.Valid.To,
        fact.RecordedAt,
        fact.RetractedAt,
        fact.Supersedes?.ToString(),
        fact.Confidence,
        Words.Of(fact.Origin),
        Words.Of(fact.Egress),
        fact.IsPinned,
        fact.Uses,
        fact.UsedAt,
        fact.Reference);
}

/// <summary>A fact and where it comes from.</summary>
internal sealed record WholeFactJson(FactJson Fact, FactSourceJson? Source)
{
    public static WholeFactJson From(Fact fact, Turn? turn) => new(FactJson.From(fact), fact.Source is { } source && turn is not null ? FactSourceJson.From(source, turn) : null);
}

/// <summary>The words that say a fact.</summary>
internal sealed record FactSourceJson(string Turn, string Session, DateTimeOffset At, int Start, int Length, string Words)
{
    public static FactSourceJson From(FactSource source, Turn turn) =>
        new(turn.Id.ToString(), turn.Session.ToString(), turn.CreatedAt, source.Start, source.Length, source.WordsIn(turn.Prompt));
}

/// <summary>A change as <c>--json</c> prints it.</summary>
internal sealed record FactChangeJson(long Id, string Action, DateTimeOffset MadeAt, DateTimeOffset? UndoneAt, IEnumerable<FactJson> Facts)
{
    public static FactChangeJson From(FactChange change) =>
        new(change.Number, Words.Of(change.Action), change.MadeAt, change.UndoneAt, change.Facts.Select(FactJson.From));
}
