using System.Text;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents.Reading;
using Xunit;

namespace PersonalAi.Tests.Memory.Documents.Reading;

/// <summary>Reads what a test wrote down as if it were a file.</summary>
internal static class Reading
{
    public static Task<ReadDocument> OfAsync(string name, string text, ReadingOptions? options = null) => OfAsync(name, Encoding.UTF8.GetBytes(text), options);

    public static async Task<ReadDocument> OfAsync(string name, byte[] bytes, ReadingOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return await new DocumentReaders(options ?? new()).ReadAsync(stream, name);
    }

    /// <summary>The sentence with which a file is refused.</summary>
    public static async Task<string> RefusalAsync(string name, byte[] bytes, ReadingOptions? options = null) =>
        (await Assert.ThrowsAsync<MemoryException>(() => OfAsync(name, bytes, options))).Message;

    /// <summary>The lines that are not blank, one after another.</summary>
    public static string Text(ReadDocument document) => string.Join('\n', document.Lines.Where(line => line.Text.Length > 0).Select(line => $"{line.Number}: {line.Text}"));
}
