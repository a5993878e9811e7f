using System.CommandLine;
using PersonalAi.Assistant.Cli.Memories;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Decides whether documents may leave the machine.</summary>
internal sealed class DocsLabelCommand : PaiCommand
{
    private readonly Argument<string> _document = new("ID|PATH") { Description = "A document's id, or its beginning, or the path of a file or folder" };
    private readonly LabelArgument _label = new();
    private readonly JsonOption _json = new();

    public DocsLabelCommand() : base("label", "Decide whether a document, or all of a folder that are there now, may leave this machine.",
        "pai docs label ~/notes/health never")
    {
        Add(_document);
        Add(_label);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var documents = await pai.DocumentsAsync(cancellationToken);
        var label = _label.In(arguments);
        var found = await documents.FindAsync(arguments.GetRequiredValue(_document), cancellationToken);
        await documents.LabelAsync(found.Select(document => document.Id), label, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(found.Select(document => DocumentJson.From(document with { Egress = label })));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Labelled {Quantity.Of(found.Count, "document")} '{label.ToJsonName()}': {Describe(label)}.");
        }

        return ExitCode.Done;
    }

    private static string Describe(EgressLabel label) => label switch
    {
        EgressLabel.Never => "no word of it leaves this machine",
        EgressLabel.Ok => "it may leave this machine in a packet that you agree to",
        _ => "it leaves this machine only where you agree to it each time",
    };
}
