using System.CommandLine;
using PersonalAi.Adapters.Llama.Templates;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Lists the chat templates that can be chosen by hand.</summary>
internal sealed class ModelsTemplatesCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public ModelsTemplatesCommand() : base("templates", "List the names that --template and the setting model.template take.",
        "pai models templates",
        "pai ask --template chatml --model ~/models/other.gguf \"Hello\"") => Add(_json);

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var names = ChatTemplates.Names(pai.Library);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(names.Select(name => new { Id = name }));
        }
        else
        {
            names.ToList().ForEach(pai.Console.Output.WriteLine);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
