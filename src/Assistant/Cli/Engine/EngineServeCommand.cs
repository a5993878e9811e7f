using System.CommandLine;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Host;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>Is the engine process; pai starts it by itself.</summary>
internal sealed class EngineServeCommand : PaiCommand
{
    public EngineServeCommand() : base("serve", "Be the engine process, which every other command starts by itself where it needs it.",
        "pai engine serve") => Hidden = true;

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var address = pai.Engine.Address;
        using var seat = await EngineSeat.TakeAsync(address, cancellationToken);
        if (seat is null)
        {
            return ExitCode.Done;
        }

        EngineSeat.Detach(address);
        await using var server = new EngineServer(address, () => pai.Library, pai.Time, pai.Logging.CreateLogger<EngineServer>());
        await server.RunAsync(cancellationToken);
        return ExitCode.Done;
    }
}
