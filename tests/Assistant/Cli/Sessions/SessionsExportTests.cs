using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionsExportTests : SessionsTest
{
    private string File => Path.Combine(Pai.Data, "bread.md");

    [Fact]
    public async Task Markdown_goes_to_standard_output()
    {
        var session = await AddAsync("Bread?", "Flour.");

        var result = await Pai.RunAsync("sessions", "export", session.Id.ToString());

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                # Bread?

                - Session: {session.Id}
                - Persona: default
                - Model: llama/starter
                - Begun: 2026-01-02 03:04:05 UTC
                - Last used: 2026-01-02 03:04:05 UTC

                ## You, 2026-01-02 03:04:05 UTC

                Bread?

                ## starter

                Flour.

                """,
                ""),
            result);
    }

    [Fact]
    public async Task Json_lines_have_an_object_for_each_turn()
    {
        var session = await AddAsync("Bread?", "Flour.");

        var result = await Pai.RunAsync("sessions", "export", session.Id.ToString(), "--format", "jsonl");

        using var json = JsonDocument.Parse(Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal((session.Id.ToString(), "Flour."), (json.RootElement.GetProperty("session").GetString(), json.RootElement.GetProperty("answer").GetString()));
    }

    [Fact]
    public async Task A_file_is_written_whole()
    {
        var session = await AddAsync("Bread?", "Flour.");
        var printed = await Pai.RunAsync("sessions", "export", session.Id.ToString());

        var result = await Pai.RunAsync("sessions", "export", session.Id.ToString(), "--output", File);

        Assert.Equal(new PaiResult(0, "", $"Wrote 'Bread?' ({session.Id.ShortForm}) to '{File}'.\n"), result);
        Assert.Equal(printed.Output, Pai.Read(File));
        Assert.Equal([File], Directory.GetFiles(Pai.Data, "bread*"));
    }

    [Fact]
    public async Task A_file_that_exists_is_replaced_on_request_only()
    {
        var session = await AddAsync("Bread?", "Flour.");
        Pai.Write(File, "mine");

        var refused = await Pai.RunAsync("sessions", "export", session.Id.ToString(), "--output", File);
        var before = Pai.Read(File);
        var allowed = await Pai.RunAsync("sessions", "export", session.Id.ToString(), "--output", File, "--yes");

        Assert.Equal(new PaiResult(3, "", $"pai: Nobody can be asked here whether to replace the file '{File}'; give --yes to allow it.\n"), refused);
        Assert.Equal("mine", before);
        Assert.Equal(0, allowed.ExitCode);
        Assert.StartsWith("# Bread?\n", Pai.Read(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData(" YES\n", 0)]
    [InlineData("n\n", 3)]
    [InlineData("\n", 3)]
    [InlineData("", 3)]
    public async Task At_a_terminal_it_asks(string typed, int exitCode)
    {
        var session = await AddAsync("Bread?", "Flour.");
        Pai.Write(File, "mine");
        (Pai.IsTerminal, Pai.Input) = (true, typed);
        Pai.Environment["NO_COLOR"] = "1";

        var result = await Pai.RunAsync("sessions", "export", session.Id.ToString(), "--output", File);

        var outcome = exitCode == 0 ? $"Wrote 'Bread?' ({session.Id.ShortForm}) to '{File}'." : "pai: That was not a yes, so nothing was changed.";
        Assert.Equal(new PaiResult(exitCode, "", $"Really replace the file '{File}'? [y/N] {outcome}\n"), result);
        Assert.Equal(exitCode != 0, Pai.Read(File) == "mine");
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_is_a_usage_error()
    {
        var id = (await AddAsync("Bread?", "Flour.")).Id.ToString();
        var nowhere = Path.Combine(Pai.Data, "nowhere");

        Assert.Equal(
            new PaiResult(2, "", $"pai: '{Pai.Data}' is a folder; name a file in it.\n"), await Pai.RunAsync("sessions", "export", id, "--output", Pai.Data));
        Assert.Equal(
            new PaiResult(2, "", $"pai: There is no folder '{nowhere}' for 'bread.md'; make it, or choose another.\n"),
            await Pai.RunAsync("sessions", "export", id, "--output", Path.Combine(nowhere, "bread.md")));
    }

    [Fact]
    public async Task Another_format_is_a_usage_error()
    {
        var result = await Pai.RunAsync("sessions", "export", "1", "--format", "pdf");

        Assert.Equal(new PaiResult(2, "", "pai: Argument 'pdf' not recognized. Must be one of: 'markdown' 'jsonl'\n"), result);
    }
}
