using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionSnapshotTests : IDisposable
{
    private readonly PaiSandbox _pai = PaiSandbox.WithStories();

    private string Folder => Path.Combine(_pai.Data, "kv");

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task A_session_goes_on_where_the_model_left_it()
    {
        await AskAsync("One dog came by.");
        var second = await AskAsync("--continue", "And a cat?");

        var third = await AskAsync("--continue", "And a bird?");

        Assert.Equal(0, second.Cached);
        Assert.InRange(third.Cached, second.Prompt + 5, third.Prompt);
        Assert.Equal($"{(await _pai.PathAsync())[0].Session}.kv", Path.GetFileName(Assert.Single(Directory.GetFiles(Folder))));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Folder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_single_question_leaves_no_snapshot()
    {
        await AskAsync("One dog came by.");

        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Without_room_for_snapshots_none_are_kept()
    {
        _pai.Environment["PAI_ENGINE_SNAPSHOTS_GIB"] = "0";
        await AskAsync("One dog came by.");
        await AskAsync("--continue", "And a cat?");

        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task A_deleted_session_takes_its_snapshot_along()
    {
        await AskAsync("One dog came by.");
        await AskAsync("--continue", "And a cat?");

        await _pai.RunAsync("sessions", "delete", (await _pai.PathAsync())[0].Session.ToString());

        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Prune_kv_deletes_what_is_too_much()
    {
        await AskAsync("One dog came by.");
        await AskAsync("--continue", "And a cat?");
        var size = new FileInfo(Directory.GetFiles(Folder)[0]).Length;

        var kept = await _pai.RunAsync("sessions", "prune-kv", "--json");
        var deleted = await _pai.RunAsync("sessions", "prune-kv", "--keep", "0", "--json");
        var wrong = await _pai.RunAsync("sessions", "prune-kv", "--keep", "-1");

        Assert.Equal($$"""{"deleted":0,"deleted_bytes":0,"kept_bytes":{{size}}}""", Compact(kept.Output));
        Assert.Equal($$"""{"deleted":1,"deleted_bytes":{{size}},"kept_bytes":0}""", Compact(deleted.Output));
        Assert.Equal(new PaiResult(2, "", "pai: '-1' is not possible for '--keep', which takes a number of GiB from 0 on.\n"), wrong);
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));

    private async Task<(int Prompt, int Cached)> AskAsync(params string[] arguments)
    {
        var result = await _pai.RunAsync(["ask", "--json", "--max-tokens", "12", .. arguments]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var usage = JsonElement.Parse(result.Output).GetProperty("usage");
        return (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("cached_tokens").GetInt32());
    }
}
