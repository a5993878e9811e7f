using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Ends the engine process.</summary>
internal sealed class EngineStopCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public EngineStopCommand() : base("stop", "End the engine process and free its memory; answers under way end with an error.",
        "pai engine stop") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        Write(pai, arguments.GetValue(_json), await pai.Engine.StopAsync(cancellationToken));
        return ExitCode.Done;
    }

    private static void Write(Composition pai, bool json, bool ran)
    {
        if (json)
        {
            pai.Console.Output.WriteJson(new { Id = pai.Engine.Address.Name, Stopped = ran });
        }
        else
        {
            pai.Console.Output.WriteLine(ran ? "The engine process has ended." : "The engine process did not run.");
        }
    }
}
