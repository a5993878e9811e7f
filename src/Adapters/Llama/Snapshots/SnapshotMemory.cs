using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama.Snapshots;

/// <summary>Where a snapshot lies while it is used: in its file, which is mapped, or in memory, where the file is encrypted.</summary>
internal sealed unsafe class SnapshotMemory : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;

    private SnapshotMemory(MemoryMappedFile file, long length)
    {
        (_file, Length) = (file, length);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    private SnapshotMemory(long length)
    {
        _start = (byte*)NativeMemory.AlignedAlloc((nuint)length, 64);
        Length = length;
    }

    /// <summary>The first byte.</summary>
    public byte* Start => _start;

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file, which stays open with it.</summary>
    public static SnapshotMemory Map(MemoryMappedFile file, long length) => new(file, length);

    /// <summary>Takes memory.</summary>
    /// <exception cref="IOException">That would be so much that the machine may not bear it.</exception>
    public static SnapshotMemory Allocate(long length) => length <= MachineMemory.Read().Available / 2
        ? new SnapshotMemory(length)
        : throw new IOException("There is too little memory to encrypt or decrypt it.");

    public void Dispose()
    {
        if (_view is not null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }
        else if (_start is not null)
        {
            NativeMemory.AlignedFree(_start);
        }

        _start = null;
    }
}
