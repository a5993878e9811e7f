using System.Runtime.InteropServices;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Forgetting;

public sealed class MemoryEraserTests : MemoryTest
{
    private const string Secret = "My sister Quirina lives in Zanzibar.";

    [Fact]
    public async Task No_byte_of_a_fact_is_left_in_the_folder()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        for (var number = 0; number < 20; number++)
        {
            await facts.AddAsync(new NewFact($"Neighbour number {number} keeps bees.", FactKind.Knowledge), Stop);
        }

        var first = await facts.AddAsync(new NewFact("My sister Quirina lives in Mombasa.", FactKind.Relation), Stop);
        var fact = await facts.EditAsync(first.Id, new FactEdit { Text = Secret }, Stop);
        await IndexAsync(database);
        Assert.NotEmpty(await TracesAsync(Secret, "quirina", "zanzibar"));
        Assert.True(await HoldsAsync(VectorBytes(Secret)));

        var forgotten = await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);
        await new MemoryEraser(database).CleanAsync(Stop);

        Assert.Equal([first.Id, fact.Id], forgotten.Plan.Facts.Select(gone => gone.Id));
        Assert.Equal((2, 2, 0), (forgotten.Passages, forgotten.Vectors, forgotten.Summaries));
        Assert.Empty(await TracesAsync([.. forgotten.Plan.Text.Phrases, "Quirina", "Zanzibar", "Mombasa", "quirin", "zanzibar", "mombasa"]));
        Assert.False(await HoldsAsync(VectorBytes(Secret)));
        Assert.False(await HoldsAsync(VectorBytes("My sister Quirina lives in Mombasa.")));
        Assert.True(await HoldsAsync(VectorBytes("Neighbour number 3 keeps bees.")));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
        Assert.Equal((20L, 0L, 0L), (Number(File, "select count(*) from facts"), Number(File, "select count(*) from entities where name like 'Q%'"), Number(File, "select count(*) from cleaning where kind = 'database'")));
    }

    [Fact]
    public async Task The_words_in_the_conversation_stay_unless_they_are_to_go()
    {
        var database = await OpenAsync();
        var (turn, fact) = await LearnAsync(database);

        var plan = await new MemoryEraser(database).PlanAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);
        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Equal(
            [(PassagePart.Prompt, Secret), (PassagePart.Answer, "So your sister Quirina lives in Zanzibar!")],
            plan.Mentions.Select(mention => (mention.Part, mention.Words)));
        Assert.Contains(Secret, (await Log(database).GetTurnAsync(turn, Stop)).Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_and_what_repeats_them_become_a_marker()
    {
        var database = await OpenAsync();
        var (turn, fact) = await LearnAsync(database);
        var prompt = (await Log(database).GetTurnAsync(turn, Stop)).Prompt;
        var start = prompt.IndexOf("I keep", StringComparison.Ordinal);
        var bees = await new FactStore(database, Time).AddAsync(new NewFact("The user keeps bees.", FactKind.Profile) { Source = new FactSource(turn, start, "I keep bees.".Length) }, Stop);
        await IndexAsync(database);

        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id], Source = true }, Stop);
        await IndexAsync(database);
        await ForgettingChild.FinishAsync(new MemoryEraser(database), Stop);

        var after = await Log(database).GetTurnAsync(turn, Stop);
        Assert.Equal(("Hello. [forgotten] I keep bees.", "Nice. [forgotten] How are the bees?"), (after.Prompt, after.Answer));
        Assert.Equal("I keep bees.", (await new FactStore(database, Time).GetAsync(bees.Id, Stop)).Source!.Value.WordsIn(after.Prompt));
        Assert.Equal("Hello. [forgotten] I keep bees.", Text(File, "select title from sessions"));
        Assert.Equal(0, Number(File, "select count(*) from turn_search where turn_search match 'quirina'"));
        Assert.Empty(await TracesAsync("Quirina", "quirina", "Zanzibar", "zanzibar"));
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Theory]
    [InlineData("Do you like Zanzibar? Hello, my sister Quirina! How are you?", "Hello, my sister Quirina!")]
    [InlineData("Quirina is living in Zanzibar", "Quirina is living in Zanzibar")]
    [InlineData("My sister lives alone. Quirina is a nice name.", null)]
    public void A_sentence_that_says_most_of_it_repeats_it(string text, string? repeated)
    {
        var found = new ForgottenText([Secret]).RepeatedIn(text).Select(range => text[range]);

        Assert.Equal(repeated is null ? [] : [repeated], found);
    }

    [Fact]
    public async Task Summaries_that_speak_of_it_go_and_others_stay()
    {
        var database = await OpenAsync();
        var (turn, fact) = await LearnAsync(database);
        var session = (await Sessions(database).LatestAsync(Stop))!.Id;
        await Log(database).AddSummaryAsync(session, new Summary(turn, "The user's sister Quirina is living in Zanzibar; they keep bees.", 12), Stop);
        await Log(database).AddSummaryAsync(session, new Summary(turn, "The user keeps bees.", 5), Stop);

        var forgotten = await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Equal(1, forgotten.Summaries);
        Assert.Equal("The user keeps bees.", Text(File, "select group_concat(text) from summaries"));
        Assert.Equal([session], await new MemoryEraser(database).SessionsToCleanAsync(Stop));
    }

    [Fact]
    public async Task Notes_that_a_model_was_given_of_it_go()
    {
        var database = await OpenAsync();
        var (_, fact) = await LearnAsync(database);
        var session = (await Sessions(database).LatestAsync(Stop))!.Id;
        var later = await ExchangeAsync(database, session, "What do you know?", "Something.");
        using (var connection = Connect(File))
        {
            connection.Execute(
                $"""
                update turns set memories = 'What you know about me:' || char(10) || '- (m1, 2026-01-02) {fact.Text.Replace("'", "''", StringComparison.Ordinal)}' || char(10)
                    || 'What I told you earlier:' || char(10) || '- (m2, 2026-01-02) {Secret}' || char(10) || '- (m3, 2026-01-02) Bees make honey.' || char(10) || char(10) where id = '{later.Id}';
                update sessions set core_memory = 'About me:' || char(10) || '- {Secret}' || char(10) || char(10) || 'Messages may have notes.'
                """);
        }

        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Equal("What I told you earlier:\n- (m3, 2026-01-02) Bees make honey.\n\n", Text(File, $"select memories from turns where id = '{later.Id}'"));
        Assert.Equal("Messages may have notes.", Text(File, "select core_memory from sessions"));
    }

    [Fact]
    public async Task A_session_goes_whole_with_what_was_learnt_in_it()
    {
        var database = await OpenAsync();
        await LearnAsync(database);
        var session = (await Sessions(database).LatestAsync(Stop))!.Id;
        var kept = await new FactStore(database, Time).AddAsync(new NewFact("Bees make honey.", FactKind.Knowledge), Stop);
        await IndexAsync(database);
        await Sessions(database).DeleteAsync(session, Stop);

        var forgotten = await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Session = session }, Stop);
        await new MemoryEraser(database).CleanAsync(Stop);

        Assert.Equal((1, 1, 3), (forgotten.Plan.Facts.Count, forgotten.Plan.Turns.Count, forgotten.Vectors));
        Assert.Empty(await TracesAsync("Quirina", "quirina", "Zanzibar", "keep bees", "How are"));
        Assert.False(await HoldsAsync(VectorBytes(Secret)));
        Assert.Equal([kept], await new FactStore(database, Time).ListAsync(cancellationToken: Stop));
        Assert.Empty(await Sessions(database).ListAsync(includeDeleted: true, cancellationToken: Stop));
        Assert.Equal(["cleaning"], (await new MemoryVerification(database).VerifyAsync(Stop)).Select(damage => damage.Check));
        await new MemoryEraser(database).SessionCleanedAsync(session, Stop);
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Fact]
    public async Task Cleaning_that_another_program_prevents_stays_due()
    {
        var database = await OpenAsync(new DatabaseOptions { BusyTimeout = TimeSpan.Zero });
        var fact = await new FactStore(database, Time).AddAsync(new NewFact(Secret, FactKind.Relation), Stop);
        var eraser = new MemoryEraser(database);
        await eraser.ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        (MemoryError, string) refusal;
        using (var other = Connect(File))
        {
            other.Execute("begin");
            other.Number("select count(*) from facts");
            refusal = await RefusalAsync(() => eraser.CleanAsync(Stop));
        }

        var due = await eraser.IsCleaningDueAsync(Stop);
        await eraser.CleanAsync(Stop);

        Assert.Equal(
            (MemoryError.Locked, $"The database '{File}' is read by another program, so its log still holds what was deleted; close that program, and the next start finishes this."),
            refusal);
        Assert.True(due);
        Assert.False(await eraser.IsCleaningDueAsync(Stop));
        Assert.Empty(await TracesAsync("Quirina", "quirina"));
    }

    [Fact]
    public async Task Where_one_of_several_facts_is_unknown_none_is_forgotten()
    {
        var database = await OpenAsync();
        var fact = await new FactStore(database, Time).AddAsync(new NewFact(Secret, FactKind.Relation), Stop);
        var unknown = FactId.New(Time);

        var refusal = await RefusalAsync(() => new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id, unknown] }, Stop));

        Assert.Equal((MemoryError.NotFound, $"There is no fact '{unknown}'; list the facts to choose one."), refusal);
        Assert.Single(await new FactStore(database, Time).ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task Undo_brings_nothing_back()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var fact = await facts.AddAsync(new NewFact(Secret, FactKind.Relation), Stop);
        await facts.PinAsync(fact.Id, cancellationToken: Stop);

        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Null(await new FactJournal(database, Time).UndoAsync(Stop));
        Assert.Equal(0, Number(File, "select count(*) from changes"));
    }

    private static byte[] VectorBytes(string text) => MemoryMarshal.AsBytes(HashEmbeddings.VectorOf(text).AsSpan()).ToArray();

    // A turn that says the secret, an answer that repeats it, and the fact that was learnt from it.
    [Fact]
    public async Task What_tools_were_asked_and_answered_of_it_goes_and_the_calls_stand_where_they_stood()
    {
        var database = await OpenAsync();
        var (turn, fact) = await LearnAsync(database);
        var session = (await Log(database).GetTurnAsync(turn, Stop)).Session;
        const string Answer = "I look. Your sister Quirina lives in Zanzibar. It is warm there.";
        var later = await Log(database).BeginTurnAsync(new NewTurn(session, "What is the weather like?", "llama/starter"), Stop);
        var tools = new TurnTools
        {
            Rounds =
            [
                new ToolRound("My sister Quirina lives in Zanzibar.", 7, [new ToolUse("1", "memory_search", "{\"query\":\"bees\"}", "succeeded", $"Two bees.\n{Secret}")]),
                new ToolRound("Call.", Answer.IndexOf(" It is", StringComparison.Ordinal), [new ToolUse("2", "note", $"{{\"text\":\"{Secret}\"}}", "denied", "No.")]),
            ],
        };
        await Log(database).SaveToolsAsync(later.Id, tools, [], Stop);
        await Log(database).FinishTurnAsync(later.Id, Answer, new TurnOutcome(TurnStatus.Complete), Stop);
        await IndexAsync(database);

        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id], Source = true }, Stop);
        await new MemoryEraser(database).CleanAsync(Stop);

        var after = await Log(database).GetTurnAsync(later.Id, Stop);
        Assert.Equal("I look. [forgotten] It is warm there.", after.Answer);
        Assert.Equal(["I look.", "I look. [forgotten]"], after.Tools!.Rounds.Select(round => after.Answer[..round.AnswerLength]));
        Assert.Equal(["[forgotten]", "Call."], after.Tools.Rounds.Select(round => round.Raw));
        Assert.Equal(
            [("{\"query\":\"bees\"}", "Two bees.\n[forgotten]"), ("{}", "No.")],
            after.Tools.Rounds.SelectMany(round => round.Uses).Select(use => (use.Arguments, use.Result)));
        Assert.Empty(await TracesAsync("Quirina", "quirina", "Zanzibar", "zanzibar"));
    }

    private async Task<(TurnId Turn, Fact Fact)> LearnAsync(MemoryDatabase database)
    {
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var prompt = $"Hello. {Secret} I keep bees.";
        var turn = await ExchangeAsync(database, session.Id, prompt, "Nice. So your sister Quirina lives in Zanzibar! How are the bees?");
        var fact = await new FactStore(database, Time).AddAsync(
            new NewFact("The user's sister Quirina lives in Zanzibar.", FactKind.Relation) { Source = new FactSource(turn.Id, 7, Secret.Length) }, Stop);
        return (turn.Id, fact);
    }

    private async Task IndexAsync(MemoryDatabase database)
    {
        var indexer = new MemoryIndexer(database, Time);
        await indexer.IndexTurnsAsync(Stop);
        await indexer.EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
    }

    private async Task<IEnumerable<Trace>> TracesAsync(params string[] texts) => (await TraceSearch.InFilesAsync(Folder, texts, Stop)).Found;

    private async Task<bool> HoldsAsync(byte[] bytes)
    {
        foreach (var file in Directory.GetFiles(Folder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, Stop);

            // A vector may lie on two pages of the file: a part of it is enough.
            if (bytes.Chunk(16).Any(part => content.AsSpan().IndexOf(part) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}
