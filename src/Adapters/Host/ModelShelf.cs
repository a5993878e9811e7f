using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Host;

/// <summary>
/// The models that an engine process has loaded: each is loaded once, however many ask for it at the same time, and is unloaded when
/// nobody has used it for as long as its last user wanted it kept.
/// </summary>
/// <param name="time">Measures that.</param>
internal sealed class ModelShelf(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<object, Place> _places = [];

    /// <summary>Called when the last model is gone.</summary>
    public Action? Emptied { get; init; }

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _places.Count == 0;
            }
        }
    }

    /// <summary>What is loaded or being loaded, and who uses it.</summary>
    public IReadOnlyList<(object Request, int Users, DateTimeOffset? IdleSince)> List()
    {
        lock (_lock)
        {
            return [.. _places.Select(place => (place.Key, place.Value.Users, place.Value.IdleSince))];
        }
    }

    /// <summary>Lends a model, which is loaded where it is not there yet. A caller that is cancelled leaves the loading to the next one.</summary>
    /// <param name="request">Which model; equal ones are the same.</param>
    /// <param name="load">Loads it.</param>
    /// <param name="keepFor">How long it stays after that when nobody uses it; null for always.</param>
    /// <param name="progress">Told of a slow loading.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Loan<T>> BorrowAsync<T>(
        object request, Func<IProgress<ModelProgress>, Task<T>> load, TimeSpan? keepFor, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : class, IAsyncDisposable
    {
        var place = Enter(request, async report => await load(report), keepFor, progress);
        try
        {
            return new Loan<T>((T)await place.Model.WaitAsync(cancellationToken), () => Leave(request, place));
        }
        catch
        {
            Leave(request, place);
            throw;
        }
        finally
        {
            place.Unlisten(progress);
        }
    }

    /// <summary>Lends every model of a kind that is loaded already.</summary>
    public IReadOnlyList<Loan<T>> BorrowLoaded<T>() where T : class, IAsyncDisposable
    {
        lock (_lock)
        {
            return [.. _places.Where(place => place.Value.Loaded is T).Select(place => place.Value.Lend<T>(() => Leave(place.Key, place.Value)))];
        }
    }

    /// <summary>Unloads everything; nobody may be using anything any more.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Place> places;
        lock (_lock)
        {
            places = [.. _places.Values];
            _places.Clear();
        }

        foreach (var place in places)
        {
            await place.DisposeAsync();
        }
    }

    private Place Enter(object request, Func<IProgress<ModelProgress>, Task<IAsyncDisposable>> load, TimeSpan? keepFor, IProgress<ModelProgress>? progress)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(request, out var place))
            {
                place = new Place(time);
                _places.Add(request, place);
            }

            place.Enter(load, keepFor, progress);
            return place;
        }
    }

    private void Leave(object request, Place place)
    {
        lock (_lock)
        {
            if (place.Leave(whenIdle: () => Remove(request, place, onlyIfIdle: true)))
            {
                return;
            }
        }

        // What could not be loaded is tried anew by the next one.
        Remove(request, place, onlyIfIdle: false);
    }

    private void Remove(object request, Place place, bool onlyIfIdle)
    {
        lock (_lock)
        {
            if ((onlyIfIdle && place.Users > 0) || !_places.TryGetValue(request, out var current) || current != place)
            {
                return;
            }

            _places.Remove(request);
        }

        _ = UnloadAsync(place);
    }

    private async Task UnloadAsync(Place place)
    {
        await place.DisposeAsync();
        if (IsEmpty)
        {
            Emptied?.Invoke();
        }
    }

    /// <summary>A model, from the moment it is asked for.</summary>
    private sealed class Place(TimeProvider time) : IProgress<ModelProgress>, IAsyncDisposable
    {
        private readonly List<IProgress<ModelProgress>> _listeners = [];
        private TimeSpan? _keepFor;
        private ITimer? _timer;

        public Task<IAsyncDisposable> Model { get; private set; } = null!;

        /// <summary>The model; null until it is loaded.</summary>
#pragma warning disable RS0030 // It has completed: nothing is waited for.
        public IAsyncDisposable? Loaded => Model.IsCompletedSuccessfully ? Model.Result : null;
#pragma warning restore RS0030

        public int Users { get; private set; }

        public DateTimeOffset? IdleSince { get; private set; }

        public void Enter(Func<IProgress<ModelProgress>, Task<IAsyncDisposable>> load, TimeSpan? keepFor, IProgress<ModelProgress>? progress)
        {
            _keepFor = keepFor;
            Hold();
            if (progress is not null)
            {
                lock (_listeners)
                {
                    _listeners.Add(progress);
                }
            }

            Model ??= Task.Run(() => load(this));
        }

        /// <summary>Lends what is loaded.</summary>
        public Loan<T> Lend<T>(Action giveBack) where T : class
        {
            Hold();
            return new Loan<T>((T)(object)Loaded!, giveBack);
        }

        /// <summary>Whether the model stays for now.</summary>
        public bool Leave(Action whenIdle)
        {
            if (--Users > 0)
            {
                return true;
            }

            if (Model.IsFaulted || Model.IsCanceled)
            {
                return false;
            }

            IdleSince = time.GetUtcNow();
            _timer = _keepFor is { } keepFor ? time.CreateTimer(_ => whenIdle(), null, keepFor, Timeout.InfiniteTimeSpan) : null;
            return true;
        }

        public void Unlisten(IProgress<ModelProgress>? progress)
        {
            lock (_listeners)
            {
                _listeners.Remove(progress!);
            }
        }

        public void Report(ModelProgress value)
        {
            lock (_listeners)
            {
                _listeners.ForEach(listener => listener.Report(value));
            }
        }

        public async ValueTask DisposeAsync()
        {
            _timer?.Dispose();
            await Task.WhenAny(Model);
            await (Loaded?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        private void Hold()
        {
            _timer?.Dispose();
            (_timer, IdleSince) = (null, null);
            Users++;
        }
    }
}

/// <summary>A model in use; it is given back by disposing.</summary>
internal sealed class Loan<T>(T model, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    public T Model => model;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
