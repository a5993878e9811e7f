using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall;

/// <summary>A name of somebody or something in a fact.</summary>
/// <param name="Name">The name, or another one of the same.</param>
/// <param name="Kind">What the fact is about.</param>
/// <param name="Fact">What is known.</param>
public sealed record KnownName(string Name, FactKind Kind, string Fact);

/// <summary>Tells which names the facts hold: people, places, and whatever else has one.</summary>
public sealed class KnownNames(MemoryDatabase database)
{
    /// <summary>Each name with each fact that is about it, also by its other names; only what is held true now.</summary>
    public Task<List<KnownName>> ListAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
            """
            select distinct alias, kind, facts.text
            from entity_aliases
            join passage_entities using (entity)
            join passages on passages.number = passage
            join facts on facts.id = passages.fact
            where retracted_at is null
            order by alias, facts.number
            """,
            row => new KnownName(row.GetString(0), Enum.Parse<FactKind>(row.GetString(1), ignoreCase: true), row.GetString(2))),
        cancellationToken);
}
