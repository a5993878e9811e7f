namespace PersonalAi.Adapters.Encryption;

/// <summary>
/// Encrypts what is written to it. Only <see cref="Finish"/> makes it a whole file: one that was left in the middle is refused by
/// <see cref="DecryptingStream"/>, so that nobody takes a part for all.
/// </summary>
public sealed class EncryptingStream : Stream
{
    private readonly Stream _target;
    private readonly bool _leaveOpen;
    private readonly ChunkCipher _cipher;
    private readonly byte[] _chunk = new byte[ChunkCipher.ChunkLength];
    private readonly byte[] _encrypted = new byte[ChunkCipher.ChunkLength + ChunkCipher.TagLength];
    private int _filled;

    /// <param name="target">Receives the file.</param>
    /// <param name="key">32 bytes, for this kind of file only.</param>
    /// <param name="leaveOpen">Whether the target is not closed with this.</param>
    public EncryptingStream(Stream target, ReadOnlySpan<byte> key, bool leaveOpen = false)
    {
        (_target, _leaveOpen) = (target, leaveOpen);
        _cipher = ChunkCipher.New(key);
        target.Write(_cipher.Header);
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>How long a file gets that holds so many bytes.</summary>
    public static long EncryptedLength(long length) =>
        ChunkCipher.HeaderLength + length + (Math.Max((length + ChunkCipher.ChunkLength - 1) / ChunkCipher.ChunkLength, 1) * ChunkCipher.TagLength);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk goes out when more comes: only then is it known not to be the last.
            if (_filled == _chunk.Length)
            {
                WriteChunk(isLast: false);
            }

            var part = buffer[..Math.Min(buffer.Length, _chunk.Length - _filled)];
            part.CopyTo(_chunk.AsSpan(_filled));
            _filled += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes what is left and the mark of the end; nothing can be written after it.</summary>
    public void Finish()
    {
        WriteChunk(isLast: true);
        _target.Flush();
    }

    /// <summary>Does nothing: chunks are written when they are full.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cipher.Dispose();
        if (!_leaveOpen)
        {
            _target.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WriteChunk(bool isLast)
    {
        var encrypted = _encrypted.AsSpan(0, _filled + ChunkCipher.TagLength);
        _cipher.Encrypt(_chunk.AsSpan(0, _filled), isLast, encrypted);
        _target.Write(encrypted);
        _filled = 0;
    }
}
