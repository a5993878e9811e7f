using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Exchange;
using PersonalAi.Memory.Forgetting;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class TurnRouteTests : MemoryTest
{
    private MemoryDatabase _database = null!;
    private Session _session = null!;

    public override async ValueTask InitializeAsync()
    {
        _database = await OpenAsync();
        _session = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
    }

    [Fact]
    public async Task A_turn_keeps_its_route()
    {
        var turn = await Log(_database).BeginTurnAsync(new NewTurn(_session.Id, "Hello", "llama/starter"), Stop);
        var route = new TurnRoute(
            [new RoutedStep("embed", "small_local_model", ["one reason"]), new RoutedStep("answer", "main_local_model", ["first", "second"]) { Suggestion = "escalation" }])
        {
            Confidence = new AnswerConfidence(12, -0.5, 0.75, 0.01) { Probability = 0.31 },
        };

        await Log(_database).FinishTurnAsync(turn.Id, "Hi.", new TurnOutcome(TurnStatus.Complete) { Route = route }, Stop);

        var stored = (await Log(_database).GetTurnAsync(turn.Id, Stop)).Route!;
        Assert.Equal(route.Confidence, stored.Confidence);
        Assert.Equal(route.Steps.Select(Text), stored.Steps.Select(Text));
        Assert.Equal(
            """{"steps":[{"step":"embed","capability":"small_local_model","reasons":["one reason"]},{"step":"answer","capability":"main_local_model","reasons":["first","second"],"suggestion":"escalation"}],"confidence":{"tokens":12,"mean_log_probability":-0.5,"mean_margin":0.75,"lowest_margin":0.01,"probability":0.31}}""",
            Text(File, "select route from turns"));
    }

    [Fact]
    public async Task A_turn_of_before_has_no_route_and_no_thumb()
    {
        var turn = await ExchangeAsync(_database, _session.Id, "Hello", "Hi.");

        Assert.Equal((null, null), (turn.Route, turn.Thumb));
    }

    [Fact]
    public async Task The_last_thumb_on_an_answer_counts()
    {
        var first = await ExchangeAsync(_database, _session.Id, "Hello", "Hi.");
        var second = await ExchangeAsync(_database, _session.Id, "And now?", "Hm.");
        await Log(_database).RateAsync(second.Id, isGood: true, Stop);
        await Log(_database).RateAsync(first.Id, isGood: true, Stop);
        Time.Advance(TimeSpan.FromMinutes(1));

        var rated = await Log(_database).RateAsync(first.Id, isGood: false, Stop);

        Assert.Equal(new TurnThumb(IsGood: false, Time.GetUtcNow()), rated.Thumb);
        Assert.Equal([(first.Id, false), (second.Id, true)], (await Log(_database).RatedAsync(cancellationToken: Stop)).Select(turn => (turn.Id, turn.Thumb!.IsGood)));
        Assert.Single(await Log(_database).RatedAsync(limit: 1, Stop));
    }

    [Fact]
    public async Task An_answer_that_is_being_written_is_not_rated()
    {
        var turn = await Log(_database).BeginTurnAsync(new NewTurn(_session.Id, "Hello", "llama/starter"), Stop);

        var refusal = await RefusalAsync(() => Log(_database).RateAsync(turn.Id, isGood: true, Stop));

        Assert.Equal((MemoryError.Invalid, $"The turn '{turn.Id}' is still being answered; rate it when it has ended."), refusal);
    }

    [Fact]
    public async Task Sessions_in_the_trash_and_forgotten_ones_have_no_say()
    {
        var kept = await ExchangeAsync(_database, _session.Id, "Hello", "Hi.");
        var trashed = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        var forgotten = await Sessions(_database).CreateAsync(Settings, cancellationToken: Stop);
        Turn[] turns = [kept, await ExchangeAsync(_database, trashed.Id, "A", "B"), await ExchangeAsync(_database, forgotten.Id, "C", "D")];
        foreach (var turn in turns)
        {
            await Log(_database).RateAsync(turn.Id, isGood: true, Stop);
        }

        await Sessions(_database).DeleteAsync(trashed.Id, Stop);
        await new MemoryEraser(_database).ForgetAsync(new ForgetRequest { Session = forgotten.Id }, Stop);

        Assert.Equal([kept.Id], (await Log(_database).RatedAsync(cancellationToken: Stop)).Select(turn => turn.Id));
        Assert.Equal(2, Number(File, "select count(*) from turns where thumb is not null"));
    }

    [Fact]
    public async Task Route_and_thumb_go_with_an_export_into_another_store()
    {
        var turn = await Log(_database).BeginTurnAsync(new NewTurn(_session.Id, "Hello", "llama/starter"), Stop);
        await Log(_database).FinishTurnAsync(
            turn.Id, "Hi.", new TurnOutcome(TurnStatus.Complete) { Route = new TurnRoute([new RoutedStep("answer", "main_local_model", ["why"])]) }, Stop);
        await Log(_database).RateAsync(turn.Id, isGood: false, Stop);
        var export = Path.Combine(Folder, "export.jsonl");
        await using (var writer = System.IO.File.CreateText(export))
        {
            await new MemoryExport(_database).WriteAsync(writer, Stop);
        }

        await using var other = await MemoryDatabase.OpenAsync(Path.Combine(Folder, "other.db"), Time, NullLogger.Instance, Stop);
        await new MemoryImport(other, Time).RunAsync(export, new ImportOptions(Settings), cancellationToken: Stop);

        var merged = await Log(other).GetTurnAsync(turn.Id, Stop);
        Assert.Equal(("answer main_local_model why ", new TurnThumb(IsGood: false, Time.GetUtcNow())), (Text(merged.Route!.Steps[0]), merged.Thumb));
    }

    private static string Text(RoutedStep step) => $"{step.Step} {step.Capability} {string.Join(", ", step.Reasons)} {step.Suggestion}";
}
