using System.CommandLine;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Writes a model anew with fewer bits, through llama.cpp's own function.</summary>
internal sealed class ModelsQuantizeCommand : PaiCommand
{
    private readonly Argument<string> _input = new("IN") { Description = "A model as published, F32, F16 or BF16: its name or file" };
    private readonly Argument<string> _output = new("OUT") { Description = "The new .gguf file, or a name without that ending for one in the models folder" };
    private readonly Option<string> _type = new("--type") { Description = "What its numbers become, for example Q4_K_M or Q8_0", HelpName = "TYPE", Required = true };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads that compute [default: one on each processor]", HelpName = "N" };

    public ModelsQuantizeCommand() : base("quantize", "Write a model anew with fewer bits per weight; it cannot be stopped halfway.",
        "pai models quantize my-model.F16 my-model.Q4_K_M --type Q4_K_M",
        "pai models quantize ./my-model.F16.gguf ./my-model.Q8_0.gguf --type Q8_0 --threads 4")
    {
        Add(_input);
        Add(_output);
        Add(_type);
        Add(_threads);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var type = TypeOf(arguments.GetRequiredValue(_type));
        var threads = arguments.GetValue(_threads);
        if (threads < 1)
        {
            throw new UsageException($"'{threads}' is not allowed for '--threads', which takes a whole number from 1 on.");
        }

        var output = PathOf(pai, arguments.GetRequiredValue(_output));
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var path = await pai.Models.FindAsync(arguments.GetRequiredValue(_input), progress, cancellationToken);
        var input = (await pai.Models.CheckAsync(path, progress, cancellationToken)).File;
        await using (cancellationToken.Register(() => SayThatItGoesOn(pai, progress)))
        {
            await new LlamaQuantizer(pai.Library).RunAsync(input, output, type, threads, progress);
        }

        var written = await pai.Models.CheckAsync(output, progress, CancellationToken.None);
        progress.Pause();
        await pai.Console.Output.WriteLineAsync(
            $"'{output}' is written: {Quantity.Bytes(written.File.Length)} instead of {Quantity.Bytes(input.Length)}, with the SHA-256 {written.Pin.Sha256}.");
        return ExitCode.Done;
    }

    private static string TypeOf(string text) =>
        LlamaQuantizer.Types.FirstOrDefault(type => string.Equals(type, text, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"'{text}' is not allowed for '--type'; {DidYouMean.Ending(text, LlamaQuantizer.Types)}");

    private static string PathOf(Composition pai, string output) =>
        output.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? Path.GetFullPath(output)
        : Path.GetFileName(output) == output ? Path.Combine(pai.Models.Folder, output + ".gguf")
        : throw new UsageException($"'{output}' is neither a .gguf file nor a bare name for one in the models folder.");

    // A second Ctrl+C is left to the operating system, which ends the process at once.
    private static void SayThatItGoesOn(Composition pai, ModelProgressDisplay progress)
    {
        progress.Pause();
        pai.Console.Error.WriteLine("llama.cpp cannot be stopped in the middle of this, so it goes on; press Ctrl+C again to end pai at once and leave an unfinished file.");
    }
}
