using System.CommandLine;
using System.CommandLine.Parsing;

namespace PersonalAi.Assistant.Cli;

/// <summary>The largest number of things that a command lists.</summary>
internal sealed class LimitOption : Option<int>
{
    public const int Usual = 20;

    public LimitOption(string things) : base("--limit")
    {
        Description = $"Show at most this many {things} [default: {Usual}]";
        HelpName = "N";
        DefaultValueFactory = _ => Usual;
        Validators.Add(Validate);
    }

    private void Validate(OptionResult result)
    {
        if (result.Tokens is [{ } token] && int.TryParse(token.Value, out var limit) && limit < 1)
        {
            result.AddError($"'{token.Value}' is not allowed for '{Name}', which takes a whole number from 1 on.");
        }
    }
}
