using System.ComponentModel;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Mcp;

/// <summary>Lists and reads sessions and documents whole, which a local model has no window for, and other programs have.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="log">What was said in them.</param>
/// <param name="documents">The documents.</param>
/// <param name="time">Tells where the user's clocks run.</param>
internal sealed class StoredTextTools(SessionCatalog sessions, ConversationLog log, DocumentStore documents, TimeProvider time)
{
    /// <summary>The tool that reads a session.</summary>
    public const string ReadSession = "read_session";

    /// <summary>The tool that reads a document.</summary>
    public const string ReadDocument = "read_document";

    private const int MostListed = 50;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Tool> All() =>
    [
        Of("list_sessions", "List the user's latest chats with their ids.", ListSessionsAsync),
        Of(ReadSession, "Read one of the user's chats.", ReadSessionAsync),
        Of(ReadDocument, "Read one of the user's documents.", ReadDocumentAsync),
    ];

    private static Tool Of(string name, string description, Delegate method) => new(ToolFunction.Create(name, description, method), ToolRisk.ReadsLocal, ToolTrust.Untrusted);

    private async Task<string> ListSessionsAsync(CancellationToken cancellationToken)
    {
        var latest = await sessions.ListAsync(limit: MostListed, cancellationToken: cancellationToken);
        return latest.Count == 0
            ? "There are none."
            : string.Join('\n', latest.Select(session => TerminalText.OneLine($"{session.Id.ShortForm}  {time.Describe(session.UpdatedAt)}  {session.Title}")));
    }

    private Task<string> ReadSessionAsync([Description("a session's id, or its beginning")] string id, CancellationToken cancellationToken) => FoundAsync(async () =>
    {
        var session = await sessions.FindAsync(id, cancellationToken);
        return session.DeletedAt is not null
            ? throw new ToolException($"The session '{id}' is in the trash.")
            : string.Join("\n\n", (await log.PathAsync(session.Id, cancellationToken)).Select(turn => $"User: {turn.Prompt}\nAssistant: {turn.Answer}"));
    });

    private Task<string> ReadDocumentAsync([Description("a document's id, or its beginning")] string id, CancellationToken cancellationToken) => FoundAsync(async () =>
        await documents.FindAsync(id, cancellationToken) is [var document]
            ? string.Join("\n\n", (await documents.ChunksAsync(document.Id, cancellationToken)).Select(chunk => chunk.Text))
            : throw new ToolException($"'{id}' is a folder; give a document's id."));

    private static async Task<string> FoundAsync(Func<Task<string>> read)
    {
        try
        {
            return TerminalText.Sanitize(await read());
        }
        catch (MemoryException error) when (error.Error is MemoryError.NotFound or MemoryError.Ambiguous or MemoryError.Invalid)
        {
            throw new ToolException(error.Message, error);
        }
    }
}
