using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts;

/// <summary>The facts: added, found and listed. A fact can be searched for as soon as it is added, by meaning once it is embedded.</summary>
public sealed class FactStore(MemoryDatabase database, TimeProvider time)
{
    /// <summary>The longest fact in characters: one that can be proven is a sentence.</summary>
    public const int LongestText = 1_000;

    /// <summary>Stores a fact; where it supersedes another, that one is known no more.</summary>
    /// <exception cref="MemoryException">The text is empty or too long, its validity ends before it begins, or there is nothing to supersede.</exception>
    public Task<Fact> AddAsync(NewFact fact, CancellationToken cancellationToken = default)
    {
        var clean = Checked(fact);
        var id = FactId.New(time);
        return database.WriteAsync(
            connection =>
            {
                var now = time.GetUtcNow();
                connection.Insert(id, clean, now.ToUnixTimeMilliseconds());
                connection.Insert(NewPassage.Of(id, clean.Text, clean.Valid.From ?? now));
                return connection.Fact(id);
            },
            cancellationToken);
    }

    /// <summary>The fact of this id, retracted or not.</summary>
    /// <exception cref="MemoryException">There is none.</exception>
    public Task<Fact> GetAsync(FactId id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Fact(id), cancellationToken);

    /// <summary>The fact whose id starts with this text, retracted or not.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public Task<Fact> FindAsync(string idStart, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Fact(new FactId(connection.FindId("facts", "fact", idStart))), cancellationToken);

    /// <summary>Facts that are known now, pinned ones first, then the newest.</summary>
    /// <param name="includeRetracted">Whether those that were known once are listed too.</param>
    /// <param name="limit">The largest number of facts.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<List<Fact>> ListAsync(bool includeRetracted = false, int limit = 50, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.QueryFacts(
            "where $all or retracted_at is null order by pinned desc, number desc limit $limit", ("$all", includeRetracted), ("$limit", limit)),
        cancellationToken);

    private static NewFact Checked(NewFact fact)
    {
        var text = fact.Text.Trim();
        return text.Length switch
        {
            0 => throw new MemoryException(MemoryError.Invalid, "An empty text cannot be remembered; say in a sentence what is known."),
            > LongestText => throw new MemoryException(
                MemoryError.Invalid, $"A fact of {text.Length} characters cannot be remembered, {LongestText} are the limit; keep it to a sentence, or add the text as a document."),
            _ when fact.Valid is { From: { } from, To: { } to } && to <= from => throw new MemoryException(
                MemoryError.Invalid, $"A fact cannot end to be true at '{to:u}', before it begins at '{from:u}'; give a later end."),
            _ => fact with { Text = text },
        };
    }
}
