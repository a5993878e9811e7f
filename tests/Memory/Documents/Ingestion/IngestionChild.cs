using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Documents.Ingestion;

namespace PersonalAi.Tests.Memory.Documents.Ingestion;

/// <summary>A second process that reads the folder 'docs' into a database, says each file, and waits at the end.</summary>
internal static class IngestionChild
{
    public const string Name = "read-documents";

    public static async Task<int> RunAsync(string folder)
    {
        await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, "pai.db"), TimeProvider.System, NullLogger.Instance);
        var ingestion = new DocumentIngestion(new DocumentStore(database, TimeProvider.System), new WatchedPaths(database, TimeProvider.System), TimeProvider.System);
        await ingestion.AddAsync([Path.Combine(folder, "docs")], new SayFiles());
        return 0;
    }

    private sealed class SayFiles : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value)
        {
            Console.WriteLine(value.Files);
            Console.Out.Flush();
            if (value.Files == 300)
            {
                // Here it is killed, whichever of the two is faster.
                new ManualResetEventSlim().Wait();
            }
        }
    }
}
