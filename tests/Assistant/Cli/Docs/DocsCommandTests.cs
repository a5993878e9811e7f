using System.Text.Json;
using PersonalAi.Memory.Documents;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Docs;

public sealed class DocsCommandTests : IDisposable
{
    private const string NoVectors = "The documents are found by their words alone, since the embedding model cannot be used: ";

    private readonly PaiSandbox _pai = new();

    public DocsCommandTests()
    {
        // What is tested here needs no vectors.
        _pai.Environment["PAI_MODEL_EMBEDDING"] = "absent";
        _pai.Environment["PAI_MODELS"] = TestModels.Folder;
    }

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task A_folder_is_added_searched_shown_synced_and_removed()
    {
        var file = _pai.Write("notes/guide.md", "# Eggs\n\nBoil them for six minutes.\n");
        var folder = Path.GetDirectoryName(file)!;
        var picture = _pai.Write("notes/egg.png", "?");

        var added = await _pai.RunAsync("docs", "add", folder);
        var list = await _pai.RunAsync("docs", "list", "--json");
        var found = await _pai.RunAsync("docs", "search", "how", "long", "to", "boil");
        var shown = await _pai.RunAsync("docs", "show", file);
        File.Delete(picture);
        var synced = await _pai.RunAsync("docs", "sync");
        var removed = await _pai.RunAsync("docs", "rm", folder);
        var empty = await _pai.RunAsync("docs");

        Assert.Equal((0, $"1 added, 0 changed, 0 renamed, 0 removed, 0 unchanged: 1 passages stored.\nskipped: Could not read '{picture}': it is binary, not text.\n"), (added.ExitCode, added.Output));
        Assert.StartsWith(NoVectors, added.Error, StringComparison.Ordinal);
        Assert.Equal((file, 1), (Only(list).GetProperty("path").GetString(), Only(list).GetProperty("passages").GetInt32()));
        Assert.Matches(@"^\[1\] guide\.md:1-3  \d\.\d\d  Eggs\n    # Eggs Boil them for six minutes\.\n$", found.Output);
        Assert.Contains("\n\nguide.md:1-3 Eggs\n# Eggs\n\nBoil them for six minutes.\n", shown.Output, StringComparison.Ordinal);
        Assert.Equal((0, "0 added, 0 changed, 0 renamed, 0 removed, 1 unchanged: 0 passages stored.\n"), (synced.ExitCode, synced.Output));
        Assert.Equal(new PaiResult(0, $"Removed '{file}' with 1 passages and 0 vectors.\nThe folder '{folder}' is no longer watched.\n", ""), removed);
        Assert.Equal(new PaiResult(0, "", "There are no documents yet; 'pai docs add PATH' adds a file or a folder.\n"), empty);
    }

    [Fact]
    public async Task What_was_added_and_skipped_is_json_where_that_is_asked_for()
    {
        var file = _pai.Write("notes/a.txt", "Words.");
        var picture = _pai.Write("notes/b.png", "?");

        var result = await _pai.RunAsync("docs", "add", Path.GetDirectoryName(file)!, "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((file, 1, 0), (json.GetProperty("added")[0].GetString(), json.GetProperty("passages").GetInt32(), json.GetProperty("vectors").GetInt32()));
        Assert.Equal((picture, $"Could not read '{picture}': it is binary, not text."), (json.GetProperty("skipped")[0].GetProperty("path").GetString(), json.GetProperty("skipped")[0].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_file_that_was_named_must_be_there_and_readable()
    {
        var picture = _pai.Write("egg.png", "?");
        var absent = Path.Combine(_pai.Data, "absent.md");

        Assert.Equal(new PaiResult(2, "", $"pai: Could not read '{picture}': it is binary, not text.\n"), await _pai.RunAsync("docs", "add", picture));
        Assert.Equal(new PaiResult(2, "", $"pai: Could not read '{absent}': there is no such file.\n"), await _pai.RunAsync("docs", "add", absent));
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        var shortcut = _pai.Write("page.url", "[InternetShortcut]\nURL=https://example.org/\n");

        var byFile = await _pai.RunAsync("docs", "add", shortcut);
        var byAddress = await _pai.RunAsync("docs", "add", "https://example.org/");

        Assert.Equal(
            new PaiResult(3, "", $"pai: '{shortcut}' holds nothing but the address 'https://example.org/', and fetching it would need your consent, which this version cannot ask for: nothing was fetched; save the page and add its file.\n"),
            byFile);
        Assert.Equal(
            new PaiResult(3, "", "pai: Fetching 'https://example.org/' would need your consent, which this version cannot ask for: nothing was fetched; save the page and add its file.\n"),
            byAddress);
    }

    [Fact]
    public async Task Standard_input_needs_a_name_and_its_removal_a_yes()
    {
        _pai.Input = "Six minutes.";

        var nameless = await _pai.RunAsync("docs", "add", "-");
        var named = await _pai.RunAsync("docs", "add", "-", "--name", "eggs.txt");
        var asked = await _pai.RunAsync("docs", "rm", "input:/eggs.txt");
        var removed = await _pai.RunAsync("docs", "rm", "input:/eggs.txt", "--yes", "--json");

        Assert.Equal(new PaiResult(2, "", "pai: A text on standard input has no name; give it one with '--name notes.md'.\n"), nameless);
        Assert.Equal(0, named.ExitCode);
        Assert.Equal(
            new PaiResult(3, "", "pai: Nobody can be asked here whether to remove 1 document of which there is no file, so that nothing can bring back 'input:/eggs.txt'; give --yes to allow it.\n"),
            asked);
        Assert.Equal(("input:/eggs.txt", 1), (Only(removed).GetProperty("path").GetString(), Only(removed).GetProperty("passages").GetInt32()));
    }

    [Fact]
    public async Task What_the_model_is_given_of_documents_is_listed_under_the_answer_by_its_place()
    {
        using var pai = PaiSandbox.WithStarter();
        pai.Environment["PAI_MODEL_EMBEDDING"] = "absent";
        await using (var database = await pai.OpenDatabaseAsync())
        {
            await new DocumentStore(database, TimeProvider.System).PutAsync(
                new NewDocument("/home/ann/guide.md", "Guide", "text/markdown", "0", 1),
                [new DocumentChunk("The gate code of the\e[31m summer\nhouse is 4711.") { FirstLine = 12, LastLine = 14 }],
                TestContext.Current.CancellationToken);
        }

        var result = await pai.RunAsync("ask", "What is the gate code of the summer house?", "--max-tokens", "4", "--temperature", "0");
        var turn = Assert.Single(await pai.PathAsync());

        Assert.EndsWith("[m1] guide.md:12-14\n", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"^What stands in my documents:\n- \(m1, \d{4}-\d\d-\d\d, guide\.md:12-14\) The gate code of the summer house is 4711\.\n\n$", turn.Memories);
    }

    private static JsonElement Only(PaiResult result) => Assert.Single(JsonDocument.Parse(result.Output).RootElement.EnumerateArray());
}
