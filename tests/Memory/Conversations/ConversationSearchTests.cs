using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class ConversationSearchTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private ConversationSearch _search = null!;
    private Session _session = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _search = new ConversationSearch(_database);
        _session = await Sessions(_database).CreateAsync(Settings, "Kitchen", cancellationToken: Stop);
    }

    [Fact]
    public async Task A_hit_names_its_turn_and_marks_the_match()
    {
        var turn = await ExchangeAsync(_database, _session.Id, "How long do I boil an egg?", "Ten minutes make it hard.");

        var hit = Assert.Single(await _search.SearchAsync("boiling eggs", cancellationToken: Stop));

        Assert.Equal((_session.Id, "Kitchen", turn.Id, turn.CreatedAt), (hit.Session, hit.Title, hit.Turn, hit.At));
        Assert.Equal([new("How long do I ", false), new("boil", true), new(" an ", false), new("egg", true), new("?", false)], hit.Snippet);
    }

    [Theory]
    [InlineData("egg")]
    [InlineData("EGGS")]
    [InlineData("minutes hard")]
    [InlineData("hard minutes")]
    [InlineData("\"boil an egg\"")]
    [InlineData("\"boil an egg")]
    [InlineData("min*")]
    [InlineData("zurich")]
    [InlineData("Zürich")]
    [InlineData("東京")]
    [InlineData("egg 😀")]
    [InlineData("C++")]
    [InlineData("egg-cup")]
    [InlineData("don't")]
    [InlineData("NOT AND OR NEAR(")]
    [InlineData("prompt:egg")]
    [InlineData("a\0b")]
    public async Task These_queries_find_the_turn(string query)
    {
        await ExchangeAsync(_database, _session.Id, "How long do I boil an egg for an egg-cup in Zürich, 東京? Don't shout NOT, AND, OR, NEAR.", "Ten minutes make it hard. In C++: prompt: egg; a b.");

        Assert.Single(await _search.SearchAsync(query, cancellationToken: Stop));
    }

    [Theory]
    [InlineData("egg bacon")]
    [InlineData("\"egg an boil\"")]
    [InlineData("minu")]
    [InlineData("egg OR bacon")]
    [InlineData("egg NOT bacon")]
    [InlineData("answer:boil")]
    [InlineData("^egg\" OR \"boil")]
    public async Task These_queries_find_nothing(string query)
    {
        await ExchangeAsync(_database, _session.Id, "How long do I boil an egg?", "Ten minutes make it hard.");

        Assert.Empty(await _search.SearchAsync(query, cancellationToken: Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\"\"")]
    [InlineData("*")]
    [InlineData("😀 !?")]
    public async Task A_query_without_a_word_is_refused(string query)
    {
        var refusal = await RefusalAsync(() => _search.SearchAsync(query, cancellationToken: Stop));

        Assert.Equal((MemoryError.Invalid, $"The search '{query}' has no letter or digit in it; give a word to search for."), refusal);
    }

    [Fact]
    public async Task The_better_match_comes_first_and_equal_ones_newest_first()
    {
        var weak = await ExchangeAsync(_database, _session.Id, "A long text about the garden in which, at its very end, there is one hen.", "Yes.");
        var old = await ExchangeAsync(_database, _session.Id, "hen hen", "hen");
        var recent = await ExchangeAsync(_database, _session.Id, "hen hen", "hen");

        var hits = await _search.SearchAsync("hen", cancellationToken: Stop);
        var limited = await _search.SearchAsync("hen", limit: 1, cancellationToken: Stop);

        Assert.Equal([recent.Id, old.Id, weak.Id], hits.Select(hit => hit.Turn));
        Assert.Equal([recent.Id], limited.Select(hit => hit.Turn));
    }

    [Fact]
    public async Task The_trash_is_not_searched()
    {
        await ExchangeAsync(_database, _session.Id, "An egg", "Yes.");
        await Sessions(_database).DeleteAsync(_session.Id, Stop);

        var deleted = await _search.SearchAsync("egg", cancellationToken: Stop);
        await Sessions(_database).RestoreAsync(_session.Id, Stop);
        var restored = await _search.SearchAsync("egg", cancellationToken: Stop);

        Assert.Equal((0, 1), (deleted.Count, restored.Count));
    }

    [Fact]
    public async Task Every_branch_is_searched_and_the_index_stays_right()
    {
        var turn = await ExchangeAsync(_database, _session.Id, "An egg", "Boiled.");
        var log = Log(_database);
        var retried = await log.BeginTurnAsync(new NewTurn(_session.Id, "An egg", "llama/starter") { InsteadOf = turn.Id }, Stop);
        await log.SaveAnswerAsync(retried.Id, "Fried", Stop);
        await log.FinishTurnAsync(retried.Id, "Poached", new TurnOutcome(TurnStatus.Interrupted), Stop);
        await log.FinishTurnAsync(retried.Id, "Scrambled", new TurnOutcome(TurnStatus.Complete), Stop);

        var found = await Task.WhenAll(((string[])["egg", "boiled", "fried", "poached", "scrambled"]).Select(async word =>
            (await _search.SearchAsync(word, cancellationToken: Stop)).Count));

        Assert.Equal([2, 1, 0, 0, 1], found);
        // The index compares itself with the turns and fails where they differ.
        using var connection = Connect(File);
        using var check = connection.CreateCommand();
        check.CommandText = "insert into turn_search (turn_search, rank) values ('integrity-check', 1)";
        await check.ExecuteNonQueryAsync(Stop);
    }
}
