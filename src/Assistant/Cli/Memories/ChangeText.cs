using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>How changes are told to people.</summary>
internal static class ChangeText
{
    /// <summary>What was done, in a few words.</summary>
    public static string Described(this FactChange change) => change.Action switch
    {
        ChangeAction.Add => Added("added", change),
        ChangeAction.Import => Added("imported", change),
        ChangeAction.Accept => Added("accepted", change),
        ChangeAction.Edit => $"edited to {Newest(change)}",
        ChangeAction.Pin => $"pinned {Newest(change)}",
        ChangeAction.Unpin => $"unpinned {Newest(change)}",
        _ => $"labelled {Newest(change)}",
    };

    private static string Added(string verb, FactChange change) => change.Facts.Count > 1 ? $"{verb} {change.Facts.Count} facts" : $"{verb} {Newest(change)}";

    private static string Newest(FactChange change) => change.Facts[^1].Named();
}
