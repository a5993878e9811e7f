using System.CommandLine;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Cli;

namespace PersonalAi.Benchmarks.Engine;

/// <summary>Measures the engine in this process.</summary>
internal sealed class EngineCommand : Command
{
    private readonly Option<FileInfo> _model = new("--model") { Description = "A GGUF file that you trust", Required = true };

    private readonly Option<EnginePart[]> _parts = new("--parts")
    {
        Description = "What to measure",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => Enum.GetValues<EnginePart>(),
    };

    private readonly Option<int> _threads = new("--threads") { Description = "Threads that compute", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<bool> _repack = new("--repack") { Description = "Rearrange the weights while loading: for Q4_0" };

    private readonly Option<bool> _flashAttention = new("--flash-attention") { Description = "Compute attention in one pass" };

    private readonly Option<KvCacheType> _keyValueType = new("--kv") { Description = "How keys and values are stored" };

    private readonly Option<int> _prompt = Tokens("--prompt", 512, "Tokens of the prompt of 'Prefill'");

    private readonly Option<int> _generated = Tokens("--gen", 32, "Tokens that 'Decode' and each client generate");

    private readonly Option<int[]> _depths = new("--depths")
    {
        Description = "Tokens in the context before 'Decode' begins",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [0, 1000, 3000],
    };

    private readonly Option<int> _longPrompt = Tokens("--long-prompt", 3000, "Tokens of the prompt of 'FirstToken'");

    private readonly Option<int[]> _clients = new("--clients")
    {
        Description = "Requests at once",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 4],
    };

    private readonly Option<int> _clientPrompt = Tokens("--client-prompt", 16, "Tokens of the prompt of each client");

    private readonly Option<int> _runs = new("--runs") { Description = "How often to measure; the median counts", DefaultValueFactory = _ => 3 };

    private readonly JsonOption _json = new();

    public EngineCommand() : base("engine", "Measure the engine in this process, part by part.")
    {
        _model.AcceptExistingOnly();
        foreach (var option in new Option[]
        {
            _model, _parts, _threads, _repack, _flashAttention, _keyValueType, _prompt, _generated, _depths, _longPrompt, _clients, _clientPrompt, _runs, _json,
        })
        {
            Add(option);
        }

        SetAction((arguments, _) => RunAsync(arguments));
    }

    private static Option<int> Tokens(string name, int usual, string description) => new(name) { Description = description, DefaultValueFactory = _ => usual };

    private async Task<int> RunAsync(ParseResult arguments)
    {
        try
        {
            var settings = Settings(arguments);
            var benchmark = new EngineBenchmark(settings);
            var figures = new List<Figure>();
            await foreach (var figure in benchmark.RunAsync())
            {
                // A long run that is stopped leaves what it has found so far.
                await Console.Error.WriteLineAsync($"{figure.Name}: {figure.Spread.Median:0.00} {figure.Unit}");
                figures.Add(figure);
            }

            Figure.Write(new { engine = benchmark.EngineVersion, settings }, figures, arguments.GetValue(_json));
            return 0;
        }
        catch (ModelException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private EngineSettings Settings(ParseResult arguments) => new()
    {
        Model = arguments.GetRequiredValue(_model).FullName,
        Parts = [.. arguments.GetRequiredValue(_parts)],
        Threads = arguments.GetValue(_threads),
        Repack = arguments.GetValue(_repack),
        FlashAttention = arguments.GetValue(_flashAttention),
        KeyValueType = arguments.GetValue(_keyValueType),
        Prompt = arguments.GetValue(_prompt),
        Generated = arguments.GetValue(_generated),
        Depths = [.. arguments.GetRequiredValue(_depths)],
        LongPrompt = arguments.GetValue(_longPrompt),
        Clients = [.. arguments.GetRequiredValue(_clients)],
        ClientPrompt = arguments.GetValue(_clientPrompt),
        Runs = arguments.GetValue(_runs),
    };
}
