using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Names a fact on a command line.</summary>
internal sealed class FactIdArgument : Argument<string>
{
    public FactIdArgument() : base("ID") => Description = "Id of a fact, or the beginning of one";

    /// <summary>The fact.</summary>
    /// <exception cref="PersonalAi.Memory.MemoryException">The id fits no fact, or several.</exception>
    public async Task<Fact> FindAsync(FactStore facts, ParseResult arguments, CancellationToken cancellationToken = default) =>
        await facts.FindAsync(arguments.GetRequiredValue(this), cancellationToken);
}
