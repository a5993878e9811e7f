using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Verification;

/// <summary>Checks that everything stored belongs together, and makes good what can be.</summary>
public sealed class MemoryVerification(MemoryDatabase database)
{
    /// <summary>Looks at every row.</summary>
    /// <returns>What is wrong; empty where all is well.</returns>
    public Task<List<Damage>> VerifyAsync(CancellationToken cancellationToken = default) => database.MaintainAsync(
        connection => MemoryChecks.All
            .Select(check => (Check: check, Count: check.Count(connection)))
            .Where(found => found.Count > 0)
            .Select(found => new Damage(found.Check.Name, found.Count, $"{found.Count} {found.Check.Sentence}.", found.Check.Repair is not null))
            .ToList(),
        cancellationToken);

    /// <summary>Makes good what can be made from what is stored, all or nothing; turns and vectors are in line to be indexed again.</summary>
    /// <returns>What is wrong now.</returns>
    public async Task<List<Damage>> RepairAsync(CancellationToken cancellationToken = default)
    {
        await database.WriteAsync(
            connection =>
            {
                connection.Execute("pragma defer_foreign_keys = on");
                foreach (var check in MemoryChecks.All)
                {
                    if (check.Repair is { } repair && check.Count(connection) > 0)
                    {
                        repair(connection);
                    }
                }

                return true;
            },
            cancellationToken);
        return await VerifyAsync(cancellationToken);
    }
}
