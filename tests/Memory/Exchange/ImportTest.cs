using System.IO.Compression;
using PersonalAi.Memory;
using PersonalAi.Memory.Exchange;

namespace PersonalAi.Tests.Memory.Exchange;

/// <summary>Files to import, beside a real database.</summary>
public abstract class ImportTest : MemoryTest
{
    /// <summary>Writes a file into the test's folder.</summary>
    internal string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Writes an archive into the test's folder.</summary>
    internal string Zip(string name, params ReadOnlySpan<(string Entry, string Content)> entries)
    {
        var path = Path.Combine(Folder, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
            writer.Write(content);
        }

        return path;
    }

    internal Task<ImportReport> ImportAsync(MemoryDatabase database, string path, ImportFormat format = ImportFormat.Auto, bool isDryRun = false) =>
        new MemoryImport(database, Time).RunAsync(path, new ImportOptions(Settings) { Format = format, IsDryRun = isDryRun }, cancellationToken: Stop);

    internal static async Task<string> ExportAsync(MemoryDatabase database)
    {
        using var output = new StringWriter();
        await new MemoryExport(database).WriteAsync(output, Stop);
        return output.ToString();
    }

    internal static (long Sessions, long Turns, long Facts, long Documents, long Known) Counts(ImportReport report) =>
        (report.Sessions, report.Turns, report.Facts, report.Documents, report.Known);
}
