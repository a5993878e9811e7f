using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Lists the documents; adds, shows, searches, brings up to date and removes them.</summary>
internal sealed class DocsCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public DocsCommand() : base("docs", "List the documents that answers can cite; add, search, show or remove some.",
        "pai docs add ~/notes                         # a folder, which 'pai docs sync' looks at again",
        "pai docs search \"how is the key derived\"",
        "pai docs sync                                # reads what has changed since")
    {
        Add(_json);
        Add(new DocsAddCommand());
        Add(new DocsListCommand());
        Add(new DocsShowCommand());
        Add(new DocsSearchCommand());
        Add(new DocsSyncCommand());
        Add(new DocsLabelCommand());
        Add(new DocsRemoveCommand());
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await DocsListCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }
}
