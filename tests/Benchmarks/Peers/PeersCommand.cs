using System.CommandLine;
using PersonalAi.Assistant.Cli;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>Compares pai with the programs that fetch.sh fetched.</summary>
internal sealed class PeersCommand : Command
{
    private readonly Option<FileInfo> _model = new("--model") { Description = "The GGUF file that all of them run", Required = true };

    private readonly Option<FileInfo> _pai = new("--pai") { Description = "The published pai", Required = true };

    private readonly Option<DirectoryInfo> _peers = new("--peers") { Description = "The folder that fetch.sh filled; what is not in it is not compared", Required = true };

    private readonly Option<PeerPart[]> _parts = new("--parts")
    {
        Description = "What to compare",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => Enum.GetValues<PeerPart>(),
    };

    private readonly Option<int> _threads = Number("--threads", Environment.ProcessorCount, "Threads that compute");

    private readonly Option<int> _prompt = Number("--prompt", 512, "Tokens of the prompt");

    private readonly Option<int> _generated = Number("--gen", 128, "Tokens to generate");

    private readonly Option<int[]> _clients = new("--clients")
    {
        Description = "Requests at once",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 4],
    };

    private readonly Option<int> _clientPrompt = Number("--client-prompt", 16, "Tokens of the prompt of each client");

    private readonly Option<int> _clientGenerated = Number("--client-gen", 64, "Tokens that each client gets");

    private readonly Option<int> _rounds = Number("--rounds", 3, "How often each is measured, in turn; the median counts");

    private readonly Option<string[]> _paiArguments = new("--pai-argument") { Description = "One more argument of 'pai bench'; may be given often" };

    private readonly Option<string[]> _llamaArguments = new("--llama-argument") { Description = "One more argument of llama-bench and llama-server" };

    private readonly JsonOption _json = new();

    public PeersCommand() : base("peers", "Compare pai with llama.cpp's own programs and with node-llama-cpp.")
    {
        _model.AcceptExistingOnly();
        _pai.AcceptExistingOnly();
        _peers.AcceptExistingOnly();
        foreach (var option in new Option[]
        {
            _model, _pai, _peers, _parts, _threads, _prompt, _generated, _clients, _clientPrompt, _clientGenerated, _rounds, _paiArguments, _llamaArguments, _json,
        })
        {
            Add(option);
        }

        SetAction(RunAsync);
    }

    private static Option<int> Number(string name, int usual, string description) => new(name) { Description = description, DefaultValueFactory = _ => usual };

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pai-peers-").FullName;
        try
        {
            Write(arguments, await CompareAsync(arguments, Benchmark(arguments, data), cancellationToken));
            return 0;
        }
        catch (PeerException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private async Task<List<Comparison>> CompareAsync(ParseResult arguments, PeersBenchmark benchmark, CancellationToken cancellationToken)
    {
        var parts = arguments.GetRequiredValue(_parts);
        var speed = new Workload(
            arguments.GetRequiredValue(_model).FullName, arguments.GetValue(_threads), arguments.GetValue(_prompt), arguments.GetValue(_generated));
        var comparisons = parts.Contains(PeerPart.Speed) ? await benchmark.CompareSpeedAsync(speed, cancellationToken) : [];
        if (parts.Contains(PeerPart.Clients))
        {
            var each = speed with { Prompt = arguments.GetValue(_clientPrompt), Generated = arguments.GetValue(_clientGenerated) };
            comparisons.AddRange(await benchmark.CompareClientsAsync(each, arguments.GetRequiredValue(_clients), cancellationToken));
        }

        return comparisons;
    }

    private PeersBenchmark Benchmark(ParseResult arguments, string data)
    {
        var folder = arguments.GetRequiredValue(_peers).FullName;
        var (llamaBench, llamaServer, node) = (Path.Combine(folder, "llama-bench"), Path.Combine(folder, "llama-server"), Path.Combine(folder, "node"));
        var more = arguments.GetValue(_llamaArguments) ?? [];
        List<IPeer> peers = [];
        if (File.Exists(llamaBench))
        {
            peers.Add(new LlamaBench(llamaBench, more));
        }

        if (Directory.Exists(node))
        {
            peers.Add(new NodeLlamaCpp(node));
        }

        return new PeersBenchmark(
            new Pai(arguments.GetRequiredValue(_pai).FullName, data, arguments.GetValue(_paiArguments) ?? []),
            peers,
            File.Exists(llamaServer) ? new LlamaServer(llamaServer, more) : null,
            arguments.GetValue(_rounds));
    }

    private void Write(ParseResult arguments, List<Comparison> comparisons)
    {
        if (arguments.GetValue(_json))
        {
            Console.Out.WriteJson(comparisons);
        }
        else
        {
            Comparison.WriteTable(Console.Out, comparisons);
        }
    }
}
