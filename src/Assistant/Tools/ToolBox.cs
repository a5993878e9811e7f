using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>Lists the tools of one source: those of the program, of the memory, of an MCP server.</summary>
internal delegate Task<IReadOnlyList<Tool>> ToolListing(CancellationToken cancellationToken);

/// <summary>All tools that there are, whoever brings them. Where two have one name, that of the earlier source counts.</summary>
internal sealed class ToolBox
{
    private ToolBox(IEnumerable<Tool> tools) => All = [.. tools.DistinctBy(tool => tool.Name)];

    /// <summary>The tools, in the order of their sources.</summary>
    public IReadOnlyList<Tool> All { get; }

    /// <summary>Puts the tools of all sources together.</summary>
    public static async Task<ToolBox> OpenAsync(IEnumerable<ToolListing> sources, CancellationToken cancellationToken = default)
    {
        List<Tool> tools = [];
        foreach (var list in sources)
        {
            tools.AddRange(await list(cancellationToken));
        }

        return new ToolBox(tools);
    }

    /// <summary>The tool that a model calls so; null where there is none.</summary>
    public Tool? Find(string name) => All.FirstOrDefault(tool => tool.Name == name);

    /// <summary>The tool that a user calls so.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public Tool Get(string name) => Find(name)
        ?? throw new UsageException(All.Count == 0 ? $"There is no tool '{name}', nor any other." : $"'{name}' is not a tool; {DidYouMean.Ending(name, [.. All.Select(tool => tool.Name)])}");

    /// <summary>The tools that a model may be shown: those that were chosen and that no rule takes away.</summary>
    /// <exception cref="UsageException">A tool was chosen that there is not.</exception>
    public IReadOnlyList<Tool> For(ToolChoice choice, ToolPolicy policy, ToolFace face)
    {
        var chosen = choice.Names is { } names ? names.Select(Get) : All;
        return [.. chosen.Where(tool => !policy.Hides(tool, face))];
    }
}
