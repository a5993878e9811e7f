using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Cli.Mcp;

/// <summary>Enters an MCP server, starts it once, and lets the user accept its tools.</summary>
internal sealed class McpAddCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "What you call it; the names of its tools begin with it" };
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The program and its arguments, after '--'", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _url = new("--url") { Description = "The address of a server that is reached over HTTP, in place of a program", HelpName = "URL" };
    private readonly Option<string[]> _environment = new("--env") { Description = "A variable for the program: NAME=VALUE, where VALUE can be ${env:NAME} or ${file:PATH}", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _headers = new("--header") { Description = "A header for the address: NAME=VALUE, where VALUE can be ${env:NAME} or ${file:PATH}", HelpName = "NAME=VALUE" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public McpAddCommand() : base("add", "Enter an MCP server in mcp.json, start it, show its tools, and let you accept them.",
        "pai mcp add notes -- npx -y @modelcontextprotocol/server-filesystem ~/notes",
        "pai mcp add tickets --env 'TICKETS_TOKEN=${env:TICKETS_TOKEN}' -- tickets-mcp --read-only",
        "pai mcp add wiki --url https://wiki.example.org/mcp --header 'Authorization=Bearer ${file:~/.wiki-token}'")
    {
        _environment.Validators.Add(RequirePairs);
        _headers.Validators.Add(RequirePairs);
        Add(_name);
        Add(_command);
        Add(_url);
        Add(_environment);
        Add(_headers);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var entry = Entry(arguments);
        var place = pai.McpPlace();
        var text = McpConfiguration.Load(place.Configuration).With(entry);
        DataFolder.Create(place.Folder);
        await AtomicFile.WriteAsync(place.Configuration, text, cancellationToken);
        if (!arguments.GetValue(_json))
        {
            await pai.Console.Error.WriteLineAsync($"Entered '{entry.Name}' in '{place.Configuration}'.");
        }

        var inspection = await McpAcceptance.InspectAsync(pai, entry.Name, cancellationToken);
        await McpAcceptance.OfferAsync(pai, inspection, arguments, _yes, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }

    private McpServerEntry Entry(ParseResult arguments)
    {
        var name = arguments.GetRequiredValue(_name);
        return (arguments.GetValue(_command), arguments.GetValue(_url)) switch
        {
            ([var program, .. var rest], null) => new McpServerEntry(name) { Command = program, Arguments = rest, Environment = Pairs(arguments.GetValue(_environment)) },
            ([] or null, { } url) => new McpServerEntry(name)
            {
                Url = McpAddress.Parse(url, why => throw new UsageException($"The MCP server '{name}' {why}.")),
                Headers = Pairs(arguments.GetValue(_headers)),
            },
            _ => throw new UsageException($"The MCP server '{name}' needs either a program after '--' or an address after '--url'."),
        };
    }

    private static Dictionary<string, string> Pairs(string[]? pairs) => (pairs ?? []).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static void RequirePairs(OptionResult result)
    {
        var names = result.Tokens.Select(token => token.Value.Split('=', 2)).ToList();
        if (names.FirstOrDefault(pair => pair is not [{ Length: > 0 }, _]) is { } wrong)
        {
            result.AddError($"'{string.Join('=', wrong)}' is not possible for {result.Option.Name}; write NAME=VALUE.");
        }
        else if (names.GroupBy(pair => pair[0]).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            result.AddError($"'{twice.Key}' is given twice for {result.Option.Name}; give it once.");
        }
    }
}
