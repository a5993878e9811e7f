using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant;

/// <summary>The real program, killed in the middle of an answer.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_kill_in_the_middle_of_an_answer_loses_nothing_but_its_last_second()
    {
        using var pai = PaiSandbox.WithStarter();
        using var process = pai.Start("ask", "Tell me a very long story about a dog.", "--stream-json", "--temperature", "0", "--max-tokens", "2000");
        process.StandardInput.Close();

        // Two seconds of answer after its first word, so that a second of it has been committed.
        var heard = "";
        var clock = default(DateTime?);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var text = System.Text.Json.JsonDocument.Parse(line).RootElement.TryGetProperty("text", out var piece) ? piece.GetString() : "";
            heard += text;
            clock ??= heard.Length > 0 ? TimeProvider.System.GetUtcNow().UtcDateTime : null;
            if (clock is { } begun && TimeProvider.System.GetUtcNow().UtcDateTime - begun > TimeSpan.FromSeconds(2.5))
            {
                break;
            }
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var turn = Assert.Single(await pai.PathAsync());
        var after = await pai.RunAsync("ask", "--continue", "Go on.", "--max-tokens", "4", "--temperature", "0");

        Assert.Equal("Tell me a very long story about a dog.", turn.Prompt);
        Assert.Equal(TurnStatus.Interrupted, turn.Outcome.Status);
        Assert.NotEmpty(turn.Answer);
        Assert.StartsWith(turn.Answer[..Math.Min(turn.Answer.Length, heard.Length)], heard, StringComparison.Ordinal);
        Assert.Equal(0, after.ExitCode);
        Assert.Equal(2, (await pai.PathAsync()).Count);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_to_end_keeps_all_that_came(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var pai = PaiSandbox.WithStarter();
        using var process = pai.Start("ask", "Count from one to five hundred.", "--temperature", "0");
        process.StandardInput.Close();
        await pai.WaitForAnswerAsync();

        using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var turn = Assert.Single(await pai.PathAsync());
        Assert.Equal(130, process.ExitCode);
        Assert.Equal(TurnStatus.Cancelled, turn.Outcome.Status);
        Assert.Equal($"{turn.Answer}\n[stopped; what came is kept]\n", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_an_answer_keeps_what_came_and_exits_with_130()
    {
        using var pai = PaiSandbox.WithStarter();
        var running = pai.RunAsync("ask", "Count from one to five hundred.", "--json", "--temperature", "0");
        await pai.WaitForAnswerAsync();

        pai.Interrupts.Interrupt();
        var result = await running;

        var turn = Assert.Single(await pai.PathAsync());
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(TurnStatus.Cancelled, turn.Outcome.Status);
        Assert.NotEmpty(turn.Answer);
        Assert.Contains("\"finish_reason\": \"cancelled\"", result.Output, StringComparison.Ordinal);
    }
}
