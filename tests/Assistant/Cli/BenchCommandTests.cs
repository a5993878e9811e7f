using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class BenchCommandTests
{
    [Fact]
    public async Task Measures_as_many_runs_as_it_is_told_and_prints_their_median()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("bench", "--prompt", "32", "--gen", "8", "--runs", "3", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        var rates = json.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("tokens_per_second").GetDouble()).Order().ToArray();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("stories15M.F16", json.GetProperty("model").GetString());
        Assert.Equal(3, rates.Length);
        Assert.All(rates, rate => Assert.True(rate > 0));
        Assert.Equal(rates[1], json.GetProperty("tokens_per_second").GetDouble(), 0.01);
    }

    [Fact]
    public async Task Tells_what_the_engine_process_costs()
    {
        await using var engine = EngineSandbox.WithStories();

        var result = await engine.Pai.RunAsync("bench", "--prompt", "8", "--gen", "16", "--runs", "3", "--through-engine", "--json");

        var cost = JsonDocument.Parse(result.Output).RootElement;
        var (here, there) = (cost.GetProperty("in_process_tokens_per_second").GetDouble(), cost.GetProperty("tokens_per_second").GetDouble());
        Assert.Equal(3, cost.GetProperty("runs").GetArrayLength());
        Assert.True(here > 0 && there > 0);
        Assert.Equal(100 * (1 - (there / here)), cost.GetProperty("cost_percent").GetDouble(), 0.01);
    }

    [Fact]
    public async Task A_measure_of_nothing_is_refused()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("bench", "--gen", "0");

        Assert.Equal(new PaiResult(2, "", "pai: '0' is not possible for '--gen', which takes a number above 0.\n"), result);
    }

    [Fact]
    public async Task Several_clients_at_once_are_measured_together_and_each_by_itself()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("bench", "--clients", "3", "--prompt", "8", "--gen", "4", "--runs", "2", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        var runs = json.GetProperty("runs").EnumerateArray().ToArray();
        var served = runs.SelectMany(run => run.GetProperty("clients").EnumerateArray()).ToArray();
        Assert.Equal((0, 3, 2, 6), (result.ExitCode, json.GetProperty("clients").GetInt32(), runs.Length, served.Length));
        Assert.All(served, client => Assert.True(client.GetProperty("first_token_ms").GetDouble() > 0 && client.GetProperty("tokens_per_second").GetDouble() > 0));
        Assert.Equal(runs.Max(run => run.GetProperty("tokens_per_second").GetDouble()), json.GetProperty("tokens_per_second").GetDouble(), 0.01);
    }

    [Fact]
    public async Task The_table_of_several_clients_says_what_all_got_and_what_each_saw()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("bench", "--clients", "2", "--prompt", "8", "--gen", "4", "--runs", "1");

        var lines = result.Output.Split('\n');
        Assert.StartsWith("stories15M.F16, llama.cpp ", lines[0], StringComparison.Ordinal);
        Assert.Equal("CLIENTS: 2                            MEDIAN", lines[1][..44]);
        Assert.Equal(
            ["all together, tokens/s", "each after its first token, tokens/s", "first token, ms"],
            lines[2..5].Select(line => line[..36].TrimEnd()));
    }

    [Fact]
    public async Task No_clients_are_refused()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("bench", "--clients", "0");

        Assert.Equal(new PaiResult(2, "", "pai: '0' is not possible for '--clients', which takes a number above 0.\n"), result);
    }
}
