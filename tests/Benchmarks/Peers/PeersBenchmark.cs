namespace PersonalAi.Benchmarks.Peers;

/// <summary>Runs pai and its peers in turn, so that a machine that changes its speed changes it for all.</summary>
/// <param name="pai">What they are compared with.</param>
/// <param name="peers">The ones that are at hand.</param>
/// <param name="server">llama.cpp's server where it is at hand.</param>
/// <param name="rounds">How often each is measured.</param>
internal sealed class PeersBenchmark(Pai pai, IReadOnlyList<IPeer> peers, LlamaServer? server, int rounds)
{
    /// <summary>The prompt and the generation.</summary>
    public async Task<List<Comparison>> CompareSpeedAsync(Workload workload, CancellationToken cancellationToken = default)
    {
        IPeer[] all = [pai, .. peers];
        var measured = all.ToDictionary(peer => peer, _ => new List<SpeedFigures>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var peer in all)
            {
                var figures = await peer.MeasureAsync(workload, cancellationToken);
                await Console.Error.WriteLineAsync($"{round + 1}/{rounds} {peer.Name}: prompt {figures.Prompt:0.00}, generation {figures.Generation:0.00} tokens/s");
                measured[peer].Add(figures);
            }
        }

        return
        [
            .. peers.Select(peer => Compare($"prompt, {workload.Prompt} tokens", peer, figures => figures.Prompt)),
            .. peers.Select(peer => Compare($"generation, {workload.Generated} tokens", peer, figures => figures.Generation)),
        ];

        Comparison Compare(string what, IPeer peer, Func<SpeedFigures, double> choose) =>
            new(what, peer.Name, [.. measured[pai].Select(choose)], [.. measured[peer].Select(choose)]);
    }

    /// <summary>Several clients at once; nothing where there is no server to compare with.</summary>
    public async Task<List<Comparison>> CompareClientsAsync(Workload workload, IEnumerable<int> counts, CancellationToken cancellationToken = default)
    {
        var comparisons = new List<Comparison>();
        if (server is null)
        {
            return comparisons;
        }

        foreach (var clients in counts)
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(await pai.MeasureAsync(workload, clients, cancellationToken));
                theirs.Add(await server.MeasureAsync(workload, clients, cancellationToken));
                await Console.Error.WriteLineAsync($"{round + 1}/{rounds} clients: {clients}, pai {ours[^1]:0.00}, llama-server {theirs[^1]:0.00} tokens/s");
            }

            comparisons.Add(new Comparison($"clients at once: {clients}, {workload.Prompt} in, {workload.Generated} out", "llama-server", ours, theirs));
        }

        return comparisons;
    }
}
