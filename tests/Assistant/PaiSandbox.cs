using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Fakes;

namespace PersonalAi.Tests.Assistant;

/// <summary>Runs pai in a data folder and an environment of its own, in this process or in one of its own.</summary>
internal sealed class PaiSandbox : IDisposable
{
    public PaiSandbox()
    {
        Environment["PAI_DATA"] = Data;
        Environment["PAI_RUN"] = Run;

        // Most tests are of other things than the engine process, which would have to start and load anew for each of them.
        Environment["PAI_ENGINE_IN_PROCESS"] = "true";
    }

    public string Data { get; } = Directory.CreateTempSubdirectory("pai-test-").FullName;

    /// <summary>The folder of the engine process's socket.</summary>
    public string Run => Path.Combine(Data, "run");

    public string Configuration => Path.Combine(Data, "config.yaml");

    public Dictionary<string, string> Environment { get; } = [];

    public Interrupts Interrupts { get; } = new();

    /// <summary>What standard input holds.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether a person sits at all three streams.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>The program that processes are started under, with its arguments; empty where there is none.</summary>
    public IReadOnlyList<string> Under { get; set; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>With the starter model at hand, and one thread, since tests run beside each other.</summary>
    public static PaiSandbox WithStarter(TimeProvider? time = null)
    {
        var pai = new PaiSandbox { Time = time ?? TimeProvider.System };
        pai.Environment["PAI_MODELS"] = Path.GetDirectoryName(TestModels.StarterPath)!;
        pai.Environment["PAI_MODEL_THREADS"] = "1";
        return pai;
    }

    /// <summary>With a model of 15 million parameters and 256 tokens of context, which makes up a story whatever it is asked.</summary>
    public static PaiSandbox WithStories()
    {
        var pai = WithStarter();
        pai.Environment["PAI_MODEL"] = TestModels.Stories15MPath;
        pai.Environment["PAI_MODEL_TEMPLATE"] = "zephyr";
        pai.Environment["PAI_SAMPLING_TEMPERATURE"] = "0";
        return pai;
    }

    /// <summary>The database of the data folder, opened beside pai.</summary>
    public Task<MemoryDatabase> OpenDatabaseAsync() =>
        MemoryDatabase.OpenAsync(Path.Combine(Data, "pai.db"), Time, NullLogger.Instance);

    /// <summary>The turns of the session that was used last.</summary>
    public async Task<List<Turn>> PathAsync()
    {
        await using var database = await OpenDatabaseAsync();
        var session = await new SessionCatalog(database, TimeProvider.System).LatestAsync();
        return await new ConversationLog(database, TimeProvider.System, NullLogger<ConversationLog>.Instance).PathAsync(session!.Id);
    }

    public async Task<PaiResult> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var console = new ConsoleStreams(() => new StringReader(Input), output, error)
        {
            InputIsTerminal = IsTerminal,
            OutputIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
        };
        var code = await PaiRunner.RunAsync(arguments, new ProcessContext(console, Environment.GetValueOrDefault, Interrupts) { Time = Time });
        return new PaiResult((int)code, Normal(output.ToString()), Normal(error.ToString()));
    }

    public async Task<PaiResult> RunProcessAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(Input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new PaiResult(process.ExitCode, Normal(await output), Normal(await error));
    }

    /// <summary>Starts pai as a process of its own, with its three streams redirected.</summary>
    public Process Start(params string[] arguments)
    {
        string[] words = [.. Under, "dotnet", Path.Combine(AppContext.BaseDirectory, "pai.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((var name, var value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until a part of an answer has been committed.</summary>
    /// <param name="tick">Called while waiting, to move a clock that stands still.</param>
    public async Task WaitForAnswerAsync(Action? tick = null)
    {
        while (!File.Exists(Path.Combine(Data, "pai.db")))
        {
            await Task.Yield();
        }

        await using var database = await OpenDatabaseAsync();
        var sessions = new SessionCatalog(database, TimeProvider.System);
        var log = new ConversationLog(database, TimeProvider.System, NullLogger<ConversationLog>.Instance);
        while (await sessions.LatestAsync() is not { } session || (await log.PathAsync(session.Id)) is not [{ Answer.Length: > 0 }, ..])
        {
            tick?.Invoke();
            await Task.Delay(50);
        }
    }

    public string Read(string path) => Normal(File.ReadAllText(Path.Combine(Data, path)));

    public string Write(string path, string text)
    {
        var file = Path.Combine(Data, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n");
}

/// <summary>How a run of pai ended, and what it printed.</summary>
internal sealed record PaiResult(int ExitCode, string Output, string Error);
