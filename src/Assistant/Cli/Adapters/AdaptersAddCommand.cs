using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>Copies an adapter into the adapters folder, and pins it.</summary>
internal sealed class AdaptersAddCommand : PaiCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A LoRA adapter in GGUF" };
    private readonly Option<string?> _name = new("--name") { Description = "The name it gets [default: the file's]", HelpName = "NAME" };
    private readonly JsonOption _json = new();

    public AdaptersAddCommand() : base("add", "Copy an adapter into the adapters folder, and pin its hash.",
        "pai adapters add ~/training/me.gguf",
        "pai adapters add ./lora-f16.gguf --name me")
    {
        Add(_file);
        Add(_name);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var file = arguments.GetRequiredValue(_file);
        var name = arguments.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file);
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var adapter = await pai.Models.Adapters.AddAsync(file, name, progress, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(AdapterJson.From(pai.Models.Adapters.Describe(adapter.File.Path)));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"'{TerminalText.Sanitize(adapter.Name)}' is here; --model MODEL+{TerminalText.Sanitize(adapter.Name)} answers with it.");
        }

        return ExitCode.Done;
    }
}
