using System.Globalization;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class PaiRunnerTests : IDisposable
{
    private readonly PaiSandbox _pai = new();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task Version_is_name_and_number()
    {
        var result = await _pai.RunAsync("--version");

        Assert.Equal(new PaiResult(0, "pai 0.1.0\n", ""), result);
    }

    [Theory]
    [InlineData("config --jsn", "pai: '--jsn' is not an option of 'pai config'; did you mean '--json'?\n")]
    [InlineData("config --verbos", "pai: '--verbos' is not an option of 'pai config'; did you mean '--verbose'?\n")]
    [InlineData("config --zzzzzz", "pai: '--zzzzzz' is not an option of 'pai config'; see 'pai config --help'.\n")]
    [InlineData("confg", "pai: 'confg' is not a command of 'pai'; did you mean 'config'?\n")]
    [InlineData("config get a b", "pai: 'b' is not an argument of 'pai config get'; see 'pai config get --help'.\n")]
    [InlineData("config set", "pai: 'pai config set' needs KEY; see 'pai config set --help'.\n")]
    [InlineData("config set persona", "pai: 'pai config set' needs VALUE; see 'pai config set --help'.\n")]
    [InlineData("config --data", "pai: '--data' needs a value; see 'pai config --help'.\n")]
    [InlineData("config --log-level=loud", "pai: 'loud' is not allowed for '--log-level', which takes one of Trace, Debug, Information, Warning, Error, Critical, None.\n")]
    public async Task A_wrong_command_line_is_one_sentence_and_exit_code_2(string commandLine, string sentence)
    {
        var result = await _pai.RunAsync(commandLine.Split(' '));

        Assert.Equal(new PaiResult(2, "", sentence), result);
    }

    [Fact]
    public async Task Numbers_are_read_and_written_the_same_in_every_culture()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        var result = await _pai.RunAsync("ask", "--timeout", "-0.5", "hi");

        Assert.Equal(new PaiResult(2, "", "pai: '-0.5' is not a time limit; '--timeout' takes seconds above 0.\n"), result);
    }

    [Fact]
    public async Task An_error_of_a_command_that_promises_json_is_json_too()
    {
        var result = await _pai.RunAsync("config", "get", "nonsense.key", "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("{\n  \"error\": {\n    \"code\": \"usage\",\n    \"message\": \"'nonsense.key' is not a setting; there are model.name, ", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("pai: 'nonsense.key' is not a setting; there are model.name, ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_that_asks_for_json_gets_it()
    {
        var result = await _pai.RunAsync("config", "--json", "--jso");

        const string Sentence = "'--jso' is not an option of 'pai config'; did you mean '--json'?";
        Assert.Equal(new PaiResult(2, $"{{\n  \"error\": {{\n    \"code\": \"usage\",\n    \"message\": \"{Sentence}\"\n  }}\n}}\n", $"pai: {Sentence}\n"), result);
    }

    [Fact]
    public async Task Text_that_starts_with_an_at_sign_is_not_a_file_to_expand()
    {
        var result = await _pai.RunAsync("config", "set", "persona", "@home");

        Assert.Equal(new PaiResult(0, $"persona = @home ({_pai.Configuration})\n", ""), result);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_ends_with_130_and_writes_nothing()
    {
        _pai.Interrupts.Interrupt();

        var result = await _pai.RunAsync("config", "init");

        Assert.Equal(new PaiResult(130, "", "pai: Cancelled.\n"), result);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_pai.Data));
    }

    [Fact]
    public async Task A_process_ends_with_the_exit_code_of_its_command()
    {
        var version = await _pai.RunProcessAsync("--version");
        var usage = await _pai.RunProcessAsync("personas", "show", "codr");

        Assert.Equal(new PaiResult(0, "pai 0.1.0\n", ""), version);
        Assert.Equal(new PaiResult(2, "", "pai: There is no persona 'codr'; did you mean 'coder'?\n"), usage);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_a_storage_failure()
    {
        var file = _pai.Write("a-file", "");

        var result = await _pai.RunProcessAsync("config", "init", "--data", Path.Combine(file, "data"));

        Assert.Equal((7, ""), (result.ExitCode, result.Output));
        Assert.Matches("^pai: .+\n$", result.Error);
    }
}
