using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Exchange;

/// <summary>Reads a stream as long as neither one part of it nor all of it becomes larger than is sensible.</summary>
/// <param name="inner">What is read; it is closed with this.</param>
/// <param name="name">Its name for messages.</param>
/// <param name="mostInPart">The most bytes between two calls of <see cref="BeginPart"/>.</param>
/// <param name="mostInAll">The most bytes of all.</param>
internal sealed class BoundedStream(Stream inner, string name, long mostInPart, long mostInAll = long.MaxValue) : Stream
{
    private long _part;
    private long _all;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _all;
        set => throw new NotSupportedException();
    }

    /// <summary>Says that the part before was taken in.</summary>
    public void BeginPart() => _part = 0;

    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _part += read;
        _all += read;
        return _part > mostInPart ? throw Unreadable.Because(name, $"one part of it has more than {Unreadable.Bytes(mostInPart)}, which is the limit")
            : _all > mostInAll ? throw Unreadable.Because(name, $"it unpacks to more than {Unreadable.Bytes(mostInAll)}, as only archives do that are made to fill disks")
            : read;
    }
}
