using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Tools;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>Calls a tool as the model would: by the same rules, with the same questions, into the same log.</summary>
internal sealed class ToolsCallCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of a tool, as 'pai tools' lists it" };

    private readonly Argument<string[]> _values = new("KEY=VALUE") { Description = "Arguments, one by one; 'pai tools show NAME' lists them", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string?> _arguments = new("--args") { Description = "All arguments as a JSON object, in place of KEY=VALUE", HelpName = "JSON" };

    private readonly AllowOption _allow = new();

    private readonly JsonOption _json = new();

    public ToolsCallCommand() : base("call", "Call a tool as the model would, by the same rules; exit code 3 where that is denied.",
        "pai tools call calculate expression='2^10'",
        "pai tools call read_file --args '{\"path\": \"~/notes/today.md\"}'",
        "pai tools call fetch_page url=https://example.org --allow \"fetch_page host=example.org\"")
    {
        Add(_name);
        Add(_values);
        Add(_arguments);
        Add(_allow);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var tool = (await pai.ToolBoxAsync(cancellationToken)).Get(arguments.GetRequiredValue(_name));
        var call = new ToolCall("1", tool.Name, ReadArguments(tool, arguments));
        var policy = await pai.ToolPolicyAsync(new ToolChoice { Rules = _allow.In(arguments) }, cancellationToken);
        var tools = await pai.AuditedToolsAsync(policy, pai.ToolGate(), cancellationToken);

        var outcome = await tools.RunAsync(tool, call, Taint.None, cancellationToken);
        if (outcome.Status == ToolStatus.Denied)
        {
            var advice = outcome.CouldNotAsk ? "; give --allow RULE to allow it" : "";
            throw new DeniedException($"The call of {RevealedText.Of(tool.Name)} did not run: {RevealedText.Of(outcome.Reason)}{advice}.");
        }

        if (outcome.Status == ToolStatus.Invalid)
        {
            throw new UsageException(outcome.Text);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { tool = tool.Name, arguments = call.Arguments, status = outcome.Status.ToJsonName(), text = outcome.Text, reason = outcome.Reason, ms = outcome.Elapsed.TotalMilliseconds });
        }
        else
        {
            await (outcome.Status == ToolStatus.Succeeded ? pai.Console.Output : pai.Console.Error).WriteLineAsync(TerminalText.Sanitize(outcome.Text));
        }

        return outcome.Status == ToolStatus.Succeeded ? ExitCode.Done : ExitCode.ModelFailure;
    }

    private JsonElement ReadArguments(Tool tool, ParseResult arguments)
    {
        var values = arguments.GetValue(_values) ?? [];
        if (arguments.GetValue(_arguments) is not { } json)
        {
            return JsonSerializer.SerializeToElement(new JsonObject(values.Select(value => Read(tool, value))));
        }

        if (values.Length > 0)
        {
            throw new UsageException("Give the arguments with --args or as KEY=VALUE, not both.");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new UsageException("'--args' takes a JSON object, in braces.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"'--args' is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}.", error);
        }
    }

    // Of a parameter that takes text the value is the text; of any other it is JSON.
    private static KeyValuePair<string, JsonNode?> Read(Tool tool, string word)
    {
        if (word.Split('=', 2) is not [{ Length: > 0 } key, var value])
        {
            throw new UsageException($"'{word}' is not KEY=VALUE; see 'pai tools show {tool.Name}'.");
        }

        var takesText = tool.Function.JsonSchema.TryGetProperty("properties", out var properties)
            && properties.TryGetProperty(key, out var property)
            && property.TryGetProperty("type", out var type)
            && type.ToString().Contains("string", StringComparison.Ordinal);
        try
        {
            return new(key, takesText ? JsonValue.Create(value) : JsonNode.Parse(value));
        }
        catch (JsonException)
        {
            return new(key, JsonValue.Create(value));
        }
    }
}
