using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Shows the engine process and what it has loaded; ends it.</summary>
internal sealed class EngineCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public EngineCommand() : base("engine", "Show the engine process, which runs the models for every pai; end it; choose what it computes on.",
        "pai engine                       # whether it runs, and what it has loaded",
        "pai engine list                  # what models can run on: the processor, GPUs",
        "pai engine stop                  # ends it; the next question starts it again")
    {
        Add(_json);
        Add(new EngineListCommand());
        Add(new EngineUseCommand());
        Add(new EngineStatusCommand());
        Add(new EngineStopCommand());
        Add(new EngineServeCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        EngineStatusCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
}
