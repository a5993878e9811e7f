using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Eval;

/// <summary>Measures how good a model is.</summary>
internal sealed class EvalCommand : PaiCommand
{
    public EvalCommand() : base("eval", "Measure how good a model is.", "pai eval perplexity --file wiki.test.raw --chunks 20", "pai eval route                               # how sure is sure enough, by your thumbs")
    {
        Add(new EvalPerplexityCommand());
        Add(new EvalRouteCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        throw new UsageException("'pai eval' needs to know what to measure: perplexity or route.");
}
