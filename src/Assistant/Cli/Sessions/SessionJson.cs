using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>A session as <c>--json</c> prints it.</summary>
internal sealed record SessionJson(
    string Id,
    string? Title,
    string Persona,
    string Model,
    string? SystemPrompt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    int Turns)
{
    public static SessionJson From(Session session) => new(
        session.Id.ToString(),
        session.Title,
        session.Settings.Persona,
        session.Settings.Model,
        session.Settings.SystemPrompt,
        session.CreatedAt,
        session.UpdatedAt,
        session.DeletedAt,
        session.TurnCount);
}
