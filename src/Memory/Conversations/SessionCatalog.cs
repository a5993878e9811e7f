using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>The sessions: made, found, renamed, put into the trash and taken out of it.</summary>
public sealed class SessionCatalog(MemoryDatabase database, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes an empty session; without a title its first turn gives it one.</summary>
    /// <param name="settings">What it is held with.</param>
    /// <param name="title">One line, or null.</param>
    /// <param name="coreMemory">What its prompts begin with after the persona.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MemoryException">The title is empty.</exception>
    public Task<Session> CreateAsync(SessionSettings settings, string? title = null, string coreMemory = "", CancellationToken cancellationToken = default)
    {
        var id = SessionId.New(time);
        var line = title is null ? null : Title(title);
        return database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    """
                    insert into sessions (id, title, persona, model, system_prompt, core_memory, created_at, updated_at)
                    values ($id, $title, $persona, $model, $system, $core, $now, $now)
                    """,
                    ("$id", id.ToString()), ("$title", line), ("$now", Now),
                    ("$persona", settings.Persona), ("$model", settings.Model), ("$system", settings.SystemPrompt), ("$core", coreMemory));
                return connection.Session(id);
            },
            cancellationToken);
    }

    /// <summary>The session of this id, in the trash or not.</summary>
    /// <exception cref="MemoryException">There is none.</exception>
    public Task<Session> GetAsync(SessionId id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Session(id), cancellationToken);

    /// <summary>The session whose id starts with this text, in the trash or not.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public Task<Session> FindAsync(string idStart, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Session(connection.FindSession(idStart)), cancellationToken);

    /// <summary>The session that was talked to last and is not in the trash, or null.</summary>
    public async Task<Session?> LatestAsync(CancellationToken cancellationToken = default) =>
        (await ListAsync(limit: 1, cancellationToken: cancellationToken)).SingleOrDefault();

    /// <summary>Sessions, the last used first.</summary>
    public Task<List<Session>> ListAsync(bool includeDeleted = false, int limit = 50, CancellationToken cancellationToken = default) =>
        database.ReadAsync(
            connection => connection.QuerySessions(
                "where $all or deleted_at is null order by updated_at desc, id desc limit $limit", ("$all", includeDeleted), ("$limit", limit)),
            cancellationToken);

    /// <summary>Gives a session another title.</summary>
    /// <exception cref="MemoryException">There is no such session, or the title is empty.</exception>
    public Task<Session> RenameAsync(SessionId id, string title, CancellationToken cancellationToken = default)
    {
        var line = Title(title);
        return ChangeAsync(
            id,
            connection => connection.Execute("update sessions set title = $title where id = $id", ("$title", line), ("$id", id.ToString())),
            cancellationToken);
    }

    /// <summary>Continues a session with another persona, model or system prompt.</summary>
    /// <exception cref="MemoryException">There is no such session.</exception>
    public Task<Session> ConfigureAsync(SessionId id, SessionSettings settings, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        connection => connection.Execute(
            "update sessions set persona = $persona, model = $model, system_prompt = $system where id = $id",
            ("$persona", settings.Persona), ("$model", settings.Model), ("$system", settings.SystemPrompt), ("$id", id.ToString())),
        cancellationToken);

    /// <summary>Puts a session into the trash.</summary>
    /// <exception cref="MemoryException">There is no such session.</exception>
    public Task<Session> DeleteAsync(SessionId id, CancellationToken cancellationToken = default) => ChangeAsync(
        id,
        connection => connection.Execute("update sessions set deleted_at = coalesce(deleted_at, $now) where id = $id", ("$now", Now), ("$id", id.ToString())),
        cancellationToken);

    /// <summary>Takes a session out of the trash.</summary>
    /// <exception cref="MemoryException">There is no such session.</exception>
    public Task<Session> RestoreAsync(SessionId id, CancellationToken cancellationToken = default) => ChangeAsync(
        id, connection => connection.Execute("update sessions set deleted_at = null where id = $id", ("$id", id.ToString())), cancellationToken);

    private static string Title(string title) => SessionTitle.OneLine(title) is { Length: > 0 } line
        ? line
        : throw new MemoryException(MemoryError.Invalid, $"The title '{title}' has nothing to show; give one with a word in it.");

    private Task<Session> ChangeAsync(SessionId id, Action<SqliteConnection> change, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            change(connection);
            return connection.Session(id);
        },
        cancellationToken);
}
