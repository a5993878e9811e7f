using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>Lists the rules that decide which calls run; adds one, takes one out.</summary>
internal sealed class ToolsRulesCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ToolsRulesCommand() : base("rules", "List the rules that decide which calls run; add one, take one out.",
        "pai tools rules",
        "pai tools rules add \"allow fetch_page host=*.example.org\"",
        "pai tools rules add \"deny risk:leaves-machine face:headless\"",
        "pai tools rules remove \"allow fetch_page host=*.example.org\"")
    {
        Add(_json);
        Add(new RuleChangeCommand(adds: true));
        Add(new RuleChangeCommand(adds: false));
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var rules = pai.Configuration.Options.Tools.Rules;
        var origin = pai.Configuration.OriginOf(Settings.Find("tools.rules"));
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(rules.Select(rule => new { Id = rule, Source = origin.Layer.ToJsonName(), origin.Place }));
            return ExitCode.Done;
        }

        foreach (var rule in rules)
        {
            await pai.Console.Output.WriteLineAsync(rule);
        }

        await pai.Console.Error.WriteLineAsync(rules.IsEmpty
            ? "There are no rules: what only reads on this machine runs, and you are asked about the rest."
            : $"From: {origin}. Where none speaks, what only reads on this machine runs, and you are asked about the rest.");
        return ExitCode.Done;
    }
}

/// <summary>Adds a rule to the configuration file, or takes one out.</summary>
internal sealed class RuleChangeCommand : PaiCommand
{
    private readonly Argument<string[]> _rule = new("RULE") { Description = "A line like 'allow read_file path=~/notes/**'; docs/tools.md explains it", Arity = ArgumentArity.OneOrMore };
    private readonly bool _adds;

    public RuleChangeCommand(bool adds)
        : base(
            adds ? "add" : "remove",
            adds ? "Add a rule to config.yaml; other lines stay as they are." : "Take a rule out of config.yaml; other lines stay as they are.",
            adds ? "pai tools rules add \"deny run_command args.command=*rm*\"" : "pai tools rules remove \"deny run_command args.command=*rm*\"")
    {
        _adds = adds;
        _rule.Validators.Add(Validate);
        Add(_rule);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var rule = ToolRule.Parse(string.Join(' ', arguments.GetRequiredValue(_rule)));
        var isChanged = await (_adds ? pai.Rules.AddAsync(rule, cancellationToken) : pai.Rules.RemoveAsync(rule, cancellationToken));
        if (!isChanged && !_adds)
        {
            throw new UsageException($"There is no rule '{rule}' in '{pai.Data.Configuration}'; 'pai tools rules' lists those in force.");
        }

        await pai.Console.Output.WriteLineAsync($"{(!isChanged ? "Already there" : _adds ? "Added" : "Removed")}: {rule} ({pai.Data.Configuration})");
        if (pai.Configuration.OriginOf(Settings.Find("tools.rules")) is { Layer: > Layer.File } stronger)
        {
            await pai.Console.Error.WriteLineAsync($"pai: The {stronger} is set too, and wins over the file.");
        }

        return ExitCode.Done;
    }

    private static void Validate(ArgumentResult result)
    {
        if (!ToolRule.TryParse(string.Join(' ', result.Tokens.Select(token => token.Value)), out _, out var problem))
        {
            result.AddError(problem);
        }
    }
}
