using System.CommandLine;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>A model that is here, by its name, its file, or its name in the catalogue; the configured one where none is given.</summary>
internal sealed class ModelArgument : Argument<string?>
{
    public ModelArgument() : base("MODEL")
    {
        Description = "A model's name, or the path of a .gguf file [default: the one that answers]";
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <summary>What was asked for.</summary>
    public string Reference(Composition pai, ParseResult arguments) => arguments.GetValue(this) ?? pai.StartConfiguration.Options.Model.Name;

    /// <summary>Its header, once its bytes were found to be those that were trusted.</summary>
    /// <exception cref="PersonalAi.Adapters.ModelException">There is no such model here, or it cannot be used.</exception>
    public async Task<GgufFile> ReadAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var reference = Reference(pai, arguments);
        var path = PulledModel.Find(pai.Catalogue, pai.Models, reference) ?? await pai.Models.FindAsync(reference, progress, cancellationToken);
        return (await pai.Models.CheckAsync(path, progress, cancellationToken)).File;
    }
}
