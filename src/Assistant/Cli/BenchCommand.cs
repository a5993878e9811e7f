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

    private readonly Option<int> _clients = new("--clients") { Description = "Send so many requests at once, each with such a prompt and answer", HelpName = "N" };

    private readonly Option<bool> _engine = new("--through-engine") { Description = "Measure what the engine process costs: the same text from here and from there, in turn" };

    private readonly JsonOption _json = new();

    public BenchCommand()
        : base(
            "bench",
            "Measure how fast a model runs on this machine.",
            "pai bench                                   # the configured model: 512 tokens in, 128 out",
            "pai bench --model llama-2-13b-chat --prompt 64 --gen 16 --json",
            "pai bench --threads 1                       # compare with fewer threads",
            "pai bench --clients 4 --prompt 64 --gen 64  # four requests at once",
            "pai bench --through-engine --gen 256        # what the engine process costs",
            "pai bench recall --data conversations.jsonl # how well the memory recalls",
            "pai bench writing --data tests/Corpus/writing # how well it stores by itself",
            "pai bench tools --data bfcl --limit 50      # how well the model calls tools",
            "pai bench redact --data presidio.json       # how well redaction finds what is private",
            "pai bench route --data outcomes.csv.gz      # which prompts are worth a better model")
    {
        Add(new BenchRecallCommand());
        Add(new BenchWritingCommand());
        Add(new BenchToolsCommand());
        Add(new BenchRedactCommand());
        Add(new BenchRouteCommand());
        foreach (var option in new Option[] { _prompt, _generate, _runs, _clients, _engine, _json }.Concat(SettingOption.OfModelCommands().Where(IsOfModel)))
        {
            Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var (prompt, generate, runs) = (Positive(arguments, _prompt), Positive(arguments, _generate), Positive(arguments, _runs));
        var clients = arguments.GetResult(_clients) is null ? 0 : Positive(arguments, _clients);
        var tokens = clients == 0 ? Math.Max(prompt, generate) : clients * (prompt + generate);
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var options = pai.Configuration.Options.Model with { ContextTokens = tokens + 8, Speculates = false };
        var request = await pai.Loader.CheckAsync(options, progress, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await using var loaded = await RunningModel.OpenAsync(pai.Library, request, progress, cancellationToken);
        var model = new BenchedModel(request.Name, Stopwatch.GetElapsedTime(started));

        if (arguments.GetValue(_engine))
        {
            var cost = new EngineCost(loaded.Client, await pai.Engine.OpenChatAsync(request, progress, cancellationToken), generate);
            Write(pai, arguments, model, await RepeatAsync(runs, cost.RunAsync, cancellationToken));
        }
        else if (clients == 0)
        {
            var benchmark = new SpeedBenchmark(loaded.Engine, prompt, generate);
            Write(pai, arguments, model, await RepeatAsync(runs, benchmark.RunAsync, cancellationToken));
        }
        else
        {
            var benchmark = new ClientsBenchmark(loaded.Engine, clients, prompt, generate);
            Write(pai, arguments, model, await RepeatAsync(runs, benchmark.RunAsync, cancellationToken));
        }

        return ExitCode.Done;
    }

    private static async Task<List<T>> RepeatAsync<T>(int runs, Func<CancellationToken, Task<T>> runAsync, CancellationToken cancellationToken)
    {
        var results = new List<T>();
        for (var run = 0; run < runs; run++)
        {
            results.Add(await runAsync(cancellationToken));
        }

        return results;
    }

    private void Write(Composition pai, ParseResult arguments, BenchedModel model, List<SpeedRun> runs)
    {
        var (prompt, generate) = (arguments.GetValue(_prompt), arguments.GetValue(_generate));
        var (promptRate, rate) = (Spread.Of(runs.Select(run => run.PromptTokensPerSecond)), Spread.Of(runs.Select(run => run.TokensPerSecond)));
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                model = model.Name,
                engine = pai.Library.Version,
                load_ms = Math.Round(model.LoadTime.TotalMilliseconds, 1),
                prompt_tokens = prompt,
                prompt_tokens_per_second = promptRate.Median,
                generated_tokens = generate,
                tokens_per_second = rate.Median,
                runs,
            });
            return;
        }

        WriteHeading(pai, model);
        pai.Console.Output.WriteTable(
        [
            ["", "TOKENS", "TOKENS/S", "LOWEST", "HIGHEST"],
            ["prompt", $"{prompt}", .. Cells(promptRate)],
            ["generation", $"{generate}", .. Cells(rate)],
        ]);
    }

    private void Write(Composition pai, ParseResult arguments, BenchedModel model, List<ClientsRun> runs)
    {
        var total = Spread.Of(runs.Select(run => run.TokensPerSecond));
        var each = Spread.Of(runs.SelectMany(run => run.Clients, (_, client) => client.TokensPerSecond));
        var firstToken = Spread.Of(runs.SelectMany(run => run.Clients, (_, client) => client.FirstTokenMs));
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                model = model.Name,
                engine = pai.Library.Version,
                load_ms = Math.Round(model.LoadTime.TotalMilliseconds, 1),
                clients = arguments.GetValue(_clients),
                prompt_tokens = arguments.GetValue(_prompt),
                generated_tokens = arguments.GetValue(_generate),
                tokens_per_second = total.Median,
                client_tokens_per_second = each.Median,
                first_token_ms = firstToken.Median,
                runs,
            });
            return;
        }

        WriteHeading(pai, model);
        pai.Console.Output.WriteTable(
        [
            [$"CLIENTS: {arguments.GetValue(_clients)}", "MEDIAN", "LOWEST", "HIGHEST"],
            ["all together, tokens/s", .. Cells(total)],
            ["each after its first token, tokens/s", .. Cells(each)],
            ["first token, ms", .. Cells(firstToken)],
        ]);
    }

    private void Write(Composition pai, ParseResult arguments, BenchedModel model, List<EngineCostRun> runs)
    {
        var (here, there) = (Spread.Of(runs.Select(run => run.InProcess)), Spread.Of(runs.Select(run => run.ThroughEngine)));
        var cost = Math.Round(100 * (1 - (there.Median / here.Median)), 2);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                model = model.Name,
                engine = pai.Library.Version,
                load_ms = Math.Round(model.LoadTime.TotalMilliseconds, 1),
                generated_tokens = arguments.GetValue(_generate),
                in_process_tokens_per_second = here.Median,
                tokens_per_second = there.Median,
                cost_percent = cost,
                runs,
            });
            return;
        }

        WriteHeading(pai, model);
        pai.Console.Output.WriteTable(
        [
            ["", "TOKENS/S", "LOWEST", "HIGHEST"],
            ["in this process", .. Cells(here)],
            ["through the engine process", .. Cells(there)],
        ]);
        pai.Console.Output.WriteLine($"The engine process costs {cost} % of the generation.");
    }

    private static void WriteHeading(Composition pai, BenchedModel model) =>
        pai.Console.Output.WriteLine($"{model.Name}, llama.cpp {pai.Library.Version}, loaded in {model.LoadTime.TotalMilliseconds:0} ms");

    private static string[] Cells(Spread spread) => [$"{spread.Median:0.00}", $"{spread.Lowest:0.00}", $"{spread.Highest:0.00}"];

    private static int Positive(ParseResult arguments, Option<int> option) => arguments.GetValue(option) is > 0 and var value
        ? value
        : throw new UsageException($"'{arguments.GetValue(option)}' is not possible for '{option.Name}', which takes a number above 0.");

    internal static bool IsOfModel(SettingOption option) => option.Name is "--model" or "--threads" or "--fit" or "--gpu-layers";

    /// <summary>What every measurement tells of its model.</summary>
    private sealed record BenchedModel(string Name, TimeSpan LoadTime);
}
