using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Tools;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>Lists the tools, and what the rules say of each.</summary>
internal sealed class ToolsListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ToolsListCommand() : base("list", "List the tools: risk, source, and what the rules say of a call.", "pai tools list --json") => Add(_json);

    public static async Task WriteAsync(Composition pai, bool json, CancellationToken cancellationToken = default)
    {
        var tools = await pai.ToolBoxAsync(cancellationToken);
        var policy = await pai.ToolPolicyAsync(ToolChoice.Usual, cancellationToken);
        if (json)
        {
            pai.Console.Output.WriteJson(tools.All.Select(tool => ToolJson.From(tool, policy, pai.ToolFace)));
            return;
        }

        var rows = tools.All.Select(tool => new[] { RevealedText.Of(tool.Name), tool.Risk.ToWord(), RevealedText.Of(tool.Source), Describe(tool, policy, pai.ToolFace) });
        pai.Console.Output.WriteTable([["TOOL", "RISK", "SOURCE", "CALLS"], .. rows]);
        if (!pai.Configuration.Options.Tools.Enabled)
        {
            await pai.Console.Error.WriteLineAsync("The model has none of them: 'pai config set tools.enabled true' gives them to it.");
        }
    }

    /// <summary>What the rules say of calls: <c>asked, but for 2 rules</c>.</summary>
    public static string Describe(Tool tool, ToolPolicy policy, ToolFace face)
    {
        var usual = policy.DecideUsually(tool, face).Decision switch
        {
            PolicyDecision.Allow => "allowed",
            PolicyDecision.Ask => "asked",
            _ => "denied, and not shown to the model",
        };
        var more = policy.Hides(tool, face) ? 0 : policy.RulesFor(tool, face).Count(rule => !rule.IsOfTools);
        return more switch
        {
            0 => usual,
            1 => $"{usual}, but for a rule",
            _ => $"{usual}, but for {more} rules",
        };
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }
}
