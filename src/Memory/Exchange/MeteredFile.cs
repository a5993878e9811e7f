namespace PersonalAi.Memory.Exchange;

/// <summary>A file that tells how far it was read.</summary>
/// <param name="path">The file.</param>
/// <param name="progress">Told the bytes that were read, those before this file included.</param>
/// <param name="before">The bytes of the files before.</param>
internal sealed class MeteredFile(string path, IProgress<long>? progress, long before)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16)
{
    // Of a class derived from FileStream, the reads into spans and memory come here too.
    public override int Read(byte[] buffer, int offset, int count) => Told(base.Read(buffer, offset, count));

#pragma warning disable CA1835 // The overload that it asks for calls this one.
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Told(await base.ReadAsync(buffer, offset, count, cancellationToken));
#pragma warning restore CA1835

    private int Told(int read)
    {
        progress?.Report(before + Position);
        return read;
    }
}
