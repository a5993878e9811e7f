using PersonalAi.Adapters;
using PersonalAi.Adapters.Host;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Host;

public sealed class ModelShelfTests
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly List<Book> _loaded = [];

    [Fact]
    public async Task Those_who_ask_while_it_is_loaded_wait_for_the_same_load()
    {
        await using var shelf = new ModelShelf(_time);
        var loading = new TaskCompletionSource();

        var first = shelf.BorrowAsync("a", _ => LoadAsync(loading.Task), Keep);
        var second = shelf.BorrowAsync("a", _ => LoadAsync(loading.Task), Keep);
        loading.SetResult();
        using var one = await first;
        using var two = await second;

        Assert.Same(one.Model, two.Model);
        Assert.Single(_loaded);
        Assert.Equal([("a", 2, null)], shelf.List());
    }

    [Fact]
    public async Task An_idle_model_is_unloaded_when_its_time_is_over_and_loaded_again_when_it_is_asked_for()
    {
        var emptied = 0;
        await using var shelf = new ModelShelf(_time) { Emptied = () => emptied++ };
        using (await shelf.BorrowAsync("a", _ => LoadAsync(), Keep))
        {
            _time.Advance(Keep * 2);
        }

        _time.Advance(Keep - TimeSpan.FromSeconds(1));
        Assert.Equal([("a", 0, _time.GetUtcNow() - Keep + TimeSpan.FromSeconds(1))], shelf.List());
        _time.Advance(TimeSpan.FromSeconds(1));
        var unloaded = Assert.Single(_loaded).IsDisposed;
        using var again = await shelf.BorrowAsync("a", _ => LoadAsync(), Keep);

        Assert.True(unloaded);
        Assert.Equal((1, 2), (emptied, _loaded.Count));
    }

    [Fact]
    public async Task A_model_that_is_used_again_in_time_stays()
    {
        await using var shelf = new ModelShelf(_time);
        (await shelf.BorrowAsync("a", _ => LoadAsync(), Keep)).Dispose();
        _time.Advance(Keep - TimeSpan.FromSeconds(1));

        (await shelf.BorrowAsync("a", _ => LoadAsync(), keepFor: null)).Dispose();
        _time.Advance(Keep * 100);

        Assert.False(Assert.Single(_loaded).IsDisposed);
    }

    [Fact]
    public async Task What_could_not_be_loaded_is_tried_anew()
    {
        await using var shelf = new ModelShelf(_time);

        var error = await Assert.ThrowsAsync<ModelException>(() =>
            shelf.BorrowAsync("a", Task<Book> (_) => throw new ModelException(ModelError.Corrupt, "It is broken."), Keep));
        using var loan = await shelf.BorrowAsync("a", _ => LoadAsync(), Keep);

        Assert.Equal("It is broken.", error.Message);
        Assert.Single(_loaded);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_leaves_the_load_to_the_others()
    {
        await using var shelf = new ModelShelf(_time);
        var loading = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var first = shelf.BorrowAsync("a", _ => LoadAsync(loading.Task), Keep, cancellationToken: cancellation.Token);
        var second = shelf.BorrowAsync("a", _ => LoadAsync(loading.Task), Keep);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        loading.SetResult();
        using var loan = await second;

        Assert.Equal([("a", 1, null)], shelf.List());
    }

    private async Task<Book> LoadAsync(Task? until = null)
    {
        await (until ?? Task.CompletedTask);
        var book = new Book();
        lock (_loaded)
        {
            _loaded.Add(book);
        }

        return book;
    }

    private sealed class Book : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
