using PersonalAi.Assistant;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class ErrorReportTests : IDisposable
{
    private readonly PaiSandbox _sandbox = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _sandbox.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task An_unexpected_error_is_one_sentence_and_its_trace_goes_to_the_log()
    {
        ExitCode code;
        await using (var pai = Compose(isTerminal: false))
        {
            code = ErrorReport.Write(new InvalidOperationException("the reason"), pai);
        }

        var log = Path.Combine(_sandbox.Data, "logs");
        Assert.Equal(ExitCode.Unexpected, code);
        Assert.Equal($"pai: Something failed in pai itself (InvalidOperationException); the details are in '{log}'.", _error.ToString().Trim());
        var file = Assert.Single(Directory.GetFiles(log));
        Assert.Contains("System.InvalidOperationException: the reason", _sandbox.Read(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_opens_even_where_the_configuration_is_what_is_broken()
    {
        _sandbox.Write("config.yaml", "log: [");

        await using var pai = Compose(isTerminal: false);

        Assert.Equal(ExitCode.Unexpected, ErrorReport.Write(new InvalidOperationException("x"), pai));
    }

    [Theory]
    [InlineData(true, "", "\e[31mpai: Stop.\e[0m")]
    [InlineData(true, "--no-color", "pai: Stop.")]
    [InlineData(false, "", "pai: Stop.")]
    public async Task Errors_are_red_where_colour_is_allowed(bool isTerminal, string option, string expected)
    {
        await using var pai = Compose(isTerminal, option);

        ErrorReport.Write(new UsageException("Stop."), pai);

        Assert.Equal(expected, _error.ToString().TrimEnd());
    }

    private Composition Compose(bool isTerminal, params string[] arguments)
    {
        var console = new ConsoleStreams(() => TextReader.Null, TextWriter.Null, _error) { ErrorIsTerminal = isTerminal };
        var parsed = new PaiRootCommand().Parse([.. arguments.Where(argument => argument.Length > 0)]);
        return new Composition(parsed, new ProcessContext(console, _sandbox.Environment.GetValueOrDefault, _sandbox.Interrupts));
    }
}
