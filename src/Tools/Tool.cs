using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Tools;

/// <summary>Something that the model can have done, what harm it could do, and whose words it answers with.</summary>
/// <param name="Function">Does it.</param>
/// <param name="Risk">What it can do to the user at worst.</param>
/// <param name="Trust">Whose words its results are.</param>
public sealed record Tool(AIFunction Function, ToolRisk Risk, ToolTrust Trust)
{
    /// <summary>The source of the tools that come with the program.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>The name by which the model calls it.</summary>
    public string Name => Function.Name;

    /// <summary>What it does, for the model and for people.</summary>
    public string Description => Function.Description;

    /// <summary>Where it comes from: <c>built-in</c>, or the name of an MCP server.</summary>
    public string Source { get; init; } = BuiltIn;

    /// <summary>Whether everything that it changes lies within what the user granted it: then untrusted text cannot make it reach further.</summary>
    public bool StaysWithinGrants { get; init; }

    /// <summary>Messages of users that want it, for choosing the tools of a turn; the model is not shown them.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Tells which paths and hosts a call would reach, so that rules can speak of them.</summary>
    public Func<JsonElement, ToolReach> ReachOf { get; init; } = _ => ToolReach.None;

    /// <summary>Tells where the result of a call comes from, where it is not to be trusted: <c>the page https://example.org/</c>, <c>the file notes.txt</c>.</summary>
    public Func<JsonElement, string> OriginOf
    {
        get => field ?? (_ => $"a result of {Name}");
        init;
    }
}

/// <summary>What a tool can do to the user at worst.</summary>
public enum ToolRisk
{
    /// <summary>It looks at something on this machine.</summary>
    ReadsLocal,

    /// <summary>It changes something on this machine.</summary>
    ChangesLocal,

    /// <summary>Something of the call leaves this machine.</summary>
    LeavesMachine,
}

/// <summary>Whose words the results of a tool are.</summary>
public enum ToolTrust
{
    /// <summary>The program's own: a date, a sum.</summary>
    Own,

    /// <summary>Anybody's: a file, a page, a server. They may try to give orders.</summary>
    Untrusted,
}

/// <summary>What a call would reach.</summary>
/// <param name="Paths">Files and folders, absolute.</param>
/// <param name="Hosts">Hosts, as <see cref="Uri.Host"/> writes them.</param>
public sealed record ToolReach(IReadOnlyList<string> Paths, IReadOnlyList<string> Hosts)
{
    /// <summary>Nothing that a rule could speak of.</summary>
    public static readonly ToolReach None = new([], []);
}
