using System.Collections.Immutable;
using System.Diagnostics;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Assistant.Bench;

/// <summary>Measures what several requests at once get from one engine; each has a prompt of its own.</summary>
/// <param name="engine">Runs the model.</param>
/// <param name="clients">How many requests there are at once.</param>
/// <param name="promptTokens">The length of each prompt.</param>
/// <param name="generatedTokens">How many tokens each client gets.</param>
internal sealed class ClientsBenchmark(LlamaEngine engine, int clients, int promptTokens, int generatedTokens)
{
    private readonly RandomRequests[] _clients = [.. Enumerable.Range(0, clients).Select(client => new RandomRequests(engine, client))];

    /// <summary>Measures once: all clients ask at the same moment, and the last one to be served ends the measurement.</summary>
    public async Task<ClientsRun> RunAsync(CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var served = await Task.WhenAll(_clients.Select(client => ServeAsync(client, cancellationToken)));
        return new ClientsRun(clients * generatedTokens / Stopwatch.GetElapsedTime(started).TotalSeconds, [.. served]);
    }

    private async Task<ClientRun> ServeAsync(RandomRequests client, CancellationToken cancellationToken)
    {
        var steps = generatedTokens - 1;
        var answer = await client.ContinueAsync(client.Prompt(promptTokens), steps, cancellationToken);
        return new ClientRun(Math.Round(answer.FirstToken.TotalMilliseconds, 1), steps / answer.Result.DecodeTime.TotalSeconds);
    }
}

/// <summary>One measurement of several clients.</summary>
/// <param name="TokensPerSecond">The tokens that all clients got, by the time from the first request to the last answer, prompts included.</param>
/// <param name="Clients">What each of them saw.</param>
internal sealed record ClientsRun(double TokensPerSecond, ImmutableArray<ClientRun> Clients);

/// <summary>What one client saw.</summary>
/// <param name="FirstTokenMs">How long its first token took, waiting included, in milliseconds.</param>
/// <param name="TokensPerSecond">How fast the others came after that; 0 where there were none.</param>
internal readonly record struct ClientRun(double FirstTokenMs, double TokensPerSecond);
