using System.CommandLine;
using System.Diagnostics;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Bench;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures how fast a model runs here.</summary>
internal sealed class BenchCommand : PaiCommand
{
    private readonly Option<int> _prompt = new("--prompt") { Description = "Length of the prompt", HelpName = "TOKENS", DefaultValueFactory = _ => 512 };

    private readonly Option<int> _generate = new("--gen") { Description = "Tokens to generate", HelpName = "TOKENS", DefaultValueFactory = _ => 128 };

    private readonly Option<int> _runs = new("--runs") { Description = "How often to measure; the median counts", HelpName = "N", DefaultValueFactory = _ => 3 };

    private readonly Option<bool> _engine = new("--through-engine") { Description = "Also measure what the engine process costs: the same text from here and from there, in turn" };

    private readonly JsonOption _json = new();

    public BenchCommand()
        : base(
            "bench",
            "Measure how fast a model runs on this machine.",
            "pai bench                                   # the configured model: 512 tokens in, 128 out",
            "pai bench --model llama-2-13b-chat --prompt 64 --gen 16 --json",
            "pai bench --threads 1                       # compare with fewer threads",
            "pai bench --through-engine --gen 256        # what the engine process costs")
    {
        foreach (var option in new Option[] { _prompt, _generate, _runs, _engine, _json }.Concat(SettingOption.OfModelCommands().Where(IsOfModel)))
        {
            Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var (prompt, generate, runs) = (Positive(arguments, _prompt), Positive(arguments, _generate), Positive(arguments, _runs));
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var options = pai.Configuration.Options.Model with { ContextTokens = Math.Max(prompt, generate) + 8 };
        var request = await pai.Loader.CheckAsync(options, progress, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await using var model = await LoadedModel.OpenAsync(pai.Library, request, cancellationToken: cancellationToken);
        var loadTime = Stopwatch.GetElapsedTime(started);

        var benchmark = new SpeedBenchmark(model.Engine, prompt, generate);
        var results = new List<SpeedRun>();
        for (var run = 0; run < runs; run++)
        {
            results.Add(await benchmark.RunAsync(cancellationToken));
        }

        List<EngineCostRun>? costs = null;
        if (arguments.GetValue(_engine))
        {
            var cost = new EngineCost(model.Client, await pai.Engine.OpenChatAsync(request, cancellationToken: cancellationToken), generate);
            costs = [];
            for (var run = 0; run < runs; run++)
            {
                costs.Add(await cost.RunAsync(cancellationToken));
            }
        }

        Write(pai, arguments, request.Name, loadTime, results, costs);
        return ExitCode.Done;
    }

    private void Write(Composition pai, ParseResult arguments, string model, TimeSpan loadTime, List<SpeedRun> results, List<EngineCostRun>? costs)
    {
        var (prompt, generate) = (arguments.GetValue(_prompt), arguments.GetValue(_generate));
        var promptRates = results.Select(run => run.PromptTokensPerSecond).Order().ToArray();
        var rates = results.Select(run => run.TokensPerSecond).Order().ToArray();
        var here = costs?.Select(run => run.InProcess).Order().ToArray();
        var there = costs?.Select(run => run.ThroughEngine).Order().ToArray();
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                model,
                engine = pai.Library.Version,
                load_ms = Math.Round(loadTime.TotalMilliseconds, 1),
                prompt_tokens = prompt,
                prompt_tokens_per_second = Median(promptRates),
                generated_tokens = generate,
                tokens_per_second = Median(rates),
                runs = results,
                through_engine = here is null || there is null ? null : new
                {
                    tokens_per_second = Median(there),
                    in_process_tokens_per_second = Median(here),
                    cost_percent = CostPercent(here, there),
                    runs = costs,
                },
            });
            return;
        }

        pai.Console.Output.WriteLine($"{model}, llama.cpp {pai.Library.Version}, loaded in {loadTime.TotalMilliseconds:0} ms");
        string[][] costRows = here is null || there is null ? [] : [Row("chat, this process", generate, here), Row("chat, engine process", generate, there)];
        pai.Console.Output.WriteTable(
        [
            ["", "TOKENS", "TOKENS/S", "LOWEST", "HIGHEST"],
            Row("prompt", prompt, promptRates),
            Row("generation", generate, rates),
            .. costRows,
        ]);
        if (here is not null && there is not null)
        {
            pai.Console.Output.WriteLine($"The engine process costs {CostPercent(here, there)} % of the generation.");
        }
    }

    private static double CostPercent(double[] here, double[] there) => Math.Round(100 * (1 - (Median(there) / Median(here))), 2);

    private static string[] Row(string what, int tokens, double[] rates) => [what, $"{tokens}", $"{Median(rates):0.00}", $"{rates[0]:0.00}", $"{rates[^1]:0.00}"];

    private static double Median(double[] ordered) => Math.Round(ordered[ordered.Length / 2], 2);

    private static int Positive(ParseResult arguments, Option<int> option) => arguments.GetValue(option) is > 0 and var value
        ? value
        : throw new UsageException($"'{arguments.GetValue(option)}' is not possible for '{option.Name}', which takes a number above 0.");

    private static bool IsOfModel(SettingOption option) => option.Name is "--model" or "--threads";
}
