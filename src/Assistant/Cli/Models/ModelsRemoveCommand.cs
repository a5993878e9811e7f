using System.CommandLine;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Deletes a model of the models folder, after it said how to get it again.</summary>
internal sealed class ModelsRemoveCommand : PaiCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "A model of the models folder" };
    private readonly YesOption _yes = new();

    public ModelsRemoveCommand() : base("rm", "Delete a model of the models folder, after asking.",
        "pai models rm llama-2-13b-chat:Q5_K_M",
        "pai models rm my-model --yes")
    {
        Add(_name);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var reference = arguments.GetRequiredValue(_name);
        var path = PulledModel.Find(pai.Catalogue, pai.Models, reference) ?? pai.Models.Resolve(reference);
        if (Path.GetDirectoryName(path) != pai.Models.Folder)
        {
            throw new UsageException($"'{path}' is not in the models folder '{pai.Models.Folder}', so pai does not delete it: delete it yourself.");
        }

        var model = pai.Models.Describe(path);
        var name = TerminalText.Sanitize(model.Id);
        await pai.Console.Error.WriteLineAsync(HowToGetItAgain(pai, model));
        await _yes.RequireAsync(pai, arguments, $"delete '{name}' ({Quantity.Bytes(model.Bytes)})", cancellationToken);
        await pai.Models.DeleteAsync(path, cancellationToken);
        await pai.Console.Output.WriteLineAsync($"'{name}' is deleted; {Quantity.Bytes(model.Bytes)} are free again.");
        return ExitCode.Done;
    }

    private static string HowToGetItAgain(Composition pai, ModelEntry model)
    {
        var fileName = Path.GetFileName(model.Path);
        return model switch
        {
            { IsBundled: true } => "It comes again at its next use, from what setup brought along.",
            _ when PulledModel.ReferenceOf(pai.Catalogue, fileName) is { } reference => $"'pai models pull {reference}' fetches it again.",
            _ => "The catalogue does not know it: nothing in pai can bring it back.",
        };
    }
}
