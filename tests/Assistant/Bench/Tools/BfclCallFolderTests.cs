using PersonalAi.Assistant;
using PersonalAi.Assistant.Bench.Tools;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Tools;

public sealed class BfclCallFolderTests : IDisposable
{
    private const string Question = """{"id":"simple_python_0","question":[[{"role":"user","content":"How far?"}]],"function":[{"name":"far","description":"Far.","parameters":{"type":"dict","properties":{"a":{"type":"float","default":1.0},"b":{"type":"tuple","items":{"type":"any"}}},"required":["a"]}}]}""";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reads_questions_with_their_answers_and_maps_the_types()
    {
        Write("BFCL_v4_simple_python.json", Question);
        Write("possible_answer/BFCL_v4_simple_python.json", """{"id":"simple_python_0","ground_truth":[{"far":{"a":[1.5]}}]}""");

        var question = Assert.Single(await ReadAsync());

        Assert.Equal(("simple_python_0", "simple_python", "How far?"), (question.Id, question.Category, question.Messages[0].Text));
        Assert.Equal("far", Assert.Single(question.Expected).Name);
        Assert.Equal("""{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"array","items":{}}},"required":["a"]}""", question.Functions[0].Declare().JsonSchema.GetRawText());
    }

    [Fact]
    public async Task Takes_so_many_of_each_category()
    {
        Write("BFCL_v4_irrelevance.json", string.Join('\n', Enumerable.Repeat(Question, 5)));

        Assert.Equal(["irrelevance", "irrelevance"], (await BfclCallFolder.ReadAsync(_folder.Path, 2, TestContext.Current.CancellationToken)).Select(question => question.Category));
    }

    [Fact]
    public async Task Says_what_is_missing()
    {
        var empty = await Assert.ThrowsAsync<UsageException>(ReadAsync);
        Write("BFCL_v4_simple_python.json", Question);
        var unanswered = await Assert.ThrowsAsync<UsageException>(ReadAsync);

        Assert.Equal($"'{_folder.Path}' holds no questions; give the folder with 'BFCL_v4_simple_python.json' and its like with --data.", empty.Message);
        Assert.Equal($"The file '{Path.Combine(_folder.Path, "possible_answer", "BFCL_v4_simple_python.json")}' is missing; give the folder of the leaderboard's data with --data.", unanswered.Message);
    }

    private Task<IReadOnlyList<ToolQuestion>> ReadAsync() => BfclCallFolder.ReadAsync(_folder.Path, cancellationToken: TestContext.Current.CancellationToken);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
