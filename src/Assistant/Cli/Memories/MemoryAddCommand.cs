using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Has the assistant remember a fact.</summary>
internal sealed class MemoryAddCommand : PaiCommand
{
    private readonly Argument<string[]> _text = new("TEXT") { Description = "What is known, as a sentence that stands by itself", Arity = ArgumentArity.OneOrMore };
    private readonly EnumOption<FactKind> _kind = new("--kind", "What it is about [default: knowledge]");
    private readonly DateOption _from = new("--from", "From when on it is true");
    private readonly DateOption _to = new("--to", "From when on it is no longer true");
    private readonly EnumOption<EgressLabel> _label = new("--label", "Whether it may leave this machine [default: ask]");
    private readonly Option<bool> _pin = new("--pin") { Description = "Begin every session with it" };
    private readonly JsonOption _json = new();

    public MemoryAddCommand() : base("add", "Remember a fact.",
        "pai memory add I am allergic to peanuts. --kind profile --pin",
        "pai memory add Anna is in Oslo for a year. --kind relation --from 2026-09-01 --to 2027-09-01",
        "pai memory add My passport expires in May. --label never --json")
    {
        Add(_text);
        Add(_kind);
        Add(_from);
        Add(_to);
        Add(_label);
        Add(_pin);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var facts = await pai.FactsAsync(cancellationToken);
        var fact = await facts.AddAsync(
            new NewFact(string.Join(' ', arguments.GetRequiredValue(_text)), _kind.In(arguments) ?? FactKind.Knowledge)
            {
                Valid = new Validity(_from.In(arguments, pai.Time), _to.In(arguments, pai.Time)),
                Egress = _label.In(arguments) ?? EgressLabel.Ask,
                IsPinned = arguments.GetValue(_pin),
            },
            cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactJson.From(fact));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Remembered as {fact.Id.ShortForm} ({fact.Marks(pai.Time)}); 'pai memory undo' takes it back.");
        }

        return ExitCode.Done;
    }
}
