using System.Text.Json;
using System.Text.Json.Serialization;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Memories;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Cli.Ask;

/// <summary>An answer as <c>--json</c> prints it.</summary>
internal sealed record AnswerJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type,
    string Text,
    string Session,
    string Turn,
    string Model,
    string? Snapshot,
    string? FinishReason,
    TurnUsage? Usage,
    TimingsJson? Timings,
    IReadOnlyList<MemoryJson> Memories,
    IEnumerable<ToolUseJson> Tools,
    RouteJson? Route,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EscalationJson? Escalation,
    object? Error)
{
    public static AnswerJson From(ChatEvent.Completed completed, string? type = null) => From(completed.Turn, completed.Memories, completed.Escalation, type);

    private static AnswerJson From(Turn turn, PackedMemories memories, EscalatedAnswer? escalation, string? type) => new(
        type,
        turn.Answer,
        turn.Session.ToString(),
        turn.Id.ToString(),
        turn.Model,
        turn.Outcome.Snapshot,
        turn.Outcome.FinishReason,
        turn.Outcome.Usage,
        TimingsJson.From(turn.Outcome),
        MemoryJson.Of(memories),
        turn.ToolUses.Select(ToolUseJson.From),
        RouteJson.Of(turn.Route),
        escalation is null ? null : EscalationJson.From(escalation),
        Error: null);
}

/// <summary>Where an answer came from that a model elsewhere gave, and what it cost.</summary>
internal sealed record EscalationJson(
    string Destination, string? Model, string PacketSha256, string Consent, int Redactions, long InputTokens, long OutputTokens, decimal? CostUsd, bool MayTrain, long? Note)
{
    public static EscalationJson From(EscalatedAnswer escalation) => new(
        escalation.Destination,
        escalation.Model,
        escalation.PacketSha256,
        escalation.Consent,
        escalation.Redactions,
        escalation.InputTokens,
        escalation.OutputTokens,
        escalation.CostUsd,
        escalation.MayTrain,
        escalation.Note);
}

/// <summary>A memory that the model was given, and its name in the prompt; where a document says it, its place there.</summary>
internal sealed record MemoryJson(string Id, string Text, double Score, string Name, string? Citation, string? Path)
{
    public static IReadOnlyList<MemoryJson> Of(PackedMemories memories) =>
    [
        .. memories.Memories.Index().Where(memory => memory.Item.IsGiven).Select(memory => From(MemoryNotes.NameOf(memory.Index), memory.Item.Hit)),
    ];

    private static MemoryJson From(string name, MemoryHit hit) => new(
        MemoryNotes.SourceOf(hit.Passage), hit.Passage.Text, Math.Round(hit.Score, 4), name, hit.Passage.Citation, hit.Passage.Location);
}

/// <summary>A call of a tool, and how it ended.</summary>
internal sealed record ToolUseJson(string Name, JsonElement Arguments, string Status, string Result, string Reason, string? Origin)
{
    public static ToolUseJson From(ToolUse use) => new(use.Name, JsonElement.Parse(use.Arguments), use.Status, use.Result, use.Reason, use.Origin);
}

/// <summary>The times of an answer.</summary>
internal sealed record TimingsJson(double LoadMs, double TtftMs, double? PromptTokensPerSecond, double? TokensPerSecond)
{
    public static TimingsJson? From(TurnOutcome outcome) => outcome is { Timings: { } times }
        ? new TimingsJson(
            Round(times.Load.TotalMilliseconds),
            Round(times.FirstToken.TotalMilliseconds),
            Rate(outcome.Usage?.PromptTokens - outcome.Usage?.CachedTokens, times.Prompt),
            Rate(outcome.Usage?.CompletionTokens, times.Total - times.Prompt))
        : null;

    private static double? Rate(int? tokens, TimeSpan time) => tokens > 0 && time > TimeSpan.Zero ? Round(tokens.Value / time.TotalSeconds) : null;

    private static double Round(double value) => Math.Round(value, 2);
}
