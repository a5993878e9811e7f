using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Stores conversations of other programs as sessions, each in one transaction: the whole of it or nothing.</summary>
internal sealed class ConversationImport(MemoryDatabase database, TimeProvider time, ImportOptions options)
{
    /// <summary>Stores a conversation; of one that was imported before, the turns that came since.</summary>
    public async Task<ImportReport> StoreAsync(ArchivedConversation conversation, CancellationToken cancellationToken = default)
    {
        var tree = new TurnTree(conversation, time.GetUtcNow());
        var turns = tree.Turns();
        return turns.Count == 0
            ? ImportReport.Skip(conversation.Title ?? conversation.Id, "nothing was said in it")
            : await database.WriteAsync(connection => connection.Try(options.IsDryRun, () => Store(connection, conversation, turns, tree.Head())), cancellationToken);
    }

    private ImportReport Store(SqliteConnection connection, ArchivedConversation conversation, IReadOnlyList<ArchivedTurn> turns, string? head)
    {
        var known = connection.Query(
            "select session from imports where source = $source and external_id = $id", row => new SessionId(row.Id("session")),
            ("$source", conversation.Source), ("$id", conversation.Id));
        var session = known is [var before] ? before : Create(connection, conversation, turns);
        var ids = connection.Query(
            "select external_id, turn from imports where session = $session and turn is not null", row => (row.GetString(0), row.GetString(1)), ("$session", session.ToString()))
            .ToDictionary();
        var stoodAt = connection.Session(session).Head?.ToString();
        var isUntouched = stoodAt is null || ids.ContainsValue(stoodAt);
        var added = turns.Count(turn => AddTurn(connection, conversation, session, turn, ids));

        // Where the user went on with it here, the path stays as it is.
        if (added > 0 && isUntouched && head is not null)
        {
            connection.Execute("update sessions set head = $head where id = $session", ("$head", ids[NameOf(conversation, head)]), ("$session", session.ToString()));
        }

        return new() { Sessions = 1 - known.Count, Turns = added, Known = known.Count > 0 && added == 0 ? 1 : 0 };
    }

    private SessionId Create(SqliteConnection connection, ArchivedConversation conversation, IReadOnlyList<ArchivedTurn> turns)
    {
        var createdAt = conversation.CreatedAt ?? turns.Min(turn => turn.At);
        var updatedAt = conversation.UpdatedAt ?? turns.Max(turn => turn.EndedAt);
        var id = new SessionId(Guid.CreateVersion7(createdAt));
        connection.Execute(
            """
            insert into sessions (id, title, persona, model, system_prompt, created_at, updated_at) values ($id, $title, $persona, $model, $system, $created, $updated);
            insert into imports (source, external_id, session) values ($source, $external, $id)
            """,
            ("$id", id.ToString()), ("$title", TitleOf(conversation, turns)), ("$persona", options.Settings.Persona), ("$model", options.Settings.Model),
            ("$system", options.Settings.SystemPrompt), ("$created", createdAt.ToUnixTimeMilliseconds()),
            ("$updated", (updatedAt < createdAt ? createdAt : updatedAt).ToUnixTimeMilliseconds()), ("$source", conversation.Source), ("$external", conversation.Id));
        return id;
    }

    private static string? TitleOf(ArchivedConversation conversation, IReadOnlyList<ArchivedTurn> turns) =>
        SessionTitle.FromPrompt(conversation.Title ?? "") ?? turns.Select(turn => SessionTitle.FromPrompt(turn.Prompt)).FirstOrDefault(title => title is not null);

    // What was said elsewhere is found again and never becomes a fact by itself: 'written' says that it was looked at.
    private static bool AddTurn(SqliteConnection connection, ArchivedConversation conversation, SessionId session, ArchivedTurn turn, Dictionary<string, string> ids)
    {
        var name = NameOf(conversation, turn.Id);
        if (ids.ContainsKey(name))
        {
            return false;
        }

        var id = new TurnId(Guid.CreateVersion7(turn.At)).ToString();
        connection.Execute(
            """
            insert into turns (id, session, parent, prompt, answer, status, model, created_at, finished_at, written, origins)
            values ($id, $session, $parent, $prompt, $answer, $status, $model, $created, $finished, 2, '["an imported conversation"]');
            insert into imports (source, external_id, session, turn) values ($source, $name, $session, $id)
            """,
            ("$id", id), ("$session", session.ToString()), ("$parent", turn.Parent is null ? null : ids[NameOf(conversation, turn.Parent)]),
            ("$prompt", turn.Prompt), ("$answer", turn.Answer), ("$status", turn.Answer.Length > 0 ? "complete" : "interrupted"),
            ("$model", turn.Model ?? conversation.Source), ("$created", turn.At.ToUnixTimeMilliseconds()), ("$finished", turn.EndedAt.ToUnixTimeMilliseconds()),
            ("$source", conversation.Source), ("$name", name));
        ids.Add(name, id);
        return true;
    }

    private static string NameOf(ArchivedConversation conversation, string turn) => $"{conversation.Id}/{turn}";
}
