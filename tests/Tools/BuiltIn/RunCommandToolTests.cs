using System.Text.Json;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using PersonalAi.Tools.Sandbox;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class RunCommandToolTests : IDisposable
{
    private static readonly CommandLimits Limits = new() { Time = TimeSpan.FromSeconds(20) };

    private readonly ScratchFolder _granted = new();
    private readonly ScratchFolder _other = new();

    public void Dispose()
    {
        _granted.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_command_gives_its_output_its_errors_and_its_exit_code()
    {
        var tool = await SandboxedAsync();

        var text = await tool.CallAsync(new { argv = (string[])["sh", "-c", "echo out; echo err >&2; exit 3"] }, TestContext.Current.CancellationToken);

        Assert.Equal("Exit code 3.\nStandard output:\nout\nStandard error:\nerr", text);
    }

    [Fact]
    public async Task There_is_no_shell_between()
    {
        var tool = await SandboxedAsync();

        var text = await tool.CallAsync(new { argv = (string[])["echo", "$HOME; ls", "*", "`id`"] }, TestContext.Current.CancellationToken);

        Assert.Equal("Exit code 0.\nStandard output:\n$HOME; ls * `id`", text);
    }

    [Fact]
    public async Task A_granted_folder_is_read_and_written_and_is_where_it_runs()
    {
        var tool = await SandboxedAsync();
        await File.WriteAllTextAsync(_granted["in.txt"], "given", TestContext.Current.CancellationToken);

        var text = await tool.CallAsync(new { argv = (string[])["cp", "in.txt", "out.txt"] }, TestContext.Current.CancellationToken);

        Assert.Equal(("Exit code 0.", "given"), (text, await File.ReadAllTextAsync(_granted["out.txt"], TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_was_not_granted_is_not_there()
    {
        var tool = await SandboxedAsync();
        await File.WriteAllTextAsync(_other["secret.txt"], "secret", TestContext.Current.CancellationToken);

        var text = await tool.CallAsync(new { argv = (string[])["cat", _other["secret.txt"]] }, TestContext.Current.CancellationToken);

        Assert.Equal($"Exit code 1.\nStandard error:\n/usr/bin/cat: {_other["secret.txt"]}: No such file or directory", text);
    }

    [Theory]
    [InlineData("ls -A /root /home 2>/dev/null | wc -l", "0")]
    [InlineData("test -e /etc/passwd || test -e /etc/shadow || echo none", "none")]
    [InlineData("touch /usr/x /etc/x /x 2>/dev/null; test -e /usr/x || test -e /etc/x || test -e /x || echo none", "none")]
    [InlineData("test $(ls /proc | grep -c '^[0-9]') -lt 10 && echo few", "few")]
    [InlineData("cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '", "lo")]
    [InlineData("env | cut -d= -f1 | grep -vx -e _ -e SHLVL -e OLDPWD | sort | tr '\\n' ' '", "HOME LANG PATH PWD")]
    [InlineData("grep CapEff /proc/self/status | tr -d '\\t'", "CapEff:0000000000000000")]
    [InlineData("cat /dev/tty 2>&1 | grep -c 'No such device or address'", "1")]
    public async Task The_sandbox_holds_nothing_of_the_users(string script, string expected)
    {
        var tool = await SandboxedAsync();

        var text = await tool.CallAsync(new { argv = (string[])["sh", "-c", script] }, TestContext.Current.CancellationToken);

        Assert.Equal($"Exit code 0.\nStandard output:\n{expected}", text);
    }

    [Fact]
    public async Task What_is_excluded_is_hidden_even_inside_a_granted_folder()
    {
        await SandboxedAsync();
        Directory.CreateDirectory(_granted["keys"]);
        await File.WriteAllTextAsync(Path.Combine(_granted["keys"], "id"), "secret", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_granted["token"], "secret", TestContext.Current.CancellationToken);
        var roots = new GrantedRoots([_granted.Path, _granted["keys"]]) { Excluded = [_granted["keys"], _granted["token"], _granted["absent"]] };
        var tool = RunCommandTool.Create(roots, CommandSandbox.Required, Limits);

        var text = await tool.CallAsync(new { argv = (string[])["sh", "-c", "ls; ls -A keys; cat token 2>/dev/null || echo unreadable"] }, TestContext.Current.CancellationToken);

        Assert.Equal("Exit code 0.\nStandard output:\nkeys\ntoken\nunreadable", text);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_stopped_with_all_its_children()
    {
        var mark = $"{Random.Shared.Next(100_000, 999_999)}.25";
        var tool = await SandboxedAsync(Limits with { Time = TimeSpan.FromSeconds(1) });

        var text = await tool.CallAsync(new { argv = (string[])["sh", "-c", $"setsid sleep {mark} & echo begun; sleep {mark}"] }, TestContext.Current.CancellationToken);

        Assert.Equal("The command was stopped: it did not end within 1 seconds.\nStandard output:\nbegun", text);
        Assert.Empty(RunningWith(mark));
    }

    [Fact]
    public async Task A_cancelled_command_leaves_nothing_behind()
    {
        var mark = $"{Random.Shared.Next(100_000, 999_999)}.75";
        var tool = await SandboxedAsync();
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tool.CallAsync(new { argv = (string[])["sleep", mark] }, cancellation.Token));

        Assert.Empty(RunningWith(mark));
    }

    [Fact]
    public async Task Output_memory_and_files_have_limits()
    {
        var tool = await SandboxedAsync(Limits with { Output = 100, Memory = 512 << 20, FileSize = 1 << 20 });

        var output = await tool.CallAsync(new { argv = (string[])["yes"] }, TestContext.Current.CancellationToken);
        var memory = await tool.CallAsync(new { argv = (string[])["sh", "-c", "(head -c 1G /dev/zero | tail -n 1) 2>&1 | grep -o 'tail: memory exhausted'"] }, TestContext.Current.CancellationToken);
        var file = await tool.CallAsync(new { argv = (string[])["sh", "-c", "exec 2>/dev/null; head -c 2M /dev/zero > big; stat -c %s big"] }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                $"The command was stopped: it wrote more than 100 characters.\nStandard output:\n{string.Concat(Enumerable.Repeat("y\n", 50)).TrimEnd()}",
                "Exit code 0.\nStandard output:\ntail: memory exhausted",
                "Exit code 0.\nStandard output:\n1048576",
            ],
            [output, memory, file]);
    }

    [Theory]
    [InlineData(new string[0], "There is no program to run: give argv as a list, the program first, like [\"ls\", \"-l\"].")]
    [InlineData(new[] { "" }, "There is no program to run: give argv as a list, the program first, like [\"ls\", \"-l\"].")]
    [InlineData(new[] { "ls -l" }, "There is no program 'ls -l' here: give the program and each of its arguments as items of their own, like [\"ls\", \"-l\"]; there is no shell.")]
    public async Task What_is_no_program_is_refused_with_an_example(string[] argv, string expected)
    {
        var tool = RunCommandTool.Create(new GrantedRoots([]), CommandSandbox.Required, Limits);

        var message = await tool.RefuseAsync(new { argv }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, message);
    }

    [Fact]
    public async Task Without_a_sandbox_a_command_runs_only_where_the_user_wants_that()
    {
        var tool = RunCommandTool.Create(new GrantedRoots([_granted.Path]), CommandSandbox.None, Limits);

        var text = await tool.CallAsync(new { argv = (string[])["sh", "-c", "pwd; env | cut -d= -f1 | grep -vx -e _ -e SHLVL -e OLDPWD | sort | tr '\\n' ' '"] }, TestContext.Current.CancellationToken);

        Assert.Equal(($"Exit code 0.\nStandard output:\n{_granted.Path}\nHOME LANG PATH PWD", ToolRisk.LeavesMachine, false), (text, tool.Risk, tool.StaysWithinGrants));
    }

    [Fact]
    public void Rules_can_speak_of_the_paths_that_a_command_names()
    {
        var tool = RunCommandTool.Create(new GrantedRoots([]), CommandSandbox.Required, Limits);

        var reach = tool.ReachOf(JsonSerializer.SerializeToElement(new { argv = (string[])["cat", "/a/../b", "c"] }));

        Assert.Equal(["/b"], reach.Paths);
    }

    private static IEnumerable<int> RunningWith(string argument) =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Where(name => CommandLine(name!).Contains(argument, StringComparison.Ordinal)).Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task<Tool> SandboxedAsync(CommandLimits? limits = null)
    {
        var roots = new GrantedRoots([_granted.Path]);
        var problem = await new Bubblewrap(roots, limits ?? Limits).ProblemAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(problem is not null, $"No sandbox here: {problem}.");
        return RunCommandTool.Create(roots, CommandSandbox.Required, limits ?? Limits);
    }
}
