using System.Security.Cryptography;

namespace PersonalAi.Adapters.Models;

/// <summary>Passes bytes on to a file and keeps their hash, their count and everybody informed; a cancelled token stops it between two writes.</summary>
internal sealed class MeasuredStream(Stream target, Action<long> report, CancellationToken cancellationToken) : Stream
{
    private const long ReportEvery = 4 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _written;

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        target.Write(buffer);
        _hash.AppendData(buffer);
        var before = _written;
        _written += buffer.Length;
        if (before / ReportEvery != _written / ReportEvery)
        {
            report(_written);
        }
    }

    /// <summary>Reports that all is written, and gives its hash in lower-case hexadecimal digits.</summary>
    public string Finish()
    {
        report(_written);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
