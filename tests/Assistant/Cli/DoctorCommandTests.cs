using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly PaiSandbox _pai = PaiSandbox.WithStarter();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task Leaves_nothing_behind_where_there_is_nothing_yet()
    {
        var data = Path.Combine(_pai.Data, "absent");
        _pai.Environment["PAI_MODELS"] = Path.Combine(data, "models");

        var (result, checks) = await ExamineAsync("--data", data);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_pai.Data));
        Assert.Equal(("ok", $"'{Path.Combine(data, "pai.db")}' will be created at the first session."), checks["database"]);
        Assert.Equal(("ok", $"'tinyllama-1.1b-chat' (322.6 MB) will be installed in '{Path.Combine(data, "models")}' at its first use."), checks["model"]);
    }

    [Fact]
    public async Task Says_what_each_part_is()
    {
        await using (await _pai.OpenDatabaseAsync())
        {
        }

        var (result, checks) = await ExamineAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["configuration", "personas", "engine", "process", "model", "embedding", "sqlite", "encryption", "database", "disk", "memory", "tuning", "cpu"], checks.Keys);
        Assert.Matches(@"^llama\.cpp 0\.[45]\.0\S* fits this program, version and struct layouts compared; \S+ computes on .+ \(.+\)\.$", checks["engine"].Found);
        Assert.Equal(
            ("ok", $"'{TestModels.StarterPath}' (322.6 MB, llama IQ2_XXS): unchanged since its hash was pinned; llama.cpp reads its vocabulary and knows its chat template."),
            checks["model"]);
        Assert.Matches(@"^SQLite 3\.\d+\.\d+, .+; sqlite-vec 0\.1\.9\.$", checks["sqlite"].Found);
        Assert.Matches(@"^'.+pai\.db' \([\d.]+ kB\) opens and is whole; schema \d+\.$", checks["database"].Found);
    }

    [Fact]
    public async Task Json_has_a_status_a_cost_and_advice_for_each_check()
    {
        var (result, _) = await ExamineAsync();

        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.All(json.RootElement.GetProperty("checks").EnumerateArray(), check =>
        {
            Assert.Equal(["id", "status", "found", "cost", "advice"], check.EnumerateObject().Select(property => property.Name));
            Assert.Equal(["ms", "bytes"], check.GetProperty("cost").EnumerateObject().Select(property => property.Name));
        });
    }

    [Fact]
    public async Task Without_an_engine_pai_cannot_answer()
    {
        _pai.Environment["PAI_ENGINE"] = Path.Combine(_pai.Data, "nowhere");

        // In a process of its own: the engine is loaded once in a process.
        var result = await _pai.RunProcessAsync("doctor");

        Assert.Equal((4, ""), (result.ExitCode, result.Error));
        Assert.Contains("\nfailure  engine         No llama.cpp libraries for ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nok       database  ", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\npai cannot answer here until this is mended: engine, model.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_changed_is_a_failure()
    {
        var folder = Path.Combine(_pai.Data, "models");
        Directory.CreateDirectory(folder);
        var path = RandomModel.Write(Path.Combine(folder, "own.gguf"), new LlamaShape());
        (_pai.Environment["PAI_MODELS"], _pai.Environment["PAI_MODEL"]) = (folder, "own");
        await _pai.RunAsync("models", "pin", "own");
        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);

        var (result, checks) = await ExamineAsync();

        Assert.Equal(4, result.ExitCode);
        Assert.Equal("failure", checks["model"].Status);
        Assert.StartsWith("The model file \"own.gguf\" has the SHA-256 ", checks["model"].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_nowhere_is_a_failure_and_an_embedding_model_a_warning()
    {
        _pai.Environment["PAI_MODEL"] = "/nowhere/a.gguf";
        _pai.Environment["PAI_MODEL_EMBEDDING"] = "/nowhere/b.gguf";

        var (result, checks) = await ExamineAsync();

        Assert.Equal(4, result.ExitCode);
        Assert.Equal(("failure", "There is no model file \"/nowhere/a.gguf\": check the path."), checks["model"]);
        Assert.Equal(("warning", "There is no model file \"/nowhere/b.gguf\": check the path."), checks["embedding"]);
        Assert.Equal(("warning", "Not compared with the model, since that cannot be read."), checks["memory"]);
    }

    [Fact]
    public async Task A_models_folder_that_cannot_be_made_is_a_failure()
    {
        var file = _pai.Write("file", "");
        _pai.Environment["PAI_MODELS"] = Path.Combine(file, "models");

        var (result, checks) = await ExamineAsync();

        Assert.Equal(4, result.ExitCode);
        Assert.Equal(("failure", $"'tinyllama-1.1b-chat' cannot be installed, since '{file}' may not be written."), checks["model"]);
        Assert.Equal(("warning", $"'all-minilm-l6-v2' cannot be installed, since '{file}' may not be written."), checks["embedding"]);
    }

    [Fact]
    public async Task A_template_that_nobody_knows_is_a_warning()
    {
        _pai.Environment["PAI_MODEL_TEMPLATE"] = "esperanto";

        var (result, checks) = await ExamineAsync();

        Assert.Equal((0, "warning"), (result.ExitCode, checks["model"].Status));
        Assert.EndsWith("; llama.cpp reads its vocabulary; there is no chat template 'esperanto'.", checks["model"].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_a_storage_failure()
    {
        var file = _pai.Write("pai.db", "This is not a database, however long one looks at it. This is not a database.");

        var (result, checks) = await ExamineAsync();

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("failure", checks["database"].Status);
        Assert.StartsWith($"The database '{file}' is damaged or not a database (", checks["database"].Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_the_data_folder_should_be_is_a_storage_failure()
    {
        var file = _pai.Write("file", "");

        var (result, checks) = await ExamineAsync("--data", Path.Combine(file, "data"));

        Assert.Equal(7, result.ExitCode);
        Assert.Equal(("failure", $"'{Path.Combine(file, "data", "pai.db")}' cannot be created, since '{file}' is a file."), checks["database"]);
    }

    [Fact]
    public async Task A_broken_configuration_is_told_once()
    {
        _pai.Write("config.yaml", "model:\n  nam: x\n");

        var (result, checks) = await ExamineAsync();

        const string NotLookedAt = "Not looked at, since the configuration cannot be used.";
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(("failure", $"{_pai.Configuration}:2: 'model.nam' is not a setting; did you mean 'model.name'?"), checks["configuration"]);
        Assert.Equal([("warning", NotLookedAt), ("warning", NotLookedAt)], [checks["model"], checks["disk"]]);
        Assert.Equal("ok", checks["engine"].Status);
    }

    [Theory]
    [InlineData("other", 0, "warning")]
    [InlineData("default", 2, "failure")]
    public async Task A_broken_persona_is_a_failure_where_it_is_the_one_to_begin_with(string name, int exitCode, string status)
    {
        var file = _pai.Write($"personas/{name}.md", "Be good.");

        var (result, checks) = await ExamineAsync();

        Assert.Equal((exitCode, status), (result.ExitCode, checks["personas"].Status));
        Assert.EndsWith($"{file}:1: A persona starts with a line '---', then its description as YAML, then a line '---'.", checks["personas"].Found, StringComparison.Ordinal);
    }

    private async Task<(PaiResult Result, OrderedDictionary<string, (string Status, string Found)> Checks)> ExamineAsync(params string[] arguments)
    {
        var result = await _pai.RunAsync(["doctor", "--json", .. arguments]);
        using var json = JsonDocument.Parse(result.Output);
        var checks = new OrderedDictionary<string, (string, string)>();
        foreach (var check in json.RootElement.GetProperty("checks").EnumerateArray())
        {
            checks.Add(check.GetProperty("id").GetString()!, (check.GetProperty("status").GetString()!, check.GetProperty("found").GetString()!));
        }

        return (result, checks);
    }
}
