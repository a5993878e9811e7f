using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Tells a failure to the user, in one sentence, and gives its exit code.</summary>
internal static partial class ErrorReport
{
    public static ExitCode Write(Exception error, Composition pai)
    {
        var code = ExitCodes.For(error);
        var message = code switch
        {
            ExitCode.Cancelled => "Cancelled.",
            ExitCode.Unexpected => Unexpected(error, pai),
            _ => error.Message,
        };

        if (JsonOption.IsGiven(pai.Arguments))
        {
            pai.Console.Output.WriteJson(new { error = new { code = code.ToJsonName(), message } });
        }

        var line = $"pai: {TerminalText.Sanitize(message)}";
        pai.Console.Error.WriteLine(new Ink(pai.ColourOnError).Red(line));
        return code;
    }

    private static string Unexpected(Exception error, Composition pai)
    {
        var logger = pai.Logging.CreateLogger(typeof(ErrorReport).FullName!);
        LogUnexpected(logger, error);
        return $"Something failed in pai itself ({error.GetType().Name}); the details are in '{pai.Data.Logs}'.";
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The command ended with an unexpected error.")]
    private static partial void LogUnexpected(ILogger logger, Exception error);
}
