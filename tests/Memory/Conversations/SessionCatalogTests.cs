using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class SessionCatalogTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private SessionCatalog _sessions = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _sessions = Sessions(_database);
    }

    [Fact]
    public async Task A_session_is_read_back_as_it_was_made()
    {
        var settings = Settings with { SystemPrompt = "Answer in rhymes." };

        var made = await _sessions.CreateAsync(settings, "  Two\nlines ", cancellationToken: Stop);

        Assert.Equal(new Session(made.Id, settings, Time.GetUtcNow(), Time.GetUtcNow()) { Title = "Two lines" }, made);
        Assert.Equal(made, await _sessions.GetAsync(made.Id, Stop));
    }

    [Fact]
    public async Task An_id_tells_its_time_in_its_short_form()
    {
        var session = await _sessions.CreateAsync(Settings, cancellationToken: Stop);

        Assert.Equal("019b7ca9-8c88", session.Id.ShortForm);
        Assert.Equal(Time.GetUtcNow().ToUnixTimeMilliseconds(), Convert.ToInt64(session.Id.ShortForm.Replace("-", "", StringComparison.Ordinal), 16));
    }

    [Fact]
    public async Task Any_unique_beginning_finds_a_session()
    {
        var first = await _sessions.CreateAsync(Settings, "First", cancellationToken: Stop);
        Time.Advance(TimeSpan.FromDays(400));
        await _sessions.CreateAsync(Settings, "Second", cancellationToken: Stop);
        var digits = first.Id.Value.ToString("N");

        string[] starts = [first.Id.ShortForm, first.Id.ToString(), first.Id.ToString().ToUpperInvariant(), digits[..10], $" {first.Id.ShortForm} "];
        var found = await Task.WhenAll(starts.Select(start => _sessions.FindAsync(start, Stop)));

        Assert.Equal(Enumerable.Repeat(first, starts.Length), found);
    }

    [Fact]
    public async Task A_beginning_of_several_ids_names_them()
    {
        var first = await _sessions.CreateAsync(Settings, cancellationToken: Stop);
        Time.Advance(TimeSpan.FromSeconds(1));
        var second = await _sessions.CreateAsync(Settings, cancellationToken: Stop);

        var refusal = await RefusalAsync(() => _sessions.FindAsync("019b", Stop));

        Assert.Equal((MemoryError.Ambiguous, $"Several sessions have ids that start with '019b': {first.Id}, {second.Id}; give more characters."), refusal);
    }

    [Theory]
    [InlineData("ffff")]
    [InlineData("")]
    [InlineData("not hex")]
    [InlineData("019b7cab-af88-7000-8000-0000000000000000")]
    [InlineData("' or 1=1 --")]
    public async Task What_no_id_starts_with_is_quoted(string start)
    {
        await _sessions.CreateAsync(Settings, cancellationToken: Stop);

        var refusal = await RefusalAsync(() => _sessions.FindAsync(start, Stop));

        Assert.Equal((MemoryError.NotFound, $"No session has an id that starts with '{start}'; list the sessions to see their ids."), refusal);
    }

    [Fact]
    public async Task The_last_used_session_is_the_latest()
    {
        var first = await _sessions.CreateAsync(Settings, "First", cancellationToken: Stop);
        Time.Advance(TimeSpan.FromMinutes(1));
        var second = await _sessions.CreateAsync(Settings, "Second", cancellationToken: Stop);
        Time.Advance(TimeSpan.FromMinutes(1));
        await ExchangeAsync(_database, first.Id, "Hello", "Hi.");
        await _sessions.RenameAsync(second.Id, "Renamed", Stop);

        var listed = await _sessions.ListAsync(cancellationToken: Stop);

        Assert.Equal(["First", "Renamed"], listed.Select(session => session.Title));
        Assert.Equal(listed[0], await _sessions.LatestAsync(Stop));
        Assert.Equal([listed[0]], await _sessions.ListAsync(limit: 1, cancellationToken: Stop));
    }

    [Fact]
    public async Task Without_a_session_there_is_no_latest() => Assert.Null(await _sessions.LatestAsync(Stop));

    [Fact]
    public async Task The_trash_hides_a_session_and_gives_it_back_whole()
    {
        var session = await _sessions.CreateAsync(Settings, "Gone", cancellationToken: Stop);
        var turn = await ExchangeAsync(_database, session.Id, "A secret", "Kept.");
        Time.Advance(TimeSpan.FromHours(1));

        var deleted = await _sessions.DeleteAsync(session.Id, Stop);
        Time.Advance(TimeSpan.FromHours(1));
        var again = await _sessions.DeleteAsync(session.Id, Stop);
        var visible = await _sessions.ListAsync(cancellationToken: Stop);
        var all = await _sessions.ListAsync(includeDeleted: true, cancellationToken: Stop);
        var restored = await _sessions.RestoreAsync(session.Id, Stop);

        Assert.Equal(Time.GetUtcNow() - TimeSpan.FromHours(1), deleted.DeletedAt);
        Assert.Equal(deleted, again);
        Assert.Empty(visible);
        Assert.Equal([deleted], all);
        Assert.Equal(deleted with { DeletedAt = null }, restored);
        Assert.Equal([turn], await Log(_database).PathAsync(session.Id, Stop));
    }

    [Fact]
    public async Task A_session_in_the_trash_takes_no_turn()
    {
        var session = await _sessions.CreateAsync(Settings, cancellationToken: Stop);
        await _sessions.DeleteAsync(session.Id, Stop);

        var refusal = await RefusalAsync(() => ExchangeAsync(_database, session.Id, "Hello?", ""));

        Assert.Equal((MemoryError.NotFound, $"The session '{session.Id}' is in the trash; restore it first."), refusal);
    }

    [Fact]
    public async Task A_session_goes_on_with_other_settings()
    {
        var session = await _sessions.CreateAsync(Settings with { SystemPrompt = "Old" }, "Title", cancellationToken: Stop);

        var changed = await _sessions.ConfigureAsync(session.Id, new SessionSettings("coder", "llama/other"), Stop);

        Assert.Equal(session with { Settings = new SessionSettings("coder", "llama/other") }, changed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public async Task An_empty_title_is_refused(string title)
    {
        var session = await _sessions.CreateAsync(Settings, "Title", cancellationToken: Stop);

        var refusal = await RefusalAsync(() => _sessions.RenameAsync(session.Id, title, Stop));

        Assert.Equal((MemoryError.Invalid, $"The title '{title}' has nothing to show; give one with a word in it."), refusal);
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_changed()
    {
        var id = SessionId.New(Time);
        Func<Task>[] actions =
        [
            () => _sessions.GetAsync(id, Stop),
            () => _sessions.RenameAsync(id, "Title", Stop),
            () => _sessions.ConfigureAsync(id, Settings, Stop),
            () => _sessions.DeleteAsync(id, Stop),
            () => _sessions.RestoreAsync(id, Stop),
            () => Log(_database).BeginTurnAsync(new NewTurn(id, "Hello", "llama/starter"), Stop),
            () => Log(_database).MoveHeadAsync(id, null, Stop),
        ];

        var refusals = await Task.WhenAll(actions.Select(RefusalAsync));

        Assert.All(refusals, refusal => Assert.Equal((MemoryError.NotFound, $"There is no session '{id}'; list the sessions to choose one."), refusal));
    }
}
