using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Exchange;

namespace PersonalAi.Tests.Memory.Exchange;

/// <summary>A process that imports a folder, and says how far it has come, until it is killed.</summary>
internal static class ImportChild
{
    public const string Task = "import";

    public static async Task<int> RunAsync(string folder)
    {
        await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, "pai.db"), TimeProvider.System, NullLogger.Instance);
        var options = new ImportOptions(new SessionSettings("default", "llama/starter"));
        await new MemoryImport(database, TimeProvider.System).RunAsync(Path.Combine(folder, "in"), options, new Lines());
        return 0;
    }

    private sealed class Lines : IProgress<long>
    {
        public void Report(long value)
        {
            Console.Out.WriteLine(value);
            Console.Out.Flush();
        }
    }
}
