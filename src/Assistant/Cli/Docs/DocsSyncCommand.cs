using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Brings the documents to what their files are now.</summary>
internal sealed class DocsSyncCommand : PaiCommand
{
    private readonly Option<bool> _verify = new("--verify") { Description = "Compare the content of every file, not only size and time" };
    private readonly JsonOption _json = new();

    public DocsSyncCommand() : base("sync", "Look at all added files and folders again: read what changed, remove what is gone.",
        "pai docs sync",
        "pai docs sync --verify --json")
    {
        Add(_verify);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var verify = arguments.GetValue(_verify);
        var work = new DocumentWork(pai, arguments.GetValue(_json));
        await work.RunAsync((ingestion, progress, stop) => ingestion.SyncAsync(verify, progress, stop), cancellationToken);
        return ExitCode.Done;
    }
}
