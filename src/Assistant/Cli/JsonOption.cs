using System.CommandLine;
using System.CommandLine.Parsing;

namespace PersonalAi.Assistant.Cli;

/// <summary>Asks a command for JSON on standard output; errors then come as JSON too.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption(string name = "--json", string description = "Print JSON, and nothing else, on standard output") : base(name) => Description = description;

    /// <summary>Whether it asks for an object on each line, in place of one value.</summary>
    public bool PrintsLines { get; init; }

    /// <summary>What the command that was chosen promises to print, lines before one value; null where that is not JSON.</summary>
    public static JsonOption? GivenIn(ParseResult arguments) =>
        arguments.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && result.Option is JsonOption && result.GetValueOrDefault<bool>())
            .Select(result => (JsonOption)result.Option)
            .OrderByDescending(option => option.PrintsLines)
            .FirstOrDefault();
}
