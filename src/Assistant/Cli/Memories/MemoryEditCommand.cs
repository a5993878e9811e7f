using System.CommandLine;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Stores a newer version of a fact.</summary>
internal sealed class MemoryEditCommand : PaiCommand
{
    private readonly FactIdArgument _id = new();
    private readonly Argument<string[]> _text = new("TEXT") { Description = "What is known instead [default: as before]", Arity = ArgumentArity.ZeroOrMore };
    private readonly EnumOption<FactKind> _kind = new("--kind", "What it is about");
    private readonly DateOption _from = new("--from", "From when on it is true", takesNone: true);
    private readonly DateOption _to = new("--to", "From when on it is no longer true", takesNone: true);
    private readonly JsonOption _json = new();

    public MemoryEditCommand() : base("edit", "Store a newer version of a fact; the older one stays in its history.",
        "pai memory edit 0199f3a2 I am allergic to peanuts and sesame.",
        "pai memory edit 0199f3a2 --to 2026-03-01     # is no longer true from that day on",
        "pai memory edit 0199f3a2 --kind relation --from none")
    {
        Add(_id);
        Add(_text);
        Add(_kind);
        Add(_from);
        Add(_to);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var facts = await pai.FactsAsync(cancellationToken);
        var fact = await _id.FindAsync(facts, arguments, cancellationToken);
        var edited = await facts.EditAsync(fact.Id, EditIn(arguments, fact, pai.Time), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(FactJson.From(edited));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"{edited.Named()} takes the place of {fact.Named()}: {edited.Marks(pai.Time)}.");
        }

        return ExitCode.Done;
    }

    private FactEdit EditIn(ParseResult arguments, Fact fact, TimeProvider time)
    {
        var words = arguments.GetValue(_text) ?? [];
        var edit = new FactEdit
        {
            Text = words.Length > 0 ? string.Join(' ', words) : null,
            Kind = _kind.In(arguments),
            Valid = new Validity(_from.In(arguments, time, fact.Valid.From), _to.In(arguments, time, fact.Valid.To)),
        };
        return edit.Text is null && edit.Kind is null && edit.Valid == fact.Valid
            ? throw new UsageException("That changes nothing; give the new text, '--kind', '--from' or '--to'.")
            : edit;
    }
}
