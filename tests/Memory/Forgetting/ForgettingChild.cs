using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Tests.Fakes;

namespace PersonalAi.Tests.Memory.Forgetting;

/// <summary>
/// What a second process does until it is killed: it remembers and forgets at random, and says <c>forgetting WORD</c> before and
/// <c>forgot WORD</c> after it. Each thing it remembers has a word of its own, by which it can be found in the bytes of a file.
/// </summary>
internal sealed class ForgettingChild(MemoryDatabase database, Random random)
{
    public const string Name = "remember-and-forget-";

    private readonly FactStore _facts = new(database, TimeProvider.System);
    private readonly MemoryEraser _eraser = new(database);
    private readonly ConversationLog _log = new(database, TimeProvider.System, NullLogger<ConversationLog>.Instance);

    public static async Task<int> RunAsync(string task, string folder)
    {
        var random = new Random(int.Parse(task.AsSpan(Name.Length), CultureInfo.InvariantCulture));
        await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, "pai.db"), TimeProvider.System, NullLogger.Instance);
        var child = new ForgettingChild(database, random);
        await FinishAsync(child._eraser);
        await Console.Out.WriteLineAsync("opened");
        while (true)
        {
            await child.StepAsync();
        }
    }

    /// <summary>What the next start does about what a killed process could not finish.</summary>
    public static async Task FinishAsync(MemoryEraser eraser, CancellationToken cancellationToken = default)
    {
        foreach (var session in await eraser.SessionsToCleanAsync(cancellationToken))
        {
            await eraser.SessionCleanedAsync(session, cancellationToken);
        }

        await eraser.CleanAsync(cancellationToken);
    }

    private Task StepAsync() => random.Next(10) switch
    {
        0 or 1 => AddAsync(),
        2 or 3 => LearnAsync(),
        4 => EditAsync(),
        5 => new DocumentStore(database, TimeProvider.System).PutAsync(
            new NewDocument($"{random.Next(5)}.md", "Notes", "text/markdown", $"{random.Next()}", 1),
            [.. Enumerable.Range(0, random.Next(1, 6)).Select(line => new DocumentChunk($"Line {line} about {Word()}."))]),
        6 or 7 => IndexAsync(),
        _ => ForgetAsync(),
    };

    private async Task AddAsync() => await _facts.AddAsync(new NewFact($"The colour of Ms {Word()} is green.", FactKind.Knowledge));

    // A turn that says it, an answer that repeats it, and the fact.
    private async Task LearnAsync()
    {
        var sessions = new SessionCatalog(database, TimeProvider.System);
        var session = await sessions.LatestAsync() is { TurnCount: < 5 } latest ? latest : await sessions.CreateAsync(new SessionSettings("default", "llama/starter"));
        var said = $"The colour of Ms {Word()} is blue.";
        var turn = await _log.BeginTurnAsync(new NewTurn(session.Id, $"Hello. {said}", "llama/starter"));
        await _log.FinishTurnAsync(turn.Id, $"I see! {said}", new TurnOutcome(TurnStatus.Complete));
        await _facts.AddAsync(new NewFact(said, FactKind.Relation) { Source = new FactSource(turn.Id, 7, said.Length) });
    }

    private async Task EditAsync()
    {
        if (await AnyAsync() is { } fact)
        {
            await _facts.EditAsync(fact.Id, new FactEdit { Text = fact.Text.Replace("is", "was", StringComparison.Ordinal) });
        }
    }

    private async Task IndexAsync()
    {
        var indexer = new MemoryIndexer(database, TimeProvider.System);
        await indexer.IndexTurnsAsync();
        await indexer.EmbedAsync(HashEmbeddings.Embedder);
    }

    private async Task ForgetAsync()
    {
        if (await AnyAsync() is not { } fact)
        {
            return;
        }

        var word = fact.Text.Split(' ')[4];
        await Console.Out.WriteLineAsync($"forgetting {word}");
        await _eraser.ForgetAsync(new ForgetRequest { Facts = [fact.Id], Source = true });
        await Console.Out.WriteLineAsync($"forgot {word}");
        await FinishAsync(_eraser);
    }

    private async Task<Fact?> AnyAsync() => await _facts.ListAsync(limit: 100) is { Count: > 0 } facts ? facts[random.Next(facts.Count)] : null;

    // Not of the seed: the same child starts many times in one folder.
    private static string Word() => $"Q{Guid.NewGuid():N}"[..17];
}
