using System.Text.Json.Serialization;

namespace PersonalAi.Memory.Conversations;

/// <summary>A turn as one line of an export.</summary>
internal sealed record ExportedTurn(
    string Session,
    string? Title,
    string Persona,
    string? SystemPrompt,
    string Turn,
    string? Parent,
    bool OnPath,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    string Model,
    string? Snapshot,
    string Prompt,
    string Answer,
    string Status,
    string? FinishReason,
    TurnUsage? Usage,
    ExportedTimings? Timings,
    string? Error,
    TurnRoute? Route,
    TurnThumb? Thumb)
{
    public static ExportedTurn From(Session session, Turn turn, bool onPath) => new(
        session.Id.ToString(),
        session.Title,
        session.Settings.Persona,
        session.Settings.SystemPrompt,
        turn.Id.ToString(),
        turn.Parent?.ToString(),
        onPath,
        turn.CreatedAt,
        turn.FinishedAt,
        turn.Model,
        turn.Outcome.Snapshot,
        turn.Prompt,
        turn.Answer,
        ConversationRows.Status(turn.Outcome.Status),
        turn.Outcome.FinishReason,
        turn.Outcome.Usage,
        ExportedTimings.From(turn.Outcome.Timings),
        turn.Outcome.Error,
        turn.Route,
        turn.Thumb);
}

/// <summary>A turn's timings in milliseconds.</summary>
internal sealed record ExportedTimings(double LoadMs, double PromptMs, double TtftMs, double TotalMs)
{
    public static ExportedTimings? From(TurnTimings? timings) => timings is null
        ? null
        : new(timings.Load.TotalMilliseconds, timings.Prompt.TotalMilliseconds, timings.FirstToken.TotalMilliseconds, timings.Total.TotalMilliseconds);
}

[JsonSerializable(typeof(ExportedTurn))]
internal sealed partial class ExportJson : JsonSerializerContext;
