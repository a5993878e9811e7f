using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Host;

/// <summary>One end of a connection: a JSON object on each line.</summary>
/// <param name="stream">The connection; it is closed with this.</param>
internal sealed class EngineWire(Stream stream) : IAsyncDisposable
{
    // The vocabulary of Microsoft.Extensions.AI brings its own converters; what it indents would not be a line.
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);

    /// <summary>An object as it is sent.</summary>
    public static string TextOf<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Sends an object.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public async Task WriteAsync<T>(T value, CancellationToken cancellationToken = default)
    {
        using var line = new MemoryStream();
        JsonSerializer.Serialize(line, value, Options);
        line.WriteByte((byte)'\n');
        await stream.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken);
    }

    /// <summary>The next object; null where the other side has left.</summary>
    /// <exception cref="JsonException">The line is no such object.</exception>
    public async Task<T?> ReadAsync<T>(CancellationToken cancellationToken = default) where T : class =>
        await _reader.ReadLineAsync(cancellationToken) is { } line ? JsonSerializer.Deserialize<T>(line, Options) : null;

    /// <summary>Waits until the other side has left.</summary>
    public async Task ClosedAsync()
    {
        try
        {
            while (await _reader.ReadLineAsync() is not null)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _reader.Dispose();
    }
}
