using System.Text.Json;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages about whom or what a question names, also where they bear another of its names.</summary>
internal static class EntityArm
{
    /// <summary>The passages, the newest first.</summary>
    // One entity at a time, which the index has in order: all passages of a frequent one would have to be sorted otherwise.
    public static IEnumerable<long> Find(SqliteConnection connection, IEnumerable<string> names, PassageFilter filter, int limit) => connection.Query(
        "select distinct entity from entity_aliases where alias in (select value from json_each($names))",
        row => row.GetInt64(0),
        ("$names", JsonSerializer.Serialize(names)))
        .SelectMany(entity => connection.Query(
            $"select passage from passage_entities where entity = $entity {filter.Condition("passage")} order by passage desc limit $limit",
            row => row.GetInt64(0),
            [("$entity", entity), ("$limit", limit), .. filter.Parameters]))
        .Distinct()
        .OrderDescending()
        .Take(limit);
}
