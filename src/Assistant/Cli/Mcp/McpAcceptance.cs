using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Shows what an MCP server offers, and keeps what the user accepts of it.</summary>
internal static class McpAcceptance
{
    /// <summary>Starts the server and asks it.</summary>
    /// <exception cref="McpServerException">There is no such server, or it cannot be reached.</exception>
    public static async Task<McpInspection> InspectAsync(Composition pai, string server, CancellationToken cancellationToken = default)
    {
        await using var servers = McpServers.Open(pai.McpPlace(), server);
        return await servers.InspectAsync(server, cancellationToken);
    }

    /// <summary>Whether a model would be shown something else than what the server offers now.</summary>
    public static bool IsDue(McpInspection inspection, McpLock accepted) =>
        !accepted.Knows(inspection.Server.Name) || inspection.Tools.Any(tool => tool.State != McpState.Accepted);

    /// <summary>Writes what the server is, and what has not been accepted of it in full.</summary>
    public static void Write(Composition pai, McpInspection inspection)
    {
        var ink = new Ink(pai.ColourOnOutput);
        var output = pai.Console.Output;
        output.WriteLine($"{inspection.Server.Name}: {inspection.Name} {inspection.Version}, MCP {inspection.Protocol}, {inspection.Tools.Count(tool => tool.Now is not null)} tools, {inspection.Elapsed.TotalSeconds:0.0} s");
        foreach (var tool in inspection.Tools)
        {
            output.WriteLine($"{Mark(tool.State, ink)}  {TerminalText.OneLine(tool.Tool)}");
            if (tool.State != McpState.Accepted)
            {
                foreach (var line in tool.Differences())
                {
                    output.WriteLine($"    {(line[0] == '+' ? ink.Green(line) : line[0] == '-' ? ink.Red(line) : line)}");
                }
            }
        }
    }

    /// <summary>Keeps what the server offers now as what the user accepts.</summary>
    public static Task KeepAsync(Composition pai, McpInspection inspection, CancellationToken cancellationToken = default)
    {
        var place = pai.McpPlace();
        var accepted = McpLock.Load(place.Lock).With(inspection.Server.Name, inspection.Tools.Where(tool => tool.Now is not null).Select(tool => tool.Now!), pai.Time.GetUtcNow());
        DataFolder.Create(place.Folder);
        return AtomicFile.WriteAsync(place.Lock, accepted.ToString(), cancellationToken);
    }

    /// <summary>Shows what the server offers and, where that is due, asks whether the model may use it.</summary>
    /// <returns>Whether all of it is accepted now.</returns>
    public static async Task<bool> OfferAsync(Composition pai, McpInspection inspection, ParseResult arguments, YesOption yes, bool json, CancellationToken cancellationToken = default)
    {
        var isDue = IsDue(inspection, McpLock.Load(pai.McpPlace().Lock));
        if (!json)
        {
            Write(pai, inspection);
        }

        var accepts = !isDue || await AcceptsAsync(pai, inspection, arguments, yes, cancellationToken);
        if (isDue && accepts)
        {
            await KeepAsync(pai, inspection, cancellationToken);
        }

        if (json)
        {
            pai.Console.Output.WriteJson(McpInspectionJson.From(inspection, accepts));
        }
        else
        {
            var server = inspection.Server.Name;
            await pai.Console.Error.WriteLineAsync(accepts
                ? $"The tools of '{server}' are accepted as they are; the model is shown these and no others."
                : $"The model is not shown what was not accepted; 'pai mcp accept {server}' accepts it.");
        }

        return accepts;
    }

    // To look at a server is no consent: where nobody can be asked, only --yes is.
    private static async Task<bool> AcceptsAsync(Composition pai, McpInspection inspection, ParseResult arguments, YesOption yes, CancellationToken cancellationToken)
    {
        try
        {
            await yes.RequireAsync(pai, arguments, $"let the model see and call these tools of '{inspection.Server.Name}'", cancellationToken);
            return true;
        }
        catch (DeniedException)
        {
            return false;
        }
    }

    private static string Mark(McpState state, Ink ink) => state switch
    {
        McpState.Accepted => "accepted",
        McpState.New => ink.Yellow("new     "),
        McpState.Changed => ink.Yellow("changed "),
        _ => "gone    ",
    };
}
