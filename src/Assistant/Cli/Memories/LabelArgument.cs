using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Whether something may leave the machine.</summary>
internal sealed class LabelArgument : Argument<string>
{
    public LabelArgument() : base("LABEL")
    {
        Description = "never, whatever is asked; ask each time; ok in a packet that you agree to";
        HelpName = Words.Choice<EgressLabel>();
        Validators.Add(Words.Check<EgressLabel>);
    }

    /// <summary>The label that was given.</summary>
    public EgressLabel In(ParseResult arguments) => Words.Parse<EgressLabel>(arguments.GetRequiredValue(this));
}
