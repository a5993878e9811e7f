using System.CommandLine;
using System.Globalization;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>Shows what an adapter file says about itself.</summary>
internal sealed class AdaptersInspectCommand : PaiCommand
{
    private const string NotSaid = "the file does not say";

    private readonly Argument<string> _name = new("NAME") { Description = "An adapter's name, or a .gguf file" };
    private readonly JsonOption _json = new();

    public AdaptersInspectCommand() : base("inspect", "Show what an adapter file says about itself.",
        "pai adapters inspect me",
        "pai adapters inspect ./lora-f16.gguf --json")
    {
        Add(_name);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var adapters = pai.Models.Adapters;
        var path = ModelFiles.Find(adapters, arguments.GetRequiredValue(_name));
        var file = AdapterFile.Read(path);
        if (adapters.Describe(path).Trust == ModelTrust.Touched)
        {
            // A known adapter that changed is refused by its hash, as it is when it is asked to act.
            await adapters.CheckAsync(path, cancellationToken: cancellationToken);
        }

        var entry = adapters.Describe(path);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(AdapterJson.From(entry));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(new Ink(pai.ColourOnOutput).Bold(Safe(Path.GetFileName(path))));
            pai.Console.Output.WriteTable(Rows(entry, file));
        }

        return ExitCode.Done;
    }

    private static string[][] Rows(AdapterEntry entry, AdapterFile file) =>
    [
        ["file", $"{Safe(file.Path)} ({Quantity.Bytes(file.Length)})"],
        ["sha256", entry.Sha256 is { } sha256 ? $"{sha256} (pinned)" : "not pinned yet: its first use pins it"],
        ["name", Safe(file.Name ?? NotSaid)],
        ["architecture", Safe(file.Architecture)],
        ["base model", Safe(file.BaseName ?? NotSaid)],
        ["base model's sha256", file.BaseSha256 ?? NotSaid],
        ["alpha", file.Alpha == 0 ? "the rank" : file.Alpha.ToString(CultureInfo.InvariantCulture)],
        ["rank", string.Join(", ", AdapterJson.RanksOf(entry))],
        ["changes", $"{file.Pairs.Length} matrices: {Safe(string.Join(", ", Kinds(file)))}"],
        .. file.IgnoredTensors > 0 ? [["ignored", $"{file.IgnoredTensors} norms, which llama.cpp does not apply"]] : Array.Empty<string[]>(),
    ];

    // blk.12.attn_q.weight and its like in other layers are one kind.
    private static IEnumerable<string> Kinds(AdapterFile file) =>
        file.Pairs.Select(pair => string.Join('.', pair.Target.Split('.').Where(part => part != "blk" && part != "weight" && !part.All(char.IsAsciiDigit)))).Distinct();

    private static string Safe(string text) => TerminalText.Sanitize(text).Replace('\n', ' ');
}
