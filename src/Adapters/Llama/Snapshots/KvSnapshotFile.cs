using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using PersonalAi.Adapters.Encryption;

namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>
/// The KV cache of one sequence in a file: magic (8 bytes), CRC-32C of all that follows it (4), length of the identity (4), number of
/// tokens (8), identity (UTF-8), tokens (int32), and at the next multiple of 64 llama.cpp's state of the sequence. Numbers are
/// little-endian. Under a key, all of it is encrypted as <see cref="EncryptingStream"/> does it.
/// </summary>
internal sealed unsafe class KvSnapshotFile : IDisposable
{
    private const int ChecksummedFrom = 12, HeaderSize = 24, Alignment = 64;

    private readonly SnapshotMemory _memory;
    private readonly byte* _start;
    private readonly long _length;
    private readonly long _stateOffset;
    private readonly DecryptingStream? _rest;

    private KvSnapshotFile(SnapshotMemory memory, long stateOffset, DecryptingStream? rest = null)
    {
        (_memory, _length, _stateOffset, _rest) = (memory, memory.Length, stateOffset, rest);
        _start = memory.Start;
    }

    private static ReadOnlySpan<byte> Magic => "PAI-KV1\n"u8;

    /// <summary>llama.cpp's state.</summary>
    public byte* State => _start + _stateOffset;

    /// <summary>Its length in bytes.</summary>
    public long StateLength => _length - _stateOffset;

    /// <summary>The tokens whose keys and values it holds.</summary>
    public ReadOnlySpan<int> Tokens => MemoryMarshal.Cast<byte, int>(new ReadOnlySpan<byte>(_start + HeaderSize + Align4(IdentityLength), TokenCount * sizeof(int)));

    private int IdentityLength => *(int*)(_start + ChecksummedFrom);

    private int TokenCount => (int)*(long*)(_start + 16);

    private string Identity => Encoding.UTF8.GetString(_start + HeaderSize, IdentityLength);

    /// <summary>Writes a snapshot; a file of that name is replaced once the new one is whole.</summary>
    /// <param name="place">Where to, and under which key.</param>
    /// <param name="identity">Names all that must be the same when it is read back.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="stateLength">The length of the state in bytes.</param>
    /// <param name="fill">Writes the state and tells whether it did.</param>
    /// <exception cref="IOException">It cannot be written: the disk is full, for example.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file is not the user's to write.</exception>
    public static void Write(KvSnapshotPlace place, string identity, ReadOnlySpan<int> tokens, long stateLength, Func<KvSnapshotFile, bool> fill)
    {
        var name = Encoding.UTF8.GetBytes(identity);
        var stateOffset = StateOffset(name.Length, tokens.Length);
        var length = stateOffset + stateLength;
        var unfinished = place.Path + KvSnapshotFolder.Unfinished;
        try
        {
            // The room is taken first: on a full disk, memory that is mapped from a file without room ends the process.
            using (var file = new FileStream(unfinished, Options(FileMode.Create, place.Key is null ? length : EncryptingStream.EncryptedLength(length))))
            {
                using var snapshot = new KvSnapshotFile(place.Key is null ? Map(file, length) : SnapshotMemory.Allocate(length), stateOffset);
                if (!snapshot.Fill(name, tokens, fill))
                {
                    throw new IOException("llama.cpp gave no state.");
                }

                if (place.Key is not null)
                {
                    snapshot.EncryptTo(file, place.Key);
                }
            }

            File.Move(unfinished, place.Path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Opens a snapshot.</summary>
    /// <param name="place">Its file, and its key.</param>
    /// <param name="identity">What it must have been written with.</param>
    /// <param name="problem">Why a file that is there cannot be read at all; null where nothing is wrong with it.</param>
    /// <returns>Null if there is none, it was written with something else, or its header makes no sense.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The snapshot disposes of its memory and its stream.")]
    public static KvSnapshotFile? Open(KvSnapshotPlace place, string identity, out string? problem)
    {
        problem = null;
        if (!File.Exists(place.Path))
        {
            return null;
        }

        FileStream? file = null;
        KvSnapshotFile? snapshot = null;
        try
        {
            file = new FileStream(place.Path, Options(FileMode.Open, length: 0));
            snapshot = IsEncrypted(file) == place.Key is not null
                ? place.Key is null ? OpenPlain(file, identity) : OpenEncrypted(file, identity, place.Key)
                : throw new IOException(place.Key is null ? "It is encrypted, and there is no key." : "It is not encrypted.");
            return snapshot;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
            return null;
        }
        finally
        {
            if (snapshot?._rest is null)
            {
                file?.Dispose();
            }
        }
    }

    /// <summary>Whether every byte is as it was written; reads the whole file.</summary>
    public bool IsWhole()
    {
        try
        {
            using var state = new UnmanagedMemoryStream(State, 0, StateLength, FileAccess.Write);
            _rest?.CopyTo(state);
        }
        catch (IOException)
        {
            return false;
        }

        return Checksum() == *(uint*)(_start + Magic.Length);
    }

    public void Dispose()
    {
        _rest?.Dispose();
        _memory.Dispose();
    }

    private static FileStreamOptions Options(FileMode mode, long length)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, PreallocationSize = length };
        if (mode == FileMode.Create && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static SnapshotMemory Map(FileStream file, long length)
    {
        file.SetLength(length);
        return SnapshotMemory.Map(MemoryMappedFile.CreateFromFile(file, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true), length);
    }

    private static KvSnapshotFile? OpenPlain(FileStream file, string identity)
    {
        var header = new byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || FindState(header, identity, file.Length) is not { } stateOffset)
        {
            return null;
        }

        var mapped = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        return new KvSnapshotFile(SnapshotMemory.Map(mapped, file.Length), stateOffset).OrNull(identity);
    }

    // The state, which is most of it, is decrypted when it is wanted.
    private static KvSnapshotFile? OpenEncrypted(FileStream file, string identity, byte[] key)
    {
        var content = new DecryptingStream(file, key);
        var header = new byte[HeaderSize];
        var length = DecryptingStream.DecryptedLength(file.Length);
        if (content.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || FindState(header, identity, length) is not { } stateOffset)
        {
            content.Dispose();
            return null;
        }

        var snapshot = new KvSnapshotFile(SnapshotMemory.Allocate(length), stateOffset, content);
        try
        {
            header.CopyTo(new Span<byte>(snapshot._start, HeaderSize));
            content.ReadExactly(new Span<byte>(snapshot._start + HeaderSize, (int)stateOffset - HeaderSize));
            return snapshot.OrNull(identity);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    /// <summary>Where the state begins, by what the header says; null where that makes no sense.</summary>
    private static long? FindState(byte[] header, string identity, long length)
    {
        var identityLength = BitConverter.ToInt32(header, ChecksummedFrom);
        var tokens = BitConverter.ToInt64(header, 16);
        return header.AsSpan().StartsWith(Magic)
            && identityLength == Encoding.UTF8.GetByteCount(identity)
            && tokens is >= 0 and <= int.MaxValue / sizeof(int) / 2
            && StateOffset(identityLength, tokens) is var stateOffset && stateOffset < length
            ? stateOffset
            : null;
    }

    private KvSnapshotFile? OrNull(string identity)
    {
        if (Identity == identity)
        {
            return this;
        }

        Dispose();
        return null;
    }

    private void EncryptTo(FileStream file, byte[] key)
    {
        using var encrypting = new EncryptingStream(file, key);
        using var content = new UnmanagedMemoryStream(_start, _length);
        content.CopyTo(encrypting);
        encrypting.Finish();
    }

    private static bool IsEncrypted(FileStream file)
    {
        var beginning = new byte[Magic.Length];
        var read = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return DecryptingStream.IsEncrypted(beginning.AsSpan(0, read));
    }

    private static long StateOffset(int identityLength, long tokens) =>
        (HeaderSize + Align4(identityLength) + (tokens * sizeof(int)) + Alignment - 1) / Alignment * Alignment;

    private static int Align4(int length) => (length + 3) & ~3;

    private bool Fill(byte[] identity, ReadOnlySpan<int> tokens, Func<KvSnapshotFile, bool> fill)
    {
        *(int*)(_start + ChecksummedFrom) = identity.Length;
        *(long*)(_start + 16) = tokens.Length;
        identity.CopyTo(new Span<byte>(_start + HeaderSize, identity.Length));
        MemoryMarshal.AsBytes(tokens).CopyTo(new Span<byte>(_start + HeaderSize + Align4(identity.Length), tokens.Length * sizeof(int)));
        if (!fill(this))
        {
            return false;
        }

        *(uint*)(_start + Magic.Length) = Checksum();
        Magic.CopyTo(new Span<byte>(_start, Magic.Length));
        return true;
    }

    private uint Checksum()
    {
        var checksum = uint.MaxValue;
        var at = _start + ChecksummedFrom;
        var end = _start + _length;
        for (; at + sizeof(ulong) <= end; at += sizeof(ulong))
        {
            checksum = BitOperations.Crc32C(checksum, *(ulong*)at);
        }

        for (; at < end; at++)
        {
            checksum = BitOperations.Crc32C(checksum, *at);
        }

        return ~checksum;
    }
}
