using System.Collections.Immutable;
using System.CommandLine;

namespace PersonalAi.Assistant.Cli;

/// <summary>A command of pai: its purpose, its examples, and what it does with the services of the run.</summary>
internal abstract class PaiCommand : Command
{
    /// <param name="name">The word on the command line.</param>
    /// <param name="description">The purpose, one line.</param>
    /// <param name="examples">Command lines to copy, each with an optional <c># remark</c>; at least one.</param>
    protected PaiCommand(string name, string description, params ReadOnlySpan<string> examples) : base(name, description)
    {
        Examples = [.. examples];
        SetAction(async (arguments, cancellationToken) =>
        {
            var pai = ((PaiInvocation)arguments.InvocationConfiguration).Composition;
            return (int)await RunAsync(pai, arguments, cancellationToken);
        });
    }

    public ImmutableArray<string> Examples { get; }

    protected abstract Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default);
}
