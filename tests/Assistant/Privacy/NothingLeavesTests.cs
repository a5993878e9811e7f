using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy;

/// <summary>Every face and feature of pai, run as a user runs it, under a trace of the system calls by which anything could leave the machine.</summary>
// The addresses are set aside for documentation: nobody answers there. A model elsewhere is configured, and an MCP server entered; to neither the user has said yes.
public sealed class NothingLeavesTests : IAsyncDisposable
{
    private const string Elsewhere = "https://192.0.2.1/v1";

    private readonly EngineSandbox _engine = EngineSandbox.WithStories();

    public NothingLeavesTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has strace.");
        Assert.SkipUnless(CanTrace(), "strace is not there, or may not trace: 'apt-get install strace' installs it.");
        Pai.Environment["PAI_ENGINE_IN_PROCESS"] = "true";
        Pai.Environment["PAI_SAMPLING_MAX_TOKENS"] = "8";
        Pai.Environment["PAI_FRONTIER_SERVERS"] = $"away {Elsewhere} key:none pin:sha256:{new string('0', 64)}";
        Pai.Environment["PAI_FRONTIER_MODEL"] = "away/some-model";
        Pai.Environment["PAI_FRONTIER_TIMEOUT_SECONDS"] = "1";
        Pai.Write("mcp.json", """{"mcpServers": {"wiki": {"url": "https://wiki.example.org/mcp"}}}""");
        Pai.Under = ["strace", "--follow-forks", "--seccomp-bpf", "--quiet=all", "--signal=none", "--string-limit=8", "--output-append-mode", $"--trace={NetworkTrace.Calls}", $"--output={TraceFile}"];
    }

    private PaiSandbox Pai => _engine.Pai;

    private string TraceFile => Path.Combine(Pai.Data, "trace");

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Asking_and_chatting() => await NothingLeavesAsync(
        """
        0 ask Hello --json
        0 ask --continue --tools fetch_page Read https://example.org/ to me!
        0 sessions export 0
        3 ask --escalate Which poem fits me?
        3 chat --plain < Hello|/memory|/tokens|/route|/good|/escalate|/compare|/why|/mcp|/quit
        0 eval route
        0 sessions list
        0 sessions search Hello
        """);

    [Fact]
    public async Task Memory_and_documents()
    {
        Pai.Write("notes/tea.html", """<html><head><link rel="stylesheet" href="https://tracker.example/s.css"></head><body><h1>Tea</h1><p>Green tea wants water of 70 degrees. <a href="https://tracker.example/more">More</a></p><img src="https://tracker.example/pixel.gif"></body></html>""");

        await NothingLeavesAsync(
            $"""
            0 docs add {Pai.Data}/notes/tea.html
            0 docs search water
            0 docs sync
            0 docs show {Pai.Data}/notes/tea.html
            0 memory add The kennel is in Bergen.
            0 memory search kennel
            0 memory export {Pai.Data}/memory.jsonl
            0 memory import {Pai.Data}/memory.jsonl
            0 memory verify
            0 backup {Pai.Data}/copy.db
            """);
    }

    [Fact]
    public async Task Tools_and_other_programs() => await NothingLeavesAsync(
        """
        0 tools list
        3 tools call fetch_page url=https://example.org/
        0 tools call calculate expression=2^10
        0 tools audit
        0 mcp list
        0 mcp serve < {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}|{"jsonrpc":"2.0","method":"notifications/initialized"}|{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"memory_search","arguments":{"query":"tea"}}}
        """);

    [Fact]
    public async Task Models_settings_and_privacy()
    {
        Pai.Write("people.json", """[{"full_text": "My name is Rubija", "masked": "My name is {{PERSON}}", "spans": [{"entity_type": "PERSON", "entity_value": "Rubija", "start_position": 11, "end_position": 17}]}]""");

        await NothingLeavesAsync(
            $"""
            0 models list
            0 models inspect {Pai.Environment["PAI_MODEL"]}
            3 models pull tinyllama-1.1b-chat-v1.0
            3 engine use cuda
            0 doctor
            0 config
            0 personas
            0 frontier list
            0 frontier prices
            0 privacy status
            0 privacy policy
            0 privacy log
            0 privacy redact < My mail is ada@example.org.
            0 bench redact --data {Pai.Data}/people.json
            """);
    }

    [Fact]
    public async Task The_engine_process()
    {
        Pai.Environment.Remove("PAI_ENGINE_IN_PROCESS");
        Pai.Environment["PAI_ENGINE_IDLE_MINUTES"] = "0.02";

        // A run is traced until the engine that it started has ended.
        await NothingLeavesAsync(
            """
            0 ask Hello
            0 engine status
            """);

        Assert.Contains(await TraceAsync(), line => line.Contains("engine-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_does_leave_is_seen()
    {
        var word = Pai.Write("word.yaml", "destination: away/some-model\npurpose: escalate\nbudget: { tokens: 20000, usd: 0.5 }\nexpires: 2099-01-01\n");

        await Pai.RunProcessAsync("ask", "--escalate", "--consent", word, "Which poem fits me?");

        Assert.Equal(["192.0.2.1:443"], NetworkTrace.PlacesBeyondIn(await TraceAsync()));
        Assert.StartsWith("The ledger is whole: ", (await Pai.RunProcessAsync("privacy", "verify")).Output, StringComparison.Ordinal);
    }

    // Each line: the exit code, the arguments, and after '<' what is typed. Of a question the words are arguments of their own.
    private async Task NothingLeavesAsync(string lines)
    {
        var runs = lines.Split('\n');
        var codes = new List<string>();
        foreach (var run in runs)
        {
            var (command, input) = run.Split(" < ") is [var words, var typed] ? (words, typed.Replace('|', '\n') + "\n") : (run, "");
            Pai.Input = input;
            var result = await Pai.RunProcessAsync(command.Split(' ')[1..]);
            codes.Add(string.Create(CultureInfo.InvariantCulture, $"{result.ExitCode} {run[(run.IndexOf(' ', StringComparison.Ordinal) + 1)..]}"));
        }

        var verified = await Pai.RunProcessAsync("privacy", "verify");

        Assert.Equal(runs, codes);
        Assert.Empty(NetworkTrace.PlacesBeyondIn(await TraceAsync()));
        Assert.Equal((0, "The ledger is empty: nothing has left this machine.\n"), (verified.ExitCode, verified.Output));
    }

    private Task<string[]> TraceAsync() => File.ReadAllLinesAsync(TraceFile, TestContext.Current.CancellationToken);

    private static bool CanTrace()
    {
        try
        {
            using var strace = Process.Start(new ProcessStartInfo("strace", ["--output=/dev/null", "true"]) { RedirectStandardError = true })!;
            strace.WaitForExit();
            return strace.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
