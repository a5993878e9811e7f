using System.CommandLine;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>Deletes an adapter of the adapters folder.</summary>
internal sealed class AdaptersRemoveCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "An adapter of the adapters folder" };
    private readonly YesOption _yes = new();

    public AdaptersRemoveCommand() : base("rm", "Delete an adapter of the adapters folder, after asking.",
        "pai adapters rm me",
        "pai adapters rm me --yes")
    {
        Add(_name);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var adapters = pai.Models.Adapters;
        var path = ModelFiles.Find(adapters, arguments.GetRequiredValue(_name));
        if (Path.GetDirectoryName(path) != adapters.Folder)
        {
            throw new UsageException($"'{path}' is not in the adapters folder '{adapters.Folder}', so pai does not delete it: delete it yourself.");
        }

        var adapter = adapters.Describe(path);
        var name = TerminalText.Sanitize(adapter.Id);
        await _yes.RequireAsync(pai, arguments, $"delete the adapter '{name}' ({Quantity.Bytes(adapter.Bytes)}), which nothing in pai can bring back", cancellationToken);
        await pai.Models.DeleteAsync(path, cancellationToken);
        await pai.Console.Output.WriteLineAsync($"The adapter '{name}' is deleted.");
        return ExitCode.Done;
    }
}
