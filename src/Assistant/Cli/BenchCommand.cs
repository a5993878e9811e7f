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

    private readonly JsonOption _json = new();

    public BenchCommand()
        : base(
            "bench",
            "Measure how fast a model runs on this machine.",
            "pai bench                                   # the configured model: 512 tokens in, 128 out",
            "pai bench --model llama-2-13b-chat --prompt 64 --gen 16 --json",
            "pai bench --threads 1                       # compare with fewer threads")
    {
        foreach (var option in new Option[] { _prompt, _generate, _runs, _json }.Concat(SettingOption.OfModelCommands().Where(IsOfModel)))
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

        Write(pai, arguments, request.Name, loadTime, results);
        return ExitCode.Done;
    }

    private void Write(Composition pai, ParseResult arguments, string model, TimeSpan loadTime, List<SpeedRun> results)
    {
        var (prompt, generate) = (arguments.GetValue(_prompt), arguments.GetValue(_generate));
        var promptRates = results.Select(run => run.PromptTokensPerSecond).Order().ToArray();
        var rates = results.Select(run => run.TokensPerSecond).Order().ToArray();
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
            });
            return;
        }

        pai.Console.Output.WriteLine($"{model}, llama.cpp {pai.Library.Version}, loaded in {loadTime.TotalMilliseconds:0} ms");
        pai.Console.Output.WriteTable(
        [
            ["", "TOKENS", "TOKENS/S", "LOWEST", "HIGHEST"],
            Row("prompt", prompt, promptRates),
            Row("generation", generate, rates),
        ]);
    }

    private static string[] Row(string what, int tokens, double[] rates) => [what, $"{tokens}", $"{Median(rates):0.00}", $"{rates[0]:0.00}", $"{rates[^1]:0.00}"];

    private static double Median(double[] ordered) => Math.Round(ordered[ordered.Length / 2], 2);

    private static int Positive(ParseResult arguments, Option<int> option) => arguments.GetValue(option) is > 0 and var value
        ? value
        : throw new UsageException($"'{arguments.GetValue(option)}' is not possible for '{option.Name}', which takes a number above 0.");

    private static bool IsOfModel(SettingOption option) => option.Name is "--model" or "--threads";
}
