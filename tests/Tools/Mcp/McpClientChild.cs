using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Tests.Tools.Mcp;

/// <summary>What the conformance tests of MCP start: our client as the chat uses it, which accepts and calls every tool and answers every question with what is usual.</summary>
internal static class McpClientChild
{
    public const string Argument = "--mcp-client";

    public static async Task<int> RunAsync(string server)
    {
        var entry = new McpServerEntry("conformance") { Url = new Uri(server) };
        var place = new McpPlace("", OpenWeb, Environment.GetEnvironmentVariable, TimeProvider.System, NullLogger.Instance) { AskAsync = (question, _) => Task.FromResult(UsualAnswer(question)) };
        var transports = new McpTransports(place);
        await using var first = new McpServers(place, [entry], McpLock.Empty, transports.Open);
        var offered = (await first.InspectAsync(entry.Name)).Tools.Select(tool => tool.Now!).ToList();
        await using var servers = new McpServers(place, [entry], McpLock.Empty.With(entry.Name, offered, DateTimeOffset.UnixEpoch), transports.Open);
        foreach (var tool in await servers.ToolsAsync())
        {
            await Console.Out.WriteLineAsync($"{tool.Name}: {await tool.Function.InvokeAsync(Arguments(tool.Function.JsonSchema))}");
        }

        return servers.Problems.Count;
    }

    // Every tool of the scenarios that has arguments takes numbers.
    private static AIFunctionArguments Arguments(JsonElement schema) =>
        new(schema.GetProperty("properties").EnumerateObject().ToDictionary(property => property.Name, object? (property) => property.Name.Length));

    private static McpAnswer UsualAnswer(McpQuestion question)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var field in question.Fields)
        {
            if (field.Read("", out var value) is null && value is { } answer)
            {
                values[field.Name] = answer;
            }
        }

        return new McpAnswer(McpReply.Accept, values);
    }

    internal static HttpClient OpenWeb(Uri server)
    {
        var consent = new EgressConsent(EgressPurpose.Mcp, "a test");
        consent.Allow(server.Authority);
        return Gates.Open().CreateClient(consent);
    }
}
