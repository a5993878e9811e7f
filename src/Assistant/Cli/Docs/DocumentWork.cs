using PersonalAi.Adapters;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Ingestion;

namespace PersonalAi.Assistant.Cli.Docs;

/// <summary>Reads documents, then makes their vectors, and says what was done.</summary>
/// <param name="pai">The services of the run.</param>
/// <param name="json">Whether the report is JSON.</param>
internal sealed class DocumentWork(Composition pai, bool json)
{
    // The others are in the JSON.
    private const int Named = 20;

    /// <summary>Does it.</summary>
    /// <param name="read">Reads.</param>
    /// <param name="cancellationToken">Stops; what was done stays.</param>
    /// <param name="failure">What of the report makes the whole a failure.</param>
    /// <exception cref="MemoryException">What <paramref name="failure"/> says.</exception>
    public async Task RunAsync(
        Func<DocumentIngestion, IProgress<IngestionProgress>, CancellationToken, Task<IngestionReport>> read,
        CancellationToken cancellationToken,
        Func<IngestionReport, MemoryException?>? failure = null)
    {
        var ingestion = await pai.IngestionAsync(cancellationToken);
        try
        {
            IngestionReport report;
            using (var progress = new DocumentProgressDisplay(pai.Console, pai.Time))
            {
                report = await read(ingestion, progress, cancellationToken);
            }

            if (failure?.Invoke(report) is { } reason)
            {
                throw reason;
            }

            if (!json)
            {
                Write(report);
            }

            var vectors = await EmbedAsync(cancellationToken);
            if (json)
            {
                pai.Console.Output.WriteJson(IngestionJson.From(report, vectors));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await pai.Console.Error.WriteLineAsync("Stopped: what was read is stored and found by its words; 'pai docs sync' goes on, or the same command.");
            throw;
        }
    }

    private async Task<long> EmbedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var models = new ModelProgressDisplay(pai.Console, pai.Time);
            var embedder = await pai.Embedder.OpenAsync(models, cancellationToken);
            using var progress = new VectorProgressDisplay(pai.Console, pai.Time);
            await (await pai.IndexerAsync(cancellationToken)).EmbedAsync(embedder, progress, cancellationToken);
            return progress.Done;
        }
        catch (ModelException error)
        {
            await pai.Console.Error.WriteLineAsync($"The documents are found by their words alone, since the embedding model cannot be used: {TerminalText.Sanitize(error.Message)}");
            return 0;
        }
    }

    private void Write(IngestionReport report)
    {
        var output = pai.Console.Output;
        output.WriteLine(
            $"{report.Added.Count} added, {report.Changed.Count} changed, {report.Moved.Count} renamed, {report.Removed.Count} removed, {report.Unchanged} unchanged: {report.Passages} passages stored.");
        WriteSome(report.Removed.Select(path => $"removed, since its file is gone: {path}"));
        WriteSome(report.Moved.Select(move => $"renamed: {move.From} -> {move.To}"));
        WriteSome(report.Skipped.Select(file => $"skipped: {file.Reason.Message}"));
    }

    private void WriteSome(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        all.Take(Named).ToList().ForEach(line => pai.Console.Output.WriteLine(TerminalText.Sanitize(line).ReplaceLineEndings(" ")));
        if (all.Count > Named)
        {
            pai.Console.Output.WriteLine($"and {all.Count - Named} more of the last kind; --json names all.");
        }
    }
}
