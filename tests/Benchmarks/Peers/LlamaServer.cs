using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>llama.cpp's own server, which decodes several requests together.</summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">More arguments of it.</param>
internal sealed class LlamaServer(string program, IReadOnlyList<string> arguments)
{
    private const int Seed = 42;

    // Every Llama 2 vocabulary has more tokens than this; the lowest ones are control tokens and bytes.
    private const int LowestToken = 300, HighestToken = 30_000;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly Random _random = new(Seed);

    /// <summary>What so many clients at once get together, in tokens per second; one measurement after loading.</summary>
    /// <exception cref="PeerException">It could not be run, or answers fewer tokens than it was asked for.</exception>
    public async Task<double> MeasureAsync(Workload workload, int clients, CancellationToken cancellationToken = default)
    {
        var port = FreePort();
        using var process = PeerProcess.Start(StartInfo(workload, clients, port));
        try
        {
#pragma warning disable RS0030 // Reaches the server that was started above, on this machine, and is no part of pai.
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
            await WaitUntilReadyAsync(http, process, cancellationToken);
            int[][] prompts = [.. Enumerable.Range(0, clients).Select(_ => RandomPrompt(workload.Prompt))];
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(prompts.Select(prompt => CompleteAsync(http, prompt, workload.Generated, cancellationToken)));
            return clients * workload.Generated / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo StartInfo(Workload workload, int clients, int port) => new(program,
    [
        "-m", workload.Model, "-t", $"{workload.Threads}", "-np", $"{clients}", "-c", $"{clients * (workload.Prompt + workload.Generated + 8)}",
        "--host", "127.0.0.1", "--port", $"{port}", "--no-warmup", "--log-disable", .. arguments,
    ]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private int[] RandomPrompt(int length) => [.. Enumerable.Range(0, length).Select(_ => _random.Next(LowestToken, HighestToken))];

    private static async Task WaitUntilReadyAsync(HttpClient http, Process process, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            try
            {
                using var health = await http.GetAsync("/health", cancellationToken);
                if (health.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(Poll, cancellationToken);
        }

        throw new PeerException($"'{process.StartInfo.FileName}' ended with {process.ExitCode} before it could be asked.");
    }

    private static async Task CompleteAsync(HttpClient http, int[] prompt, int tokens, CancellationToken cancellationToken)
    {
        var request = new { prompt, n_predict = tokens, ignore_eos = true, temperature = 0, cache_prompt = false };
        using var response = await http.PostAsJsonAsync("/completion", request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<ServerAnswer>(cancellationToken);
        if (answer?.tokens_predicted != tokens)
        {
            throw new PeerException($"llama-server answered {answer?.tokens_predicted ?? 0} tokens in place of {tokens} (status {(int)response.StatusCode}).");
        }
    }

#pragma warning disable IDE1006 // As the server writes it.
    private sealed record ServerAnswer(int tokens_predicted);
#pragma warning restore IDE1006
}
