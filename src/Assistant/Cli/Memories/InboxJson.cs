using PersonalAi.Memory.Facts.Writing.Queue;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>An entry of the inbox as <c>--json</c> prints it.</summary>
internal sealed record InboxJson(
    string Id, string Text, string Kind, string Reason, string Proposer, double Confidence, string? Attribute, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo,
    string? Supersedes, string Turn, int Start, int Length, string Words, DateTimeOffset ProposedAt)
{
    public static InboxJson From(InboxEntry entry) => new(
        entry.Id.ToString(),
        entry.Candidate.Text,
        Memories.Words.Of(entry.Candidate.Kind),
        Memories.Words.Of(entry.Doubt),
        entry.Candidate.Proposer,
        entry.Candidate.Confidence,
        entry.Candidate.Attribute,
        entry.Candidate.Valid.From,
        entry.Candidate.Valid.To,
        entry.Candidate.Supersedes?.ToString(),
        entry.Turn.ToString(),
        entry.Candidate.Start,
        entry.Candidate.Length,
        entry.Words,
        entry.ProposedAt);
}
