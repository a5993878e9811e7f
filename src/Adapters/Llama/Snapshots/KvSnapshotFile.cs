using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>
/// The KV cache of one sequence in a file: magic (8 bytes), CRC-32C of all that follows it (4), length of the identity (4), number of
/// tokens (8), identity (UTF-8), tokens (int32), and at the next multiple of 64 llama.cpp's state of the sequence. Numbers are
/// little-endian.
/// </summary>
internal sealed unsafe class KvSnapshotFile : IDisposable
{
    private const int ChecksummedFrom = 12, HeaderSize = 24, Alignment = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _length;
    private readonly long _stateOffset;

    private KvSnapshotFile(MemoryMappedFile file, long length, long stateOffset)
    {
        _file = file;
        _length = length;
        _stateOffset = stateOffset;
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
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
    /// <param name="path">Where to.</param>
    /// <param name="identity">Names all that must be the same when it is read back.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="stateLength">The length of the state in bytes.</param>
    /// <param name="fill">Writes the state and tells whether it did.</param>
    /// <exception cref="IOException">It cannot be written: the disk is full, for example.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file is not the user's to write.</exception>
    public static void Write(string path, string identity, ReadOnlySpan<int> tokens, long stateLength, Func<KvSnapshotFile, bool> fill)
    {
        var name = Encoding.UTF8.GetBytes(identity);
        var stateOffset = StateOffset(name.Length, tokens.Length);
        var length = stateOffset + stateLength;
        var unfinished = path + KvSnapshotFolder.Unfinished;
        try
        {
            // The room is taken first: on a full disk, memory that is mapped from a file without room ends the process.
            using (var file = new FileStream(unfinished, Options(FileMode.Create, length)))
            {
                file.SetLength(length);
                using var mapped = MemoryMappedFile.CreateFromFile(file, null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
                using var snapshot = new KvSnapshotFile(mapped, length, stateOffset);
                if (!snapshot.Fill(name, tokens, fill))
                {
                    throw new IOException("llama.cpp gave no state.");
                }
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Opens a snapshot.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="identity">What it must have been written with.</param>
    /// <returns>Null if there is none, it was written with something else, or its header makes no sense.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The snapshot disposes of the mapping.")]
    public static KvSnapshotFile? Open(string path, string identity)
    {
        try
        {
            using var file = new FileStream(path, Options(FileMode.Open, length: 0));
            var header = new byte[HeaderSize];
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || !header.AsSpan().StartsWith(Magic))
            {
                return null;
            }

            var identityLength = BitConverter.ToInt32(header, ChecksummedFrom);
            var tokens = BitConverter.ToInt64(header, 16);
            if (identityLength != Encoding.UTF8.GetByteCount(identity)
                || tokens is < 0 or > int.MaxValue / sizeof(int)
                || StateOffset(identityLength, tokens) is var stateOffset && stateOffset >= file.Length)
            {
                return null;
            }

            var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.ReadWrite);
            var snapshot = new KvSnapshotFile(mapped, file.Length, stateOffset);
            if (snapshot.Identity == identity)
            {
                return snapshot;
            }

            snapshot.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether every byte is as it was written; reads the whole file.</summary>
    public bool IsWhole() => Checksum() == *(uint*)(_start + Magic.Length);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
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
