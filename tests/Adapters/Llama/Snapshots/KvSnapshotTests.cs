using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Snapshots;

public sealed class KvSnapshotTests : IDisposable
{
    private const string Beginning =
        "Once upon a time there was a wise old owl who lived in a tall tree near the big river, and every night he sat on a branch and told stories.";

    private readonly ScratchFolder _folder = new();
    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    private byte[]? _key;

    private KvSnapshotFolder Snapshots => new(Path.Combine(_folder.Path, "kv"));

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_conversation_goes_on_in_another_process_without_evaluating_it_again()
    {
        var first = await OnceAsync(Options, "owl", Beginning);

        var again = await OnceAsync(Options, "owl", $"{Beginning}{first.Text} The end.");
        var cold = await OnceAsync(Options with { ModelSha256 = null }, "owl", $"{Beginning}{first.Text} The end.");

        Assert.Equal((0, cold.Text), (cold.Result.CachedTokens, again.Text));
        Assert.InRange(again.Result.CachedTokens, first.Result.PromptTokens + first.Result.CompletionTokens - 2, again.Result.PromptTokens - 1);
    }

    [Fact]
    public async Task A_snapshot_is_for_the_user_alone()
    {
        await OnceAsync(Options, "owl", Beginning);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Snapshots.FileOf("owl")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(["owl.kv"], Directory.GetFiles(Path.Combine(_folder.Path, "kv")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("flash attention")]
    public async Task A_snapshot_of_other_conditions_is_not_used(string what)
    {
        await OnceAsync(Options, "owl", Beginning);

        var again = await OnceAsync(what == "model" ? Options with { ModelSha256 = "other" } : Options with { FlashAttention = false }, "owl", Beginning);

        Assert.Equal(0, again.Result.CachedTokens);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(17)]
    [InlineData(30)]
    [InlineData(200)]
    [InlineData(5000)]
    [InlineData(-1)]
    public async Task A_snapshot_with_a_changed_byte_is_not_used(int at)
    {
        var first = await OnceAsync(Options, "owl", Beginning);
        var path = Snapshots.FileOf("owl");
        var bytes = await File.ReadAllBytesAsync(path, Test);
        bytes[at < 0 ? ^1 : at] ^= 0x55;
        await File.WriteAllBytesAsync(path, bytes, Test);

        var again = await OnceAsync(Options, "owl", Beginning);

        Assert.Equal((0, first.Text), (again.Result.CachedTokens, again.Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_snapshot_that_was_cut_off_is_not_used(int length)
    {
        var first = await OnceAsync(Options, "owl", Beginning);
        var path = Snapshots.FileOf("owl");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Test))[..length], Test);

        var again = await OnceAsync(Options, "owl", Beginning);

        Assert.Equal((0, first.Text), (again.Result.CachedTokens, again.Text));
    }

    [Fact]
    public async Task Where_no_snapshot_can_be_written_the_answer_comes_all_the_same()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "kv"), "in the way", Test);

        var answer = await OnceAsync(Options, "owl", Beginning);

        Assert.Equal(12, answer.Result.CompletionTokens);
        Assert.Equal("in the way", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "kv"), Test));
    }

    [Fact]
    public async Task A_conversation_that_gave_way_to_others_comes_back_from_the_disk()
    {
        await using var engine = await LlamaEngine.CreateAsync(_model, Options with { Sequences = 2 }, Test);
        await RunAsync(engine, "owl", Beginning);
        await RunAsync(engine, "cat", "The cat sat on the mat and looked at the dog.");
        await RunAsync(engine, "dog", "The dog sat on the floor and looked at the cat.");

        var back = await RunAsync(engine, "owl", Beginning);

        Assert.Equal(back.Result.PromptTokens - 1, back.Result.CachedTokens);
    }

    [Fact]
    public async Task A_snapshot_that_finds_no_room_is_evaluated_instead()
    {
        var first = await OnceAsync(Options, "owl", Beginning);
        await using var engine = await LlamaEngine.CreateAsync(_model, Options with { ContextLength = 64, CacheTokens = 64 }, Test);
        await RunAsync(engine, "owl", "Once upon a time there was");
        await using var busy = engine.GenerateAsync(Request("cat", Beginning) with { MaxTokens = 15 }, Test).GetAsyncEnumerator(Test);
        await busy.MoveNextAsync();

        var again = await RunAsync(engine, "owl", Beginning);

        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task An_idle_engine_writes_what_it_has()
    {
        await using var engine = await LlamaEngine.CreateAsync(_model, Options, Test);
        await RunAsync(engine, "owl", Beginning);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Test);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!File.Exists(Snapshots.FileOf("owl")))
        {
            await Task.Delay(50, limit.Token);
        }

        Assert.InRange(new FileInfo(Snapshots.FileOf("owl")).Length, 40 * 2 * 6 * 288 * 2, 10_000_000);
    }

    [Fact]
    public async Task Under_a_key_a_conversation_goes_on_and_its_file_cannot_be_read()
    {
        _key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        var first = await OnceAsync(Options, "owl", Beginning);
        var file = await File.ReadAllBytesAsync(Snapshots.FileOf("owl"), Test);

        var again = await OnceAsync(Options, "owl", $"{Beginning}{first.Text} The end.");

        var tokens = MemoryMarshal.AsBytes([.. _model.Vocabulary.Tokenize(Beginning)[..4]]).ToArray();
        Assert.InRange(again.Result.CachedTokens, first.Result.PromptTokens + first.Result.CompletionTokens - 2, again.Result.PromptTokens - 1);
        Assert.True(file.AsSpan().StartsWith("PAI-ENC1"u8));
        Assert.True(file.AsSpan().IndexOf(tokens) < 0, "The tokens can be read.");
        _key = null;
        await OnceAsync(Options, "owl", Beginning);
        Assert.True((await File.ReadAllBytesAsync(Snapshots.FileOf("owl"), Test)).AsSpan().IndexOf(tokens) > 0, "The tokens were looked for in the wrong form.");
    }

    [Theory]
    [InlineData("no key")]
    [InlineData("another key")]
    [InlineData("a changed byte")]
    [InlineData("a missing end")]
    [InlineData("not encrypted")]
    public async Task A_snapshot_that_cannot_be_decrypted_is_evaluated_instead(string what)
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
        _key = what == "not encrypted" ? null : key;
        var first = await OnceAsync(Options, "owl", Beginning);
        var path = Snapshots.FileOf("owl");
        var bytes = await File.ReadAllBytesAsync(path, Test);
        bytes[^100_000] ^= what == "a changed byte" ? (byte)1 : (byte)0;
        await File.WriteAllBytesAsync(path, what == "a missing end" ? bytes[..^100_000] : bytes, Test);
        _key = what switch { "no key" => null, "another key" => [.. key.Reverse()], _ => key };

        var again = await OnceAsync(Options, "owl", Beginning);

        Assert.Equal((0, first.Text), (again.Result.CachedTokens, again.Text));
    }

    [Fact]
    public async Task What_belongs_into_a_folder_is_forgotten_with_it()
    {
        await using (var engine = await LlamaEngine.CreateAsync(_model, Options, Test))
        {
            await RunAsync(engine, "owl", Beginning);
            await engine.ForgetSnapshotsAsync(Path.Combine(_folder.Path, "other"));
            Assert.NotEqual(0, (await RunAsync(engine, "owl", Beginning)).Result.CachedTokens);
            await engine.ForgetSnapshotsAsync(Path.Combine(_folder.Path, "kv"));
            Assert.Equal(0, (await RunAsync(engine, "cat", Beginning)).Result.CachedTokens);
        }

        Assert.False(File.Exists(Snapshots.FileOf("owl")));
    }

    [Fact]
    public async Task What_is_forgotten_is_not_written()
    {
        await using (var engine = await LlamaEngine.CreateAsync(_model, Options, Test))
        {
            await RunAsync(engine, "owl", Beginning);
            await engine.ForgetAsync("owl");
            var again = await RunAsync(engine, "cat", Beginning);
            Assert.Equal(0, again.Result.CachedTokens);
        }

        Assert.False(File.Exists(Snapshots.FileOf("owl")));
    }

    [Fact]
    public async Task Pruning_deletes_what_was_used_least_recently()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await OnceAsync(Options, name, Beginning);
        }

        var each = new FileInfo(Snapshots.FileOf("a")).Length;
        await OnceAsync(Options, "a", Beginning);
        await File.WriteAllTextAsync(Snapshots.FileOf("d") + ".part", "half", Test);

        var pruned = Snapshots.Prune((2 * each) + 1);

        Assert.Equal(new PrunedSnapshots(1, each, 2 * each), pruned);
        Assert.Equal(["a.kv", "c.kv"], Directory.GetFiles(Path.Combine(_folder.Path, "kv")).Select(Path.GetFileName).Order());
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private static LlamaContextOptions Options => new() { ContextLength = 256, Threads = 1, FlashAttention = true, ModelSha256 = "stories" };

    private async Task<(string Text, GenerationResult Result)> OnceAsync(LlamaContextOptions options, string conversation, string text)
    {
        await using var engine = await LlamaEngine.CreateAsync(_model, options, Test);
        return await RunAsync(engine, conversation, text);
    }

    private Task<(string Text, GenerationResult Result)> RunAsync(LlamaEngine engine, string conversation, string prompt) =>
        engine.AnswerAsync(Request(conversation, prompt), Test);

    private GenerationRequest Request(string conversation, string prompt) => new([1, .. _model.Vocabulary.Tokenize(prompt)])
    {
        MaxTokens = 12,
        Sampling = new SamplingOptions { Temperature = 0, RepeatPenalty = 1 },
        IgnoresEnd = true,
        Conversation = conversation,
        Snapshot = new KvSnapshotPlace(Snapshots.FileOf(conversation), long.MaxValue) { Key = _key },
    };
}
