using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts.Writing.Queue;

/// <summary>The facts that wait until the user has looked at them.</summary>
public sealed class FactInbox(MemoryDatabase database, TimeProvider time)
{
    /// <summary>What waits, the oldest first.</summary>
    public Task<List<InboxEntry>> ListAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.QueryInbox("order by inbox.number"), cancellationToken);

    /// <summary>The entry whose id starts with this text.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public Task<InboxEntry> FindAsync(string idStart, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => Entry(connection, new InboxId(connection.FindId("inbox", "proposal", idStart))), cancellationToken);

    /// <summary>Stores an entry as a fact. What the user changes about its text is their word, so it is not checked against the turn.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="text">What is to be stored in place of its text; null stores that.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="MemoryException">There is no such entry, or the text is empty or too long.</exception>
    public Task<Fact> AcceptAsync(InboxId id, string? text = null, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var entry = Entry(connection, id);
            var candidate = entry.Candidate with { Text = Checked(text ?? entry.Candidate.Text), Confidence = 1, Supersedes = StillKnown(connection, entry.Candidate) };
            var change = connection.BeginChange(ChangeAction.Accept, time.GetUtcNow().ToUnixTimeMilliseconds());
            connection.Store(candidate, entry.Turn, time, change);
            Remove(connection, id);
            return connection.Change(change).Facts.Single(fact => fact.Id != candidate.Supersedes);
        },
        cancellationToken);

    /// <summary>Takes an entry out; the same words are not proposed again.</summary>
    /// <exception cref="MemoryException">There is no such entry.</exception>
    public Task<InboxEntry> RejectAsync(InboxId id, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var entry = Entry(connection, id);
            Remove(connection, id);
            return entry;
        },
        cancellationToken);

    /// <summary>Takes an entry out, and has nothing proposed again that tells about the same.</summary>
    /// <returns>What was taken out, the entry and others like it.</returns>
    /// <exception cref="MemoryException">There is no such entry.</exception>
    public Task<List<InboxEntry>> NeverAsync(InboxId id, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var entry = Entry(connection, id);
            connection.NeverAsk(entry.Candidate, time);
            var gone = connection.QueryInbox("order by inbox.number")
                .Where(other => other.Id == id || (entry.Candidate.Attribute is { } attribute && other.Candidate.Attribute == attribute))
                .ToList();
            gone.ForEach(other => Remove(connection, other.Id));
            return gone;
        },
        cancellationToken);

    private static InboxEntry Entry(SqliteConnection connection, InboxId id) =>
        connection.QueryInbox("where inbox.id = $id", ("$id", id.ToString())).SingleOrDefault()
        ?? throw new MemoryException(MemoryError.NotFound, $"There is no proposal '{id}'; list the inbox to choose one.");

    private static void Remove(SqliteConnection connection, InboxId id) => connection.Execute("delete from inbox where id = $id", ("$id", id.ToString()));

    // Something else may have taken its place while the entry waited.
    private static FactId? StillKnown(SqliteConnection connection, FactCandidate candidate) =>
        candidate.Attribute is { } attribute
            ? connection.Query(
                "select id from facts join fact_attributes on fact = id where attribute = $attribute and retracted_at is null order by number desc limit 1",
                row => (FactId?)new FactId(row.Id("id")),
                ("$attribute", attribute)).SingleOrDefault()
            : null;

    private static string Checked(string text) => text.Trim() switch
    {
        "" => throw new MemoryException(MemoryError.Invalid, "An empty text cannot be remembered; say in a sentence what is known."),
        { Length: > FactStore.LongestText } long_ => throw new MemoryException(
            MemoryError.Invalid, $"A fact of {long_.Length} characters cannot be remembered, {FactStore.LongestText} are the limit; keep it to a sentence."),
        var clean => clean,
    };
}
