using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Makes a fact a part of what every session begins with, or no part of it.</summary>
internal sealed class MemoryPinCommand : PaiCommand
{
    private readonly FactIdArgument _id = new();
    private readonly JsonOption _json = new();
    private readonly bool _pins;

    public MemoryPinCommand(bool pins) : base(
        pins ? "pin" : "unpin",
        pins ? "Begin every session with a fact." : "No longer begin every session with a fact; it stays remembered.",
        $"pai memory {(pins ? "pin" : "unpin")} 0199f3a2")
    {
        _pins = pins;
        Add(_id);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var facts = await pai.FactsAsync(cancellationToken);
        var fact = await facts.PinAsync((await _id.FindAsync(facts, arguments, cancellationToken)).Id, _pins, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactJson.From(fact));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(_pins ? $"Sessions begin with {fact.Named()} from the next one on." : $"Sessions no longer begin with {fact.Named()}.");
        }

        return ExitCode.Done;
    }
}
