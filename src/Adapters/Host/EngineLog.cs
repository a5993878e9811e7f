using System.Text;

namespace PersonalAi.Adapters.Host;

/// <summary>Reads from an engine's log why it ended.</summary>
internal static class EngineLog
{
    private const int Tail = 64 << 10;

    // How ggml, the C++ runtime and .NET begin their last words.
    private static readonly string[] LastWords = ["GGML_ASSERT", "GGML_ABORT", "ggml_abort", "terminate called", "fatal error", "Fatal error", "Unhandled exception", "CUDA error"];

    /// <summary>The line with which an engine process begins its part of the log.</summary>
    public static string Header(int processId) => $"=== engine process {processId} ===\n";

    /// <summary>What a process said last before it ended; null where it said nothing.</summary>
    public static string? Reason(string path, int processId)
    {
        try
        {
            var text = ReadTail(path);
            var start = text.LastIndexOf(Header(processId), StringComparison.Ordinal);
            return start < 0 ? null : text[start..].Split('\n')
                .Skip(1)
                .TakeWhile(line => !line.StartsWith("=== engine process ", StringComparison.Ordinal))
                .FirstOrDefault(line => LastWords.Any(word => line.Contains(word, StringComparison.Ordinal)))?.Trim().TrimEnd('.');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ReadTail(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, Tail), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
