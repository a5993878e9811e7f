using System.Text.Json;
using System.Text.RegularExpressions;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed partial class ModelsInspectTests : ModelsTest
{
    public static TheoryData<string, byte[], string> HostileFiles { get; } = new()
    {
        { "empty", [], "The model file \"empty.gguf\" is empty: replace it with a whole copy." },
        {
            "truncated", File.ReadAllBytes(TestModels.StarterPath)[..2_000_000],
            "The model file \"truncated.gguf\" has a tensor \"output.weight\" that needs 45056000 bytes from offset 0 on, but the file has 2000000 in all: replace it with a whole copy."
        },
        {
            "corrupted", RawGguf.Header(tensors: 0, keys: 1).Text("general.name").U32(99).U64(0).ToArray(),
            "The model file \"corrupted.gguf\" gives \"general.name\" the unknown type 99: replace it with a whole copy."
        },
        {
            "endless", RawGguf.Header(tensors: 1UL << 63, keys: 0).ToArray(),
            "The model file \"endless.gguf\" claims 9223372036854775808 tensors, more than its 24 bytes can hold: replace it with a whole copy."
        },
    };

    [Theory]
    [MemberData(nameof(HostileFiles))]
    public async Task A_hostile_file_is_refused_with_one_sentence(string name, byte[] bytes, string sentence)
    {
        var path = WriteFile($"{name}.gguf", bytes);

        var inspected = await Pai.RunAsync("models", "inspect", path);
        var asked = await Pai.RunAsync("ask", "Hello", "--model", path);

        Assert.Equal(new PaiResult(4, "", $"pai: {sentence}\n"), inspected);
        Assert.Equal(new PaiResult(4, "", $"pai: {sentence}\n"), asked);
    }

    [Fact]
    public async Task A_known_model_whose_bytes_changed_is_refused_by_its_hash()
    {
        var path = WriteModel("own.gguf");
        var before = HashOf(path);
        await Pai.RunAsync("models", "pin", "own");
        FlipByte(path);

        var inspected = await Pai.RunAsync("models", "inspect", "own");
        var asked = await Pai.RunAsync("ask", "Hello", "--model", "own");

        var sentence = $"pai: The model file \"own.gguf\" has the SHA-256 {HashOf(path)} instead of {before}: "
            + "put the right file back (a bundled one comes again when it is deleted), or trust this one with 'pai models pin own'.\n";
        Assert.Equal(new PaiResult(4, "", sentence), inspected);
        Assert.Equal(new PaiResult(4, "", sentence), asked);
    }

    [Fact]
    public async Task The_starter_is_described()
    {
        using var pai = PaiSandbox.WithStarter();

        var result = await pai.RunAsync("models", "inspect", "tinyllama-1.1b-chat", "--context", "512");

        var text = result.Output.Replace(Path.GetDirectoryName(TestModels.StarterPath)!, "MODELS", StringComparison.Ordinal);
        GoldenFile.Matches("models-inspect.txt", Machine().Replace(text, "This machine has N GB of memory, N GB of it available: "));
    }

    [Fact]
    public async Task Json_has_the_same_and_tensors_on_request()
    {
        using var pai = PaiSandbox.WithStarter();

        var result = await pai.RunAsync("models", "inspect", "tinyllama-1.1b-chat", "--json", "--tensors");

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal(
            [
                "id", "path", "file_bytes", "sha256", "trust", "architecture", "name", "licence", "parameters", "quantisation", "bits_per_weight", "context_length",
                "embedding_length", "layers", "heads", "kv_heads", "tokenizer", "vocabulary_size", "chat_template", "tensor_count", "tensor_types", "tensors", "needs",
                "memory", "fits", "tuned",
            ],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(201, root.GetProperty("tensors").GetArrayLength());
        Assert.Equal("zephyr", root.GetProperty("chat_template").GetString());
        Assert.Equal(528_424_960, root.GetProperty("needs")[0].GetProperty("total_bytes").GetInt64());
    }

    [Fact]
    public async Task Names_that_a_file_gives_cannot_reach_the_terminal()
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "llama");
        writer.Add("general.name", "\e]0;owned\aNice\nfile \e[31mred");
        writer.AddTensor("a\e[2Jb", GgmlType.F32, [16], (_, output) => output.Write(new byte[64]));
        using (var output = File.Create(WriteFile("hostile.gguf", [])))
        {
            writer.WriteTo(output);
        }

        var result = await Pai.RunAsync("models", "inspect", "hostile", "--tensors");

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Contains("\nname            Nice file red\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nTENSOR  TYPE  SHAPE  SIZE\nab      F32   16     64 B\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(1024)]
    public async Task What_is_said_to_be_needed_is_what_the_engine_takes(uint context)
    {
        using var pai = PaiSandbox.WithStarter();
        var needs = ModelNeeds.Of(GgufFile.Read(TestModels.StarterPath), context);

        // Raw: the persona would not fit into the smaller one.
        var result = await pai.RunProcessAsync("ask", "Hello", "--raw", "--context", $"{context}", "--max-tokens", "1", "--verbose");

        Assert.Equal(needs.ComputeBytesWithoutFlashAttention / 1048576.0, Logged(result.Error, "compute buffer size"), tolerance: 0.1);
        Assert.Equal(needs.KvBytesF16 / 1048576.0, Logged(result.Error, "KV buffer size"), tolerance: 0.1);
        Assert.Equal(needs.WeightBytes / 1048576.0, Logged(result.Error, "model buffer size"), tolerance: 0.1);
    }

    // llama.cpp: "sched_reserve:        CPU compute buffer size =   153.01 MiB"
    private static double Logged(string log, string what) =>
        double.Parse(Regex.Match(log, what + @" = +([\d.]+) MiB").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("This machine has .* available: ")]
    private static partial Regex Machine();
}
