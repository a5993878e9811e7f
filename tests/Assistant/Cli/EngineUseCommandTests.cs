using System.Text.Json;
using PersonalAi.Adapters.Engines;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Tests.Adapters.Engines;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class EngineUseCommandTests : IDisposable
{
    private readonly PaiSandbox _pai = PaiSandbox.WithStarter();

    public EngineUseCommandTests() => _pai.Environment["PAI_MODELS"] = Path.Combine(_pai.Data, "models");

    private static EngineBuild Bundled => EngineBuilds.Here[0];

    /// <summary>An engine that has to be installed; null where this platform has none.</summary>
    private static EngineBuild? Other => EngineBuilds.Here.LastOrDefault(build => !build.Bundled);

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task The_list_has_every_engine_of_the_platform_and_the_devices_of_the_one_in_use()
    {
        var result = await _pai.RunAsync("engine", "list", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var engines = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(EngineBuilds.Here.Select(build => build.Backend.ToString().ToLowerInvariant()), engines.Select(engine => engine.GetProperty("id").GetString()));
        Assert.Equal((true, true, true), (engines[0].GetProperty("bundled").GetBoolean(), engines[0].GetProperty("installed").GetBoolean(), engines[0].GetProperty("used").GetBoolean()));
        Assert.Contains(engines[0].GetProperty("devices").EnumerateArray(), device => device.GetProperty("kind").GetString() == "processor");
        Assert.All(engines.Skip(1), engine => Assert.Equal((false, JsonValueKind.Null), (engine.GetProperty("installed").GetBoolean(), engine.GetProperty("devices").ValueKind)));
    }

    [Fact]
    public async Task The_engine_that_came_with_pai_is_only_written_down()
    {
        var name = Bundled.Backend.ToString().ToLowerInvariant();

        var result = await _pai.RunAsync("engine", "use", name);

        Assert.Equal((0, $"engine.backend = {name} ({_pai.Configuration})\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Host_package_and_size_are_named_and_nothing_is_fetched_without_a_yes()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        await using var server = new ModelServer(_ => throw new InvalidOperationException("Nobody may ask."));
        _pai.Environment["PAI_ENGINE_REGISTRY"] = server.Address.ToString();

        var result = await _pai.RunAsync("engine", "use", NameOf(Other!));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"package  {Other!.Packages[0].Name} {Other.Version}\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"\nfrom     {server.Authority}\n", result.Error, StringComparison.Ordinal);
        Assert.Matches($"pai: Nobody can be asked here whether to fetch [0-9.]+ MB from '{server.Authority}' and install the engine '{NameOf(Other)}'; give --yes to allow it\\.\n$", result.Error);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_registry_that_serves_something_else_is_refused_and_nothing_changes()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        await using var server = new ModelServer(request => ServedAnswer.File(request, PackedEngine.Whole().Bytes));
        _pai.Environment["PAI_ENGINE_REGISTRY"] = server.Address.ToString();

        var result = await _pai.RunAsync("engine", "use", NameOf(Other!), "--yes");

        Assert.Equal(8, result.ExitCode);
        Assert.Contains($"pai: \"{server.Authority}\" announces ", result.Error, StringComparison.Ordinal);
        var package = Other!.Packages[0].Name;
        Assert.Equal($"/{package}/-/{package.Split('/')[1]}-{Other.Version}.tgz", Assert.Single(server.Requests).Path);
        Assert.False(File.Exists(_pai.Configuration));
    }

    [Fact]
    public async Task An_archive_with_another_hash_is_refused()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        var file = Path.Combine(_pai.Data, $"{Other!.Packages[0].Name.Split('/')[1]}-{Other.Version}.tgz");
        await File.WriteAllBytesAsync(file, PackedEngine.Whole().Bytes, TestContext.Current.CancellationToken);

        var result = await _pai.RunAsync("engine", "use", NameOf(Other), "--yes", "--from", file);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Matches($"pai: The package \"{Other.Packages[0].Name}\" has the hash sha512-[^ ]+ instead of sha512-[^ ]+: it was not installed, choose another source with --from\\.\n$", result.Error);
    }

    [Fact]
    public async Task A_registry_that_is_not_encrypted_is_refused()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        _pai.Environment["PAI_ENGINE_REGISTRY"] = "http://example.org";

        var result = await _pai.RunAsync("engine", "use", NameOf(Other!), "--yes");

        Assert.Equal((2, "pai: 'http://example.org' is not allowed for 'engine.registry', which takes an address that begins with https://.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task An_engine_that_nobody_knows_is_a_usage_error()
    {
        var result = await _pai.RunAsync("engine", "use", "rocm");

        Assert.Equal((2, "pai: 'rocm' is not an engine; there are cpu, cuda, vulkan, metal.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task An_engine_that_was_chosen_and_is_not_there_gives_way_to_the_bundled_one()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        _pai.Environment["PAI_ENGINE_BACKEND"] = NameOf(Other!);

        // In a process of its own: the engine is loaded once in a process.
        var result = await _pai.RunProcessAsync("doctor");

        var folder = new EngineStore(_pai.Environment["PAI_MODELS"]).FolderOf(Other!);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(
            $"\nwarning  engine         The engine that was chosen is not in \"{folder}\": install it with 'pai engine use'; until then, the processor computes.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_answers_on_the_bundled_engine_and_says_so_where_the_chosen_one_is_missing()
    {
        Assert.SkipWhen(Other is null, $"{EngineBuilds.Platform} has one engine only.");
        using var pai = PaiSandbox.WithStories();
        pai.Environment["PAI_ENGINE_BACKEND"] = NameOf(Other!);

        var result = await pai.RunProcessAsync("ask", "--max-tokens", "4", "Once upon a time");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("runs on the processor, since the engine that was chosen offers no GPU here; 'pai doctor' says why ...\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("-1")]
    public async Task Layers_are_a_number_or_auto(string value)
    {
        var result = await _pai.RunAsync("ask", "--gpu-layers", value, "Hello");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"pai: '{value}' is not allowed for '--gpu-layers', which takes auto, or a whole number from 0 to 10000 (layers).", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_was_given_wins_and_has_no_fallback()
    {
        var options = new PaiOptions { ModelsFolder = _pai.Data, Engine = new EngineOptions { Backend = Other?.Backend } };

        var given = EnginePlace.Find(name => name == "PAI_ENGINE" ? "/given" : null, options);
        var launched = EnginePlace.Find(name => name == "PAI_ENGINE_CHOSEN" ? "/chosen" : null, options: null);

        Assert.Equal((new EnginePlace("/given", Fallback: null), new EnginePlace("/chosen", EnginePlace.Bundled.Folder)), (given, launched));
        Assert.Equal(EnginePlace.Bundled, EnginePlace.Find(_ => null, options with { Engine = new EngineOptions() }));
    }

    private static string NameOf(EngineBuild build) => build.Backend.ToString().ToLowerInvariant();
}
