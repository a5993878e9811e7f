using System.ComponentModel;

namespace PersonalAi.Tools.Selection;

/// <summary>Finds the tools that a turn was not shown.</summary>
public static class SearchToolsTool
{
    /// <summary>Its name.</summary>
    public const string Name = "search_tools";

    private const int Most = 4;

    /// <summary>The tool.</summary>
    /// <param name="selection">Ranks tools.</param>
    /// <param name="list">All tools that the model may be shown.</param>
    /// <param name="found">Told of what was found, so that it can be made callable.</param>
    public static Tool Create(ToolSelection selection, Func<CancellationToken, Task<IReadOnlyList<Tool>>> list, Action<IReadOnlyList<Tool>>? found = null)
    {
        return new Tool(ToolFunction.Create(Name, "Finds other tools, when none of these fits.", SearchAsync), ToolRisk.ReadsLocal, ToolTrust.Own);

        async Task<ToolAnswer> SearchAsync([Description("what the tool should do")] string query, CancellationToken cancellationToken)
        {
            Tool[] others = [.. (await list(cancellationToken)).Where(tool => tool.Name != Name)];
            var tools = await selection.FindAsync(query, others, Most, cancellationToken);
            found?.Invoke(tools);
            return tools.Count == 0
                ? new ToolAnswer("There is no such tool: go on without one, or ask for it in other words.", [])
                : new ToolAnswer(string.Join('\n', tools.Select(tool => $"{tool.Name}: {FirstLine(tool.Description)}")), [.. OriginsOf(tools)]);
        }
    }

    // What a server says of its tools is not the program's own word.
    private static IEnumerable<string> OriginsOf(IReadOnlyList<Tool> tools) =>
        tools.Where(tool => tool.Source != Tool.BuiltIn).Select(tool => $"the tool descriptions of {VisibleText.Of(tool.Source)}").Distinct(StringComparer.Ordinal);

    private static string FirstLine(string description) => VisibleText.Of(description.Split('\n', 2)[0].Trim());
}
