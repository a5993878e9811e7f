using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>How sessions are named to people.</summary>
internal static class SessionText
{
    /// <summary>The title, or what stands for one.</summary>
    public static string Heading(this Session session) => Heading(session.Title);

    /// <inheritdoc cref="Heading(Session)"/>
    public static string Heading(string? title) => title is null ? "(untitled)" : TerminalText.Sanitize(title);

    /// <summary>Title and id, for a sentence.</summary>
    public static string Named(this Session session) => $"'{session.Heading()}' ({session.Id.ShortForm})";
}
