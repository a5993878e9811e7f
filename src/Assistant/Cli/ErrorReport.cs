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

        var json = new { code = code.ToJsonName(), message };
        switch (JsonOption.GivenIn(pai.Arguments))
        {
            case { PrintsLines: true }:
                pai.Console.Output.WriteJsonLine(new { type = "error", error = json });
                break;
            case not null:
                pai.Console.Output.WriteJson(new { error = json });
                break;
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
