using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether the database opens and is whole, or can be made.</summary>
internal sealed class DatabaseCheck(string path, Func<CancellationToken, Task<MemoryDatabase>> open) : HealthCheck("database", HealthArea.Storage)
{
    protected override async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (!Path.Exists(path))
        {
            return Absent();
        }

        var database = await open(cancellationToken);
        await database.CheckAsync(cancellationToken);
        var schema = await database.SchemaVersionAsync(cancellationToken);
        var bytes = new[] { path, $"{path}-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);
        return Finding.Ok($"'{path}' ({Quantity.Bytes(bytes)}) opens and is whole; schema {schema}.") with { Bytes = bytes };
    }

    protected override Finding Translate(Exception error) => error is DeniedException
        ? Finding.Warning($"'{path}' is encrypted and was not looked at: {error.Message}")
        : base.Translate(error);

    private Finding Absent()
    {
        var folder = Folders.NearestExisting(path);
        return File.Exists(folder)
            ? Finding.Failure($"'{path}' cannot be created, since '{folder}' is a file.", "Choose another data folder with --data or PAI_DATA.")
            : Folders.MayWrite(folder)
            ? Finding.Ok($"'{path}' will be created at the first session.")
            : Finding.Failure($"'{path}' cannot be created, since '{folder}' may not be written.", "Make it writable, or choose another data folder with --data or PAI_DATA.");
    }
}
