using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Sinks.File;

namespace PersonalAi.Assistant.Logging;

/// <summary>The log: one file for each day, seven kept, readable by its owner only.</summary>
internal static class LogFiles
{
    private const int FilesKept = 7;
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>A factory that writes to <paramref name="folder"/> and to <paramref name="echo"/>, each where there is one.</summary>
    public static ILoggerFactory Open(string? folder, LogLevel level, TextWriter? echo)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(level == LogLevel.None ? LevelAlias.Off : (LogEventLevel)level);
        if (folder is not null)
        {
            DataFolder.Create(folder);
            configuration.WriteTo.File(
                Path.Combine(folder, "pai-.log"),
                outputTemplate: Line,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: FilesKept,
                hooks: new OwnerOnly());
        }

        if (echo is not null)
        {
            configuration.WriteTo.Sink(new Echo(echo));
        }

        return LoggerFactory.Create(logging => logging.SetMinimumLevel(level).AddSerilog(configuration.CreateLogger(), dispose: true));
    }

    private sealed class OwnerOnly : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return underlyingStream;
        }
    }

    private sealed class Echo(TextWriter writer) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            writer.WriteLine($"{logEvent.Level}: {logEvent.RenderMessage(CultureInfo.InvariantCulture)}{(logEvent.Exception is { } error ? $" {error}" : "")}");
    }
}
