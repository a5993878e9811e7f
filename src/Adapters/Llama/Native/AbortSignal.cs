using System.Runtime.CompilerServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>A flag that llama.cpp reads in the middle of a computation, raised once nobody wants its result any more.</summary>
internal sealed unsafe class AbortSignal
{
    // Native code holds the address, so it must not move.
    private readonly int[] _flag = GC.AllocateArray<int>(1, pinned: true);
    private int _waiting;

    /// <summary>What <c>abort_callback_data</c> points to.</summary>
    public void* Address => Unsafe.AsPointer(ref _flag[0]);

    /// <summary>Lowers the flag, and raises it when all of these are cancelled before the scope ends.</summary>
    public Scope Watch(IReadOnlyCollection<CancellationToken> owners)
    {
        Volatile.Write(ref _flag[0], 0);
        _waiting = owners.Count;
        return new Scope([.. owners.Select(owner => owner.UnsafeRegister(static signal => ((AbortSignal)signal!).OneLess(), this))]);
    }

    private void OneLess()
    {
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            Volatile.Write(ref _flag[0], 1);
        }
    }

    /// <summary>How long the cancellations are watched.</summary>
    internal readonly ref struct Scope(CancellationTokenRegistration[] registrations)
    {
        // Waits for a callback that is running, so that none reaches the next evaluation.
        public void Dispose()
        {
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }
        }
    }
}
