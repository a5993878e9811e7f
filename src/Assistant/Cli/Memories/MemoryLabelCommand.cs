using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Decides whether a fact may leave the machine.</summary>
internal sealed class MemoryLabelCommand : PaiCommand
{
    private readonly FactIdArgument _id = new();
    private readonly LabelArgument _label = new();
    private readonly JsonOption _json = new();

    public MemoryLabelCommand() : base("label", "Decide whether a fact may leave this machine.",
        "pai memory label 0199f3a2 never")
    {
        Add(_id);
        Add(_label);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var facts = await pai.FactsAsync(cancellationToken);
        var label = _label.In(arguments);
        var fact = await facts.LabelAsync((await _id.FindAsync(facts, arguments, cancellationToken)).Id, label, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactJson.From(fact));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(label switch
            {
                EgressLabel.Never => $"{fact.Named()} never leaves this machine.",
                EgressLabel.Ok => $"{fact.Named()} may leave this machine in a packet that you agree to.",
                _ => $"{fact.Named()} leaves this machine only where you agree to it each time.",
            });
        }

        return ExitCode.Done;
    }
}
