using PersonalAi.Assistant.Cli.Ask;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>A session with everything said on its current path, as <c>--json</c> prints it.</summary>
internal sealed record SessionRecordJson(
    string Id,
    string? Title,
    string Persona,
    string Model,
    string? SystemPrompt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    int Branches,
    TurnUsage Usage,
    SummaryJson? Summary,
    IEnumerable<TurnJson> Turns)
{
    public static SessionRecordJson From(SessionRecord record) => new(
        record.Session.Id.ToString(),
        record.Session.Title,
        record.Session.Settings.Persona,
        record.Session.Settings.Model,
        record.Session.Settings.SystemPrompt,
        record.Session.CreatedAt,
        record.Session.UpdatedAt,
        record.Session.DeletedAt,
        record.Branches,
        record.Usage,
        record.Summary is { } summary ? new SummaryJson(summary.Through.ToString(), summary.Text, summary.Tokens) : null,
        record.Path.Select(TurnJson.From));
}

/// <summary>A summary as <c>--json</c> prints it.</summary>
internal sealed record SummaryJson(string ThroughTurn, string Text, int Tokens);

/// <summary>A turn as <c>--json</c> prints it.</summary>
internal sealed record TurnJson(
    string Id,
    DateTimeOffset CreatedAt,
    string Prompt,
    string Model,
    string Answer,
    IEnumerable<ToolUseJson> Tools,
    IReadOnlyList<string> Origins,
    string Status,
    string? FinishReason,
    TurnUsage? Usage,
    RouteJson? Route,
    string? Thumb,
    string? Error)
{
    public static TurnJson From(Turn turn) => new(
        turn.Id.ToString(),
        turn.CreatedAt,
        turn.Prompt,
        turn.Model,
        turn.Answer,
        turn.ToolUses.Select(ToolUseJson.From),
        turn.Origins,
        turn.Outcome.Status.ToJsonName(),
        turn.Outcome.FinishReason,
        turn.Outcome.Usage,
        RouteJson.Of(turn.Route),
        turn.Thumb is { } thumb ? thumb.IsGood ? "good" : "bad" : null,
        turn.Outcome.Error);
}
