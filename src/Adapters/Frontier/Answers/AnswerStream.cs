namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>The body of an answer, with limits that the SDKs do not have: no line and no answer without an end.</summary>
/// <param name="body">As it comes from the network; disposed with this.</param>
/// <param name="watch">Told of every piece, and of what goes wrong.</param>
internal sealed class AnswerStream(Stream body, AnswerWatch watch) : Stream
{
    private const int LongestLine = 1024 * 1024;
    private const long MostBytes = 64 * 1024 * 1024;

    private long _bytes;
    private int _line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            // The SDKs hand on tokens of their own; the watch's is the one that counts.
            read = await body.ReadAsync(buffer, watch.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            watch.Failed(error);
            throw;
        }

        watch.Heard();
        Count(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(ReadOnlySpan<byte> piece)
    {
        _bytes += piece.Length;
        var end = piece.LastIndexOfAny((byte)'\n', (byte)'\r');
        // Pieces are far smaller than the longest line, so a long line cannot hide in one.
        _line = end < 0 ? _line + piece.Length : piece.Length - end - 1;
        if (_line > LongestLine || _bytes > MostBytes)
        {
            throw new MalformedAnswerException(_line > LongestLine ? "a line of more than 1 MiB" : "more than 64 MiB");
        }
    }
}
