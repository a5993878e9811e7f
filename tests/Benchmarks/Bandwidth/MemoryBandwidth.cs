using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace PersonalAi.Benchmarks.Bandwidth;

/// <summary>
/// How fast threads together can read memory in order and do next to nothing with it: the limit of decoding, which reads every
/// weight once per token.
/// </summary>
internal sealed unsafe class MemoryBandwidth : IDisposable
{
    private const nuint PageBytes = 4096;

    private readonly int _threads;
    private readonly nuint _bytesPerThread;
    private readonly byte*[] _parts;

    /// <param name="threads">How many threads read, each its own part.</param>
    /// <param name="bytes">How much all of them read together; more than the caches hold.</param>
    private MemoryBandwidth(int threads, long bytes)
    {
        _threads = threads;
        _bytesPerThread = (nuint)(bytes / threads) / PageBytes * PageBytes;
        _parts = new byte*[threads];
        for (var thread = 0; thread < threads; thread++)
        {
            _parts[thread] = (byte*)NativeMemory.AlignedAlloc(_bytesPerThread, PageBytes);

            // Written once: pages that were never written are all one page of zeros.
            new Span<ulong>(_parts[thread], checked((int)(_bytesPerThread / sizeof(ulong)))).Fill((ulong)thread + 1);
        }
    }

    /// <summary>Reads so many bytes as often as it is told.</summary>
    public static Figure Measure(int threads, long bytes, int runs)
    {
        using var memory = new MemoryBandwidth(threads, bytes);
        return new Figure($"plain read of memory, threads: {threads}", "GB/s", [.. Enumerable.Range(0, runs).Select(_ => memory.Read() / 1e9)]);
    }

    /// <summary>Reads everything once.</summary>
    /// <returns>Bytes per second of all threads together, by the slowest.</returns>
    private double Read()
    {
        using var start = new Barrier(_threads + 1);
        var readers = Enumerable.Range(0, _threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            Keep(Sum(_parts[thread]));
        })).ToArray();
        foreach (var reader in readers)
        {
            reader.Start();
        }

        start.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        foreach (var reader in readers)
        {
            reader.Join();
        }

        return _threads * (double)_bytesPerThread / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            NativeMemory.AlignedFree(part);
        }
    }

    // Eight sums at once, so that no addition waits for the one before.
    private ulong Sum(byte* part)
    {
        Vector<ulong> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        var at = (Vector<ulong>*)part;
        for (var end = (Vector<ulong>*)(part + _bytesPerThread); at < end; at += 8)
        {
            a += at[0];
            b += at[1];
            c += at[2];
            d += at[3];
            e += at[4];
            f += at[5];
            g += at[6];
            h += at[7];
        }

        return Vector.Sum(a + b + c + d + e + f + g + h);
    }

    // What nobody uses need not be computed, and would not be.
    private static void Keep(ulong sum) => GC.KeepAlive(sum);
}
