namespace PersonalAi.Adapters.Encryption;

/// <summary>Reads what <see cref="EncryptingStream"/> wrote, and gives out nothing that was not proven to be as it was written.</summary>
public sealed class DecryptingStream : Stream
{
    private readonly Stream _source;
    private readonly ChunkCipher _cipher;
    private readonly byte[] _encrypted = new byte[ChunkCipher.ChunkLength + ChunkCipher.TagLength + 1];
    private readonly byte[] _chunk = new byte[ChunkCipher.ChunkLength];
    private int _ahead;
    private int _at;
    private int _filled;
    private bool _ended;

    /// <param name="source">The file, from its beginning; it is closed with this.</param>
    /// <param name="key">The key that it was written with.</param>
    /// <exception cref="IOException">It is no such file, or is encrypted under another key; the message says which.</exception>
    public DecryptingStream(Stream source, ReadOnlySpan<byte> key)
    {
        _source = source;
        var header = new byte[ChunkCipher.HeaderLength];
        var length = source.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        _cipher = ChunkCipher.Of(header[..length], key);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Whether a file begins as an encrypted one.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> beginning) => beginning.StartsWith(ChunkCipher.Magic);

    /// <summary>How many bytes a file of this length holds, if it is whole.</summary>
    public static long DecryptedLength(long length)
    {
        const int Encrypted = ChunkCipher.ChunkLength + ChunkCipher.TagLength;
        var chunks = length - ChunkCipher.HeaderLength;
        return Math.Max(chunks - ((chunks + Encrypted - 1) / Encrypted * ChunkCipher.TagLength), 0);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file was changed or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_at == _filled && !_ended)
        {
            ReadChunk();
        }

        var part = _chunk.AsSpan(_at, Math.Min(buffer.Length, _filled - _at));
        part.CopyTo(buffer);
        _at += part.Length;
        return part.Length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cipher.Dispose();
        _source.Dispose();
        base.Dispose(disposing);
    }

    // One byte ahead tells whether the chunk is the last one.
    private void ReadChunk()
    {
        var read = _ahead + _source.ReadAtLeast(_encrypted.AsSpan(_ahead), _encrypted.Length - _ahead, throwOnEndOfStream: false);
        _ended = read < _encrypted.Length;
        var length = _ended ? read : read - 1;
        if (length < ChunkCipher.TagLength)
        {
            throw new IOException("It was changed or cut off since it was encrypted.");
        }

        (_at, _filled) = (0, length - ChunkCipher.TagLength);
        _cipher.Decrypt(_encrypted.AsSpan(0, length), _ended, _chunk.AsSpan(0, _filled));
        _ahead = _ended ? 0 : 1;
        _encrypted[0] = _encrypted[^1];
    }
}
