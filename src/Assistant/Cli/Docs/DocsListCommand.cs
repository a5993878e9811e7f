using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Documents;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Lists the documents, in the order of their places.</summary>
internal sealed class DocsListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public DocsListCommand() : base("list", "List the documents, in the order of their places.", "pai docs list --json") => Add(_json);

    public static async Task WriteAsync(Composition pai, bool json, CancellationToken cancellationToken = default)
    {
        var documents = await (await pai.DocumentsAsync(cancellationToken)).ListAsync(cancellationToken);
        if (json)
        {
            pai.Console.Output.WriteJson(documents.Select(DocumentJson.From));
        }
        else if (documents.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("There are no documents yet; 'pai docs add PATH' adds a file or a folder.");
        }
        else
        {
            pai.Console.Output.WriteTable([["DOCUMENT", "PASSAGES", "SIZE", "ADDED", "PATH"], .. documents.Select(document => Row(document, pai.Time))]);
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, System.CommandLine.ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }

    private static string[] Row(Document document, TimeProvider time) =>
    [
        document.Id.ShortForm,
        $"{document.Chunks}",
        Quantity.Bytes(document.Bytes),
        time.Describe(document.AddedAt),
        TerminalText.OneLine(document.Location),
    ];
}
