using System.CommandLine;
using System.CommandLine.Parsing;
using PersonalAi.Assistant.Tools;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>The options that say which tools a run may use, and what it is allowed in advance.</summary>
internal sealed class ToolFlags
{
    private const string None = "none";

    private readonly Option<string?> _tools = new("--tools")
    {
        Description = "The tools that may be used, with commas between them, or none [default: all that no rule denies]",
        HelpName = "none|LIST",
    };

    public AllowOption Allow { get; } = new();

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command, bool isHidden = false)
    {
        foreach (var option in new Option[] { _tools, Allow })
        {
            option.Hidden = isHidden;
            command.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    public ToolChoice In(ParseResult arguments) => new()
    {
        Names = arguments.GetValue(_tools) switch
        {
            null => null,
            None => [],
            var names => [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        },
        Rules = Allow.In(arguments),
    };
}

/// <summary>Rules for one run, which allow calls that would be asked or that nobody could be asked about.</summary>
internal sealed class AllowOption : Option<string[]>
{
    public AllowOption() : base("--allow")
    {
        Description = "Allow calls in this run, as a rule does after its first word: 'fetch_page host=example.org'; may be repeated";
        HelpName = "RULE";
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
        Validators.Add(Validate);
    }

    /// <summary>The rules that were given.</summary>
    public System.Collections.Immutable.ImmutableArray<ToolRule> In(ParseResult arguments) =>
        [.. (arguments.GetValue(this) ?? []).Select(text => ToolRule.Parse(Whole(text)))];

    private static string Whole(string text) => text.StartsWith("allow ", StringComparison.Ordinal) ? text : $"allow {text}";

    private static void Validate(OptionResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (!ToolRule.TryParse(Whole(token.Value), out _, out var problem))
            {
                result.AddError(problem);
            }
        }
    }
}
