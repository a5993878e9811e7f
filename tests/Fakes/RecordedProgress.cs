using System.Collections.Concurrent;

namespace PersonalAi.Tests.Fakes;

/// <summary>Keeps what was reported, at once and on the reporting thread; <see cref="Progress{T}"/> would post it for later.</summary>
internal sealed class RecordedProgress<T>(Action<T>? also = null) : IProgress<T>
{
    private readonly ConcurrentQueue<T> _reports = [];

    public IReadOnlyCollection<T> Reports => _reports;

    public void Report(T value)
    {
        _reports.Enqueue(value);
        also?.Invoke(value);
    }
}
