using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Tools;

/// <summary>The tools: one line for each thing that can be done with them.</summary>
internal sealed class ToolsCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ToolsCommand() : base("tools", "List the tools; call one, say who decides, see what was called.",
        "pai tools                                               # the tools, and what the rules say of each",
        "pai tools call calculate expression='2^10'",
        "pai tools rules add \"allow read_file path=~/notes/**\"",
        "pai config set tools.roots ~/notes                      # a folder in which tools may read and write",
        "pai tools audit                                         # what was called, and why it was allowed")
    {
        Add(_json);
        Add(new ToolsListCommand());
        Add(new ToolsShowCommand());
        Add(new ToolsCallCommand());
        Add(new ToolsRulesCommand());
        Add(new ToolsAuditCommand());
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await ToolsListCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
        return ExitCode.Done;
    }
}
