using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant;

/// <summary>pai with its models in the engine process, as a user runs it.</summary>
public sealed class EngineProcessTests
{
    [Fact]
    public async Task Two_questions_share_one_engine_process_and_one_load()
    {
        await using var engine = EngineSandbox.WithStories();

        var answers = await Task.WhenAll(Ask("One"), Ask("Two"));
        var status = await engine.Engine.StatusAsync();

        Assert.All(answers, answer => Assert.Equal((0, ""), (answer.ExitCode, answer.Error)));
        Assert.Equal(["all-minilm-l6-v2.F16.gguf", "stories15M.F16.gguf"], status!.Models.Select(model => Path.GetFileName(model.Path)).Order(StringComparer.Ordinal));
        Assert.Single(EnginesIn(engine.Pai.Run));

        Task<PaiResult> Ask(string text) => engine.Pai.RunProcessAsync("ask", text, "--json", "--max-tokens", "4");
    }

    [Fact]
    public async Task Answers_as_the_engine_in_the_same_process_does()
    {
        await using var engine = EngineSandbox.WithStories();

        var remote = await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--json", "--max-tokens", "24", "--seed", "7", "--temperature", "1");
        var local = await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--json", "--max-tokens", "24", "--seed", "7", "--temperature", "1", "--in-process");

        foreach (var name in new[] { "text", "model", "snapshot", "finish_reason", "usage", "route" })
        {
            Assert.Equal(Property(local, name), Property(remote, name));
        }
    }

    [Fact]
    public async Task The_client_never_loads_llama_cpp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists what another process has loaded.");
        await using var engine = EngineSandbox.WithStarter();
        using var asking = engine.Pai.Start("ask", "Count from one to five hundred.", "--temperature", "0");
        asking.StandardInput.Close();
        await engine.Pai.WaitForAnswerAsync();

        var client = await File.ReadAllTextAsync($"/proc/{asking.Id}/maps");
        var server = await File.ReadAllTextAsync($"/proc/{(await engine.ProcessAsync()).Id}/maps");
        asking.Kill();

        Assert.DoesNotContain("libllama", client, StringComparison.Ordinal);
        Assert.Contains("libllama", server, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ABRT")]
    [InlineData("KILL")]
    public async Task An_engine_that_dies_ends_the_answer_with_an_error_and_is_started_again(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var engine = EngineSandbox.WithStarter();
        var asking = engine.Pai.RunProcessAsync("ask", "Count from one to five hundred.", "--temperature", "0");
        await engine.Pai.WaitForAnswerAsync();

        using (var process = await engine.ProcessAsync())
        {
            await SignalAsync(signal, process);
        }

        var dead = await asking;
        var turn = Assert.Single(await engine.Pai.PathAsync());
        var after = await engine.Pai.RunAsync("ask", "What is the capital of France?", "--no-memory", "--temperature", "0");

        Assert.Equal(4, dead.ExitCode);
        Assert.Equal("pai: The engine process ended while it worked: ask again, which starts it anew; if it ends again, choose another model or other settings.\n", dead.Error);
        Assert.Equal(TurnStatus.Failed, turn.Outcome.Status);
        Assert.NotEmpty(turn.Answer);
        Assert.Equal(dead.Output.TrimEnd(), turn.Answer.TrimEnd());
        Assert.Equal(new PaiResult(0, "The capital of France is Paris.\n", ""), after);
    }

    [Fact]
    public async Task A_model_file_that_makes_llama_cpp_abort_takes_the_engine_along_but_not_pai()
    {
        await using var engine = EngineSandbox.WithStories();

        // Four heads cannot share three pairs of keys and values; llama.cpp finds that out in the middle of its work.
        var path = RandomModel.Write(Path.Combine(engine.Pai.Data, "hostile.gguf"), new LlamaShape { Heads = 4, KvHeads = 3 });

        var hostile = await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--model", path);
        var after = await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--max-tokens", "1");

        Assert.Equal(4, hostile.ExitCode);
        Assert.Matches(@"^pai: The engine process ended while it worked \(.*GGML_ASSERT\(.+\) failed\): ask again, which starts it anew; if it ends again, choose another model or other settings\.\n$", hostile.Error);
        Assert.Equal(0, after.ExitCode);
    }

    [Fact]
    public async Task A_chat_goes_on_with_a_new_engine_after_one_has_died()
    {
        await using var engine = EngineSandbox.WithStories();
        using var chat = engine.Pai.Start("chat", "--plain", "--max-tokens", "4");
        await chat.StandardInput.WriteLineAsync("One");
        await engine.Pai.WaitForAnswerAsync();

        using (var process = await engine.ProcessAsync())
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await chat.StandardInput.WriteLineAsync("Two");
        chat.StandardInput.Close();
        await chat.WaitForExitAsync();

        Assert.Equal(0, chat.ExitCode);
        Assert.Equal([TurnStatus.Complete, TurnStatus.Complete], (await engine.Pai.PathAsync()).Select(turn => turn.Outcome.Status));
    }

    [Fact]
    public async Task A_pipe_ends_with_the_answer_though_the_engine_lives_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The shell of this test is that of Unix.");
        await using var engine = EngineSandbox.WithStories();
        var inherited = Path.Combine(engine.Pai.Data, "inherited");
        var command = $"exec 9>'{inherited}'; dotnet '{Path.Combine(AppContext.BaseDirectory, "pai.dll")}' ask Hello --max-tokens 4 2>&1 | cat";
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in engine.Pai.Environment)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        using var process = await engine.ProcessAsync();

        Assert.NotEmpty(output);
        Assert.False(process.HasExited);
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(inherited, Directory.GetFiles($"/proc/{process.Id}/fd").Select(TargetOf));
        }
    }

    [Fact]
    public async Task Only_the_user_can_reach_the_engine_and_it_sees_nothing_that_it_does_not_need()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Only Linux shows the environment of another process.");
            return;
        }

        await using var engine = EngineSandbox.WithStories();
        engine.Pai.Environment["OPENAI_API_KEY"] = "secret";
        engine.Pai.Environment["PAI_PASSPHRASE"] = "secret";

        await engine.Pai.RunProcessAsync("ask", "Hello", "--max-tokens", "1");

        using var process = await engine.ProcessAsync();
        var names = (await File.ReadAllTextAsync($"/proc/{process.Id}/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).ToList();
        var modes = Directory.GetFiles(engine.Pai.Run).ToDictionary(path => Path.GetExtension(path), File.GetUnixFileMode);
        var (owner, file) = (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(owner, File.GetUnixFileMode(engine.Pai.Run));
        Assert.Equal(new Dictionary<string, UnixFileMode> { [".lock"] = file, [".log"] = file, [".sock"] = file }, modes);
        Assert.Contains("PAI_RUN", names);
        Assert.Empty(names.Intersect(["OPENAI_API_KEY", "PAI_PASSPHRASE", "PAI_DATA", "PAI_MODELS"]));
        Assert.Equal(process.Id, SessionOf(process));
    }

    [Fact]
    public async Task Nothing_that_people_wrote_is_in_the_engines_log()
    {
        await using var engine = EngineSandbox.WithStories();

        await engine.Pai.RunAsync("ask", "Xylophone", "--no-memory", "--max-tokens", "4");
        await engine.Pai.RunAsync("ask", "Xylophone", "--no-memory", "--max-tokens", "4", "--template", "esperanto");

        Assert.DoesNotContain("Xylophone", string.Concat(Directory.GetFiles(engine.Pai.Run, "*.log").Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_engine_unloads_its_model_and_then_ends()
    {
        await using var engine = EngineSandbox.WithStories();
        engine.Pai.Environment["PAI_ENGINE_IDLE_MINUTES"] = "0.001";
        await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--max-tokens", "1");

        while (await engine.Engine.StatusAsync() is not null)
        {
            await Task.Delay(200);
        }

        Assert.Empty(Directory.GetFiles(engine.Pai.Run, "*.sock"));
    }

    [Fact]
    public async Task Status_and_stop_tell_what_is()
    {
        await using var engine = EngineSandbox.WithStories();
        var absent = await engine.Pai.RunAsync("engine");
        await engine.Pai.RunAsync("ask", "Hello", "--no-memory", "--max-tokens", "1");

        var status = await engine.Pai.RunAsync("engine", "status", "--json");
        var doctor = await engine.Pai.RunAsync("doctor");
        var stopped = await engine.Pai.RunAsync("engine", "stop");
        var again = await engine.Pai.RunAsync("engine", "stop");

        using var json = JsonDocument.Parse(status.Output);
        Assert.Equal(new PaiResult(0, $"The engine process does not run; the next question starts it in '{engine.Pai.Run}'.\n", ""), absent);
        Assert.Equal("stories15M.F16", json.RootElement.GetProperty("models")[0].GetProperty("id").GetString());
        Assert.Matches(@"process        The engine process \d+ runs since today \d\d:\d\d with 1 model and [\d.]+ MB of memory, mapped weights included\.", doctor.Output);
        Assert.Equal(new PaiResult(0, "The engine process has ended.\n", ""), stopped);
        Assert.Equal(new PaiResult(0, "The engine process did not run.\n", ""), again);
    }

    [Fact]
    public async Task An_engine_that_cannot_be_loaded_is_said_as_in_one_process()
    {
        await using var engine = EngineSandbox.WithStories();
        engine.Pai.Environment["PAI_ENGINE"] = Path.Combine(engine.Pai.Data, "nowhere");

        var result = await engine.Pai.RunProcessAsync("ask", "Hello");
        await engine.Pai.RunProcessAsync("engine", "stop");

        Assert.Equal(4, result.ExitCode);
        Assert.StartsWith("pai: No llama.cpp libraries for ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_others_may_enter_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        await using var engine = EngineSandbox.WithStories();
        Directory.CreateDirectory(engine.Pai.Run, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);

        var result = await engine.Pai.RunAsync("ask", "Hello", "--no-memory");

        Assert.Equal(
            new PaiResult(4, "", $"pai: The folder '{engine.Pai.Run}' of the engine's socket may be used by others than you: make it yours with 'chmod 700', or set PAI_RUN to a folder that is.\n"),
            result);
    }

    [Fact]
    public async Task A_run_folder_with_too_long_a_path_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        using var pai = PaiSandbox.WithStories();
        pai.Environment.Remove("PAI_ENGINE_IN_PROCESS");
        pai.Environment["PAI_RUN"] = Path.Combine(pai.Data, new string('x', 90));

        var result = await pai.RunAsync("ask", "Hello", "--no-memory");

        Assert.Equal(4, result.ExitCode);
        Assert.EndsWith(".sock' has a path of more than 103 bytes, which the system cannot take: set PAI_RUN to a shorter folder.\n", result.Error, StringComparison.Ordinal);
    }

    private static string Property(PaiResult result, string name)
    {
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty(name).ToString();
    }

    private static string[] EnginesIn(string run) => Directory.GetFiles(run, "*.sock");

    private static async Task SignalAsync(string signal, Process process)
    {
        // .NET lets the first SIGABRT from outside pass, which abort() raises once more.
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
    }

    // The sixth field of proc_pid_stat(5), counted after the name, which may hold anything.
    private static int SessionOf(Process process)
    {
        var stat = File.ReadAllText($"/proc/{process.Id}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
    }

    // What is closed meanwhile is not held open.
    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
