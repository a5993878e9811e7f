using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PersonalAi.Memory.Conversations;

/// <summary>Writes a session out, one turn at a time: to be read, or to be processed.</summary>
public sealed class SessionExport(ConversationLog log)
{
    // Readable text: it goes to files, never into HTML.
    private static readonly ExportJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes the current path as Markdown, with the texts as they are.</summary>
    public async Task WriteMarkdownAsync(Session session, TextWriter writer, CancellationToken cancellationToken = default)
    {
        await writer.WriteAsync(Heading(session).AsMemory(), cancellationToken);
        foreach (var id in await log.PathIdsAsync(session.Id, cancellationToken))
        {
            await writer.WriteAsync(Markdown(await log.GetTurnAsync(id, cancellationToken)).AsMemory(), cancellationToken);
        }
    }

    /// <summary>Writes every turn of every branch as one JSON object in one line.</summary>
    public async Task WriteJsonLinesAsync(Session session, TextWriter writer, CancellationToken cancellationToken = default)
    {
        var path = (await log.PathIdsAsync(session.Id, cancellationToken)).ToHashSet();
        await foreach (var turn in log.TurnsAsync(session.Id, cancellationToken))
        {
            var line = JsonSerializer.Serialize(ExportedTurn.From(session, turn, path.Contains(turn.Id)), Json.ExportedTurn);
            await writer.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
        }
    }

    private static string Heading(Session session)
    {
        var system = session.Settings.SystemPrompt is { } prompt ? $"\n## System prompt\n{Body(prompt)}" : "";
        return $"""
            # {session.Title ?? "Untitled session"}

            - Session: {session.Id}
            - Persona: {session.Settings.Persona}
            - Model: {session.Settings.Model}
            - Begun: {Date(session.CreatedAt)}
            - Last used: {Date(session.UpdatedAt)}
            {system}
            """.ReplaceLineEndings("\n");
    }

    private static string Markdown(Turn turn) =>
        $"\n## You, {Date(turn.CreatedAt)}\n{Body(turn.Prompt)}\n## {turn.Model}\n{Body(turn.Answer)}{Ending(turn.Outcome)}";

    // A line of its own for every answer that did not end by itself.
    private static string Ending(TurnOutcome outcome) => outcome switch
    {
        { Status: TurnStatus.Complete, FinishReason: "length" } => "\n*(The answer was cut at its length limit.)*\n",
        { Status: TurnStatus.Complete } => "",
        { Status: TurnStatus.Answering } => "\n*(The answer is still being written.)*\n",
        { Status: TurnStatus.Cancelled } => "\n*(The answer was stopped.)*\n",
        { Status: TurnStatus.Failed } => $"\n*(The answer failed: {outcome.Error ?? "no reason is known"})*\n",
        _ => "\n*(The answer was interrupted.)*\n",
    };

    private static string Body(string text) => MarkdownFences.Close(text).Trim('\r', '\n') is { Length: > 0 } body ? $"\n{body}\n" : "";

    private static string Date(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
