using System.CommandLine;
using System.Text.Json;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Tools;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>Shows what one tool does, what it takes, and which rules speak of it.</summary>
internal sealed class ToolsShowCommand : PaiCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Argument<string> _name = new("NAME") { Description = "Name of a tool, as 'pai tools' lists it" };
    private readonly JsonOption _json = new();

    public ToolsShowCommand() : base("show", "Show a tool: description, risk, the rules that speak of it, and its schema.", "pai tools show calculate")
    {
        Add(_name);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var tool = (await pai.ToolBoxAsync(cancellationToken)).Get(arguments.GetRequiredValue(_name));
        var policy = await pai.ToolPolicyAsync(ToolChoice.Usual, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(ToolJson.From(tool, policy, pai.ToolFace));
        }
        else
        {
            Write(pai.Console.Output, tool, policy, pai.ToolFace);
        }

        return ExitCode.Done;
    }

    // A server wrote its descriptions and schemas.
    private static void Write(TextWriter output, Tool tool, ToolPolicy policy, ToolFace face)
    {
        output.WriteLine($"{RevealedText.Of(tool.Name)}: {RevealedText.Of(tool.Description)}");
        output.WriteLine($"source: {RevealedText.Of(tool.Source)}");
        output.WriteLine($"risk: {tool.Risk.ToWord()}");
        output.WriteLine($"results: {(tool.Trust == ToolTrust.Own ? "the program's own words" : "words of others, which are not trusted")}");
        output.WriteLine($"calls: {ToolsListCommand.Describe(tool, policy, face)}, since {policy.DecideUsually(tool, face).Reason}");
        foreach (var rule in policy.RulesFor(tool, face))
        {
            output.WriteLine($"rule: {RevealedText.Of(rule.ToString())}");
        }

        output.WriteLine("schema:");
        foreach (var line in JsonSerializer.Serialize(tool.Function.JsonSchema, Indented).ReplaceLineEndings("\n").Split('\n'))
        {
            output.WriteLine(RevealedText.Of(line));
        }
    }
}
