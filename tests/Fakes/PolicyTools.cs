using System.Text.Json;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Tests.Fakes;

/// <summary>Tools that reach what their arguments say and do nothing, for tests of who decides.</summary>
internal static class PolicyTools
{
    public static Tool Read { get; } = Make("read_file", ToolRisk.ReadsLocal);

    public static Tool Write { get; } = Make("write_file", ToolRisk.ChangesLocal) with { StaysWithinGrants = true };

    public static Tool Run { get; } = Make("run_command", ToolRisk.ChangesLocal);

    public static Tool Fetch { get; } = Make("fetch_page", ToolRisk.LeavesMachine);

    public static Tool Send { get; } = Make("mail_send", ToolRisk.LeavesMachine) with { Source = "mail" };

    /// <summary>A call of a tool.</summary>
    public static ToolRequest Call(this Tool tool, object arguments, params ReadOnlySpan<string> origins) =>
        new(new ToolCall("1", tool.Name, JsonSerializer.SerializeToElement(arguments)), tool, new Taint([.. origins]), ToolFace.Terminal);

    // An argument 'path' or 'paths' is a path, 'url' an address, 'host' a host.
    private static Tool Make(string name, ToolRisk risk) => new(
        ToolFunction.Create(name, "Does nothing.", (string? path = null, string? url = null, string? text = null) => "done"),
        risk,
        ToolTrust.Own)
    {
        ReachOf = arguments => new ToolReach(
            [.. Texts(arguments, "path"), .. Texts(arguments, "paths")],
            [.. Texts(arguments, "url").Select(url => new Uri(url).Host), .. Texts(arguments, "host")]),
    };

    private static IEnumerable<string> Texts(JsonElement arguments, string name) => !arguments.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()!)
        : [value.GetString()!];
}
