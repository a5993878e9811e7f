using System.CommandLine;
using System.CommandLine.Parsing;

namespace PersonalAi.Assistant.Cli;

/// <summary>Asks a command for JSON on standard output; errors then come as JSON too.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption(string name = "--json", string description = "Print JSON, and nothing else, on standard output") : base(name) => Description = description;

    /// <summary>Whether the command that was chosen promises JSON.</summary>
    public static bool IsGiven(ParseResult arguments) =>
        arguments.CommandResult.Children.OfType<OptionResult>().Any(result => result is { Option: JsonOption, Implicit: false } && result.GetValueOrDefault<bool>());
}
