using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>Turns llama.cpp's log into <see cref="ILogger"/> entries and keeps the newest error for messages.</summary>
internal static unsafe partial class NativeLog
{
    // ggml_log_level of ggml.h.
    private const int Info = 2, Warning = 3, Error = 4, Continuation = 5;

    private static readonly Lock Gate = new();
    private static readonly StringBuilder Line = new();
    private static ILogger? _logger;
    private static int _level;
    private static string _lastError = "";
    private static Action<string>? _listener;

    /// <summary>The newest error that the library reported, without its trailing line break; empty if none.</summary>
    internal static string LastError
    {
        get
        {
            lock (Gate)
            {
                return _lastError;
            }
        }
    }

    /// <summary>Sends the library's log to a logger from now on.</summary>
    internal static void Attach(ILogger logger)
    {
        lock (Gate)
        {
            _logger = logger;
        }

        LlamaNative.llama_log_set(&Receive, null);
    }

    /// <summary>Gives every line of the log to one listener too, until the result is disposed; it is called by the library's threads.</summary>
    internal static IDisposable Listen(Action<string> listener)
    {
        lock (Gate)
        {
            _listener = listener;
        }

        return new Listening();
    }

    /// <summary>Forgets the newest error, before a call whose failure it shall explain.</summary>
    internal static void Clear()
    {
        lock (Gate)
        {
            _lastError = "";
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Receive(int level, byte* text, void* userData)
    {
#pragma warning disable CA1031 // An exception that left this callback would end the process.
        try
        {
            Append(level, LlamaNative.Text(text));
        }
        catch (Exception)
        {
        }
#pragma warning restore CA1031
    }

    private static void Append(int level, string text)
    {
        lock (Gate)
        {
            if (level != Continuation)
            {
                _level = level;
            }

            Line.Append(text);
            if (!text.EndsWith('\n'))
            {
                return;
            }

            var line = Line.ToString().Trim();
            Line.Clear();
            Write(line);
        }
    }

    private static void Write(string line)
    {
        if (line.Trim('.').Length == 0)
        {
            return;
        }

        if (_level == Error)
        {
            _lastError = line;
        }

        _listener?.Invoke(line);
        var severity = Severity(_level);
        if (_logger is { } logger && logger.IsEnabled(severity))
        {
            LogLine(logger, severity, line);
        }
    }

    // The library is talkative: what it calls information is of interest to someone who looks for a fault.
    private static LogLevel Severity(int level) => level switch
    {
        Error => LogLevel.Error,
        Warning => LogLevel.Warning,
        Info => LogLevel.Debug,
        _ => LogLevel.Trace,
    };

    private sealed class Listening : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
            {
                _listener = null;
            }
        }
    }

    [LoggerMessage(Message = "llama.cpp: {Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string line);
}
