using System.Text.Json;
using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Configuration;
using Xunit;

namespace PersonalAi.Tests.Assistant.Configuration;

public sealed class PaiConfigurationTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    // What the sandbox sets for the sake of other tests is a value from the environment here.
    public PaiConfigurationTests() => _pai.Environment.Remove("PAI_ENGINE_IN_PROCESS");

    public void Dispose() => _pai.Dispose();

    [Fact]
    public void Each_layer_wins_over_those_before_it()
    {
        _pai.Write("config.yaml", "sampling:\n  top_k: 1\n  temperature: 0.1\n  seed: 1\nlog:\n  level: warning\n");
        _pai.Environment["PAI_SAMPLING_SEED"] = "2";
        _pai.Environment["PAI_SAMPLING_TEMPERATURE"] = "0.2";

        var configuration = Load(Assign("sampling.seed", "3", Layer.CommandLine))
            .With([Assign("sampling.top_k", "4", Layer.Persona), Assign("sampling.temperature", "0.4", Layer.Persona)]);

        var expected = configuration.Defaults with
        {
            Sampling = new SamplingOptions { TopK = 4, Temperature = 0.2f, Seed = 3 },
            LogLevel = LogLevel.Warning,
        };
        Assert.Equal(expected, configuration.Options);
        Assert.Equal(
            [$"{_pai.Configuration}:6", "place", "environment variable PAI_SAMPLING_TEMPERATURE", "command line place", "default"],
            new[] { "log.level", "sampling.top_k", "sampling.temperature", "sampling.seed", "persona" }.Select(name => configuration.OriginOf(Settings.Find(name)).ToString()));
    }

    [Fact]
    public void Another_persona_takes_the_place_of_the_first()
    {
        var configuration = Load()
            .With([Assign("sampling.top_k", "4", Layer.Persona)])
            .With([Assign("sampling.top_p", "0.5", Layer.Persona)]);

        Assert.Equal(new SamplingOptions { TopP = 0.5f }, configuration.Options.Sampling);
    }

    [Theory]
    [InlineData("sampling:\n  temprature: 1", "2: 'sampling.temprature' is not a setting; did you mean 'sampling.temperature'?")]
    [InlineData("# a comment\n\nsampling:\n  temperature: hot", "4: 'hot' is not allowed for 'sampling.temperature', which takes a number from 0 to 2.")]
    [InlineData("sampling:\n  temperature: 2.1", "2: '2.1' is not allowed for 'sampling.temperature', which takes a number from 0 to 2.")]
    [InlineData("sampling:\n  temperature: NaN", "2: 'NaN' is not allowed for 'sampling.temperature', which takes a number from 0 to 2.")]
    [InlineData("model:\n  context_tokens: 255", "2: '255' is not allowed for 'model.context_tokens', which takes a whole number from 256 to 1048576 (tokens).")]
    [InlineData("models:\n  folder: relative/path", "2: 'relative/path' is not allowed for 'models.folder', which takes an absolute path, or one that starts with ~/.")]
    [InlineData("log:\n  level: 3", "2: '3' is not allowed for 'log.level', which takes one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("model: llama", "1: 'model' is a section: put its settings on lines below it, indented.")]
    [InlineData("persona: [a, b]", "1: 'persona' takes text, not a list or a section.")]
    [InlineData("- a\n- b", "1: This is not a list of 'key: value' lines.")]
    [InlineData("persona: a\npersona: b", "2: This is not YAML: Duplicate key persona.")]
    [InlineData("persona: a\nlog:\n  level: [Debug", "3: This is not YAML: While parsing a flow sequence, did not find expected ',' or ']'.")]
    public async Task A_wrong_file_is_named_with_line_key_and_what_is_allowed(string yaml, string message)
    {
        _pai.Write("config.yaml", yaml);

        var result = await _pai.RunAsync("config");

        Assert.Equal(new PaiResult(2, "", $"pai: {_pai.Configuration}:{message}\n"), result);
    }

    [Fact]
    public async Task A_wrong_environment_variable_is_named()
    {
        _pai.Environment["PAI_MODEL_THREADS"] = "many";

        var result = await _pai.RunAsync("config");

        Assert.Equal(new PaiResult(2, "", "pai: PAI_MODEL_THREADS: 'many' is not allowed for 'model.threads', which takes a whole number from 0 to 1024 (threads).\n"), result);
    }

    [Fact]
    public void A_file_of_comments_and_empty_sections_sets_nothing()
    {
        _pai.Write("config.yaml", ConfigurationFile.Template(Load().Defaults));

        var configuration = Load();

        Assert.Equal(configuration.Defaults, configuration.Options);
    }

    [Fact]
    public void The_template_with_every_key_uncommented_gives_the_defaults_again()
    {
        var template = ConfigurationFile.Template(Load().Defaults);
        var keys = Settings.Names.Select(name => name.Split('.')[^1]);
        _pai.Write("config.yaml", keys.Aggregate(template, (text, key) => text.Replace($"# {key}: ", $"{key}: ", StringComparison.Ordinal)));

        var configuration = Load();

        Assert.Equal(configuration.Defaults, configuration.Options);
        Assert.All(Settings.All, setting => Assert.Equal(Layer.File, configuration.OriginOf(setting).Layer));
    }

    [Fact]
    public async Task Json_lists_every_setting_with_value_and_source()
    {
        _pai.Environment["PAI_MODEL"] = "other";

        var result = await _pai.RunAsync("config", "--json", "--log-level", "debug");

        JsonElement[] settings = [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()];
        Assert.Equal(Settings.Names, settings.Select(setting => setting.GetProperty("id").GetString()!));
        Assert.Equal(("other", "environment", "PAI_MODEL"), Facts(settings[0]));
        Assert.Equal(("Debug", "command_line", "--log-level"), Facts(settings[^1]));
    }

    [Fact]
    public async Task The_choices_of_the_persona_in_force_are_shown_with_their_file_and_line()
    {
        var persona = _pai.Write("personas/calm.md", "---\ndescription: Calm\nsampling:\n  temperature: 0.1\n---\nBe calm.\n");

        var file = await _pai.RunAsync("config", "get", "sampling.temperature", "--json", "--data", _pai.Data);
        await _pai.RunAsync("config", "set", "persona", "calm");
        var calm = await _pai.RunAsync("config", "get", "sampling.temperature", "--json");

        Assert.Equal(("default", "default"), Source(file));
        Assert.Equal(("persona", $"{persona}:4"), Source(calm));
    }

    [Fact]
    public async Task The_table_shows_value_unit_and_origin()
    {
        _pai.Environment["PAI_MODELS"] = "/models";
        _pai.Write("config.yaml", "persona: coder\n");

        var result = await _pai.RunAsync("config");

        Assert.Equal("", result.Error);
        GoldenFile.Matches("config.txt", result.Output.Replace(_pai.Data, "DATA", StringComparison.Ordinal).Replace(AppContext.BaseDirectory, "APP/", StringComparison.Ordinal));
    }

    private static (string? Value, string? Source, string? Place) Facts(JsonElement setting) =>
        (setting.GetProperty("value").GetString(), setting.GetProperty("source").GetString(), setting.GetProperty("place").GetString());

    private static (string? Source, string? Place) Source(PaiResult result)
    {
        var setting = JsonDocument.Parse(result.Output).RootElement;
        return (setting.GetProperty("source").GetString(), setting.GetProperty("place").GetString());
    }

    private static Assignment Assign(string name, string text, Layer layer) => new(Settings.Find(name), text, new Origin(layer, "place"));

    private PaiConfiguration Load(params Assignment[] commandLine) =>
        PaiConfiguration.Load(_pai.Configuration, _pai.Environment.GetValueOrDefault, commandLine);
}
