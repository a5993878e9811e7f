using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages about whom or what a question names, also where they bear another of its names.</summary>
internal static class EntityArm
{
    /// <summary>The passages, the newest first.</summary>
    public static List<long> Find(SqliteConnection connection, IEnumerable<string> names, PassageFilter filter, int limit) => connection.Query(
        $"""
        select distinct passage from entity_aliases join passage_entities using (entity)
        where alias in (select value from json_each($names)) {filter.Condition("passage")}
        order by passage desc limit $limit
        """,
        row => row.GetInt64(0),
        [("$names", System.Text.Json.JsonSerializer.Serialize(names)), ("$limit", limit), .. filter.Parameters]);
}
