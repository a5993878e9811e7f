using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Facts.Writing.Queue;
using PersonalAi.Memory.Storage;
using PersonalAi.Tests.Memory.Documents.Ingestion;
using PersonalAi.Tests.Memory.Exchange;
using PersonalAi.Tests.Memory.Forgetting;
using PersonalAi.Tests.Memory.Encryption;

namespace PersonalAi.Tests.Memory;

/// <summary>What a second process does with a database: it says each step on its standard output, and may be killed at any of them.</summary>
internal sealed class MemoryChild : IDisposable
{
    public const string Argument = "--memory-child";

    private readonly Process _process;

    private MemoryChild(Process process) => _process = process;

    /// <summary>Starts this test program as a process of its own.</summary>
    public static MemoryChild Start(string task, string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", typeof(MemoryChild).Assembly.Location, Argument, task, folder])
        {
            start.ArgumentList.Add(argument);
        }

        return new MemoryChild(Process.Start(start)!);
    }

    public static async Task<int> RunAsync(string task, string folder)
    {
        if (task.StartsWith(ForgettingChild.Name, StringComparison.Ordinal))
        {
            return await ForgettingChild.RunAsync(task, folder);
        }

        if (task == IngestionChild.Name)
        {
            return await IngestionChild.RunAsync(folder);
        }

        if (task == ImportChild.Task)
        {
            return await ImportChild.RunAsync(folder);
        }

        if (task == "platform-sqlite")
        {
            // A program folder without the SQLite that setup builds.
            AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", folder);
        }

        if (task == "rekey-for-ever")
        {
            return await RekeyAsync(Path.Combine(folder, "pai.db"));
        }

        await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, "pai.db"), TimeProvider.System, NullLogger.Instance);
        var session = await new SessionCatalog(database, TimeProvider.System).CreateAsync(new SessionSettings("default", "llama/starter"));
        var log = new ConversationLog(database, TimeProvider.System, NullLogger<ConversationLog>.Instance);
        return task switch
        {
            "platform-sqlite" => await SearchAsync(database, log, session),
            "write-for-ever" => await WriteAsync(log, session, int.MaxValue),
            "write-some" => await WriteAsync(log, session, 50),
            "write-facts" => await WriteFactsAsync(database, log, session),
            "answer-and-wait" => await AnswerAndWaitAsync(log, session),
            _ => 2,
        };
    }

    public async Task<string?> NextLineAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    // On Unix this is kill -9.
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // One line for each commit: complete turns, and before each an answer in the middle.
    private static async Task<int> WriteAsync(ConversationLog log, Session session, int turns)
    {
        for (var number = 1; number <= turns; number++)
        {
            var turn = await log.BeginTurnAsync(new NewTurn(session.Id, $"Question {number}", "llama/starter"));
            await SayAsync($"began {turn.Id}");
            await log.SaveAnswerAsync(turn.Id, $"Half of answer {number}");
            await SayAsync($"saved {turn.Id}");
            await log.FinishTurnAsync(turn.Id, $"Answer {number}", new TurnOutcome(TurnStatus.Complete));
            await SayAsync($"finished {turn.Id}");
        }

        return 0;
    }

    // From one of two keys to the other; it says when it begins.
    private static async Task<int> RekeyAsync(string path)
    {
        while (true)
        {
            var present = KeyFile.Of(path)!.Open(TwoSecrets.Find(path));
            await SayAsync("begins");
            await new DatabaseEncryption(path).ChangeKeyAsync(present, KeyFile.FromSecret(TwoSecrets.Other(path)));
        }
    }

    // One line for each turn that facts were written of.
    private static async Task<int> WriteFactsAsync(MemoryDatabase database, ConversationLog log, Session session)
    {
        var writer = new FactWriter(database, TimeProvider.System);
        for (var number = 1; ; number++)
        {
            var turn = await log.BeginTurnAsync(new NewTurn(session.Id, string.Create(CultureInfo.InvariantCulture, $"Remember that box {number} holds my skates."), "llama/starter"));
            await log.FinishTurnAsync(turn.Id, "Noted.", new TurnOutcome(TurnStatus.Complete));
            await writer.WriteAsync();
            await SayAsync($"wrote {turn.Id}");
        }
    }

    private static async Task<int> AnswerAndWaitAsync(ConversationLog log, Session session)
    {
        var turn = await log.BeginTurnAsync(new NewTurn(session.Id, "Question", "llama/starter"));
        await log.SaveAnswerAsync(turn.Id, "Half of the answer");
        await SayAsync($"saved {turn.Id}");
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }

    private static async Task<int> SearchAsync(MemoryDatabase database, ConversationLog log, Session session)
    {
        await WriteAsync(log, session, 1);
        var hits = await new ConversationSearch(database).SearchAsync("answers");
        await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{SqliteLibrary.Load().Source} {hits.Count}"));
        return 0;
    }

    private static async Task SayAsync(string line)
    {
        await Console.Out.WriteLineAsync(line);
        await Console.Out.FlushAsync();
    }
}
