using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PersonalAi.Memory.Documents.Reading;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Reads export archives of ChatGPT and Claude one conversation at a time; nothing of them is written to the disk.</summary>
internal sealed partial class ConversationFiles(ConversationImport import, ImportOptions options)
{
    /// <summary>Imports an archive, or the <c>conversations.json</c> out of one.</summary>
    /// <exception cref="MemoryException">It is damaged or no such archive. What was read before that is imported.</exception>
    public async Task<ImportReport> ImportAsync(string name, Stream file, CancellationToken cancellationToken = default)
    {
        var start = new byte[4];
        var isArchive = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) == start.Length && start.AsSpan().StartsWith("PK"u8);
        file.Position = 0;
        return isArchive
            ? await ImportArchiveAsync(name, file, cancellationToken)
            : await ImportJsonAsync(name, new BoundedStream(file, name, options.MostInOne), cancellationToken);
    }

    [GeneratedRegex(@"^conversations([-_]?[0-9]+)?\.json$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Conversations();

    private async Task<ImportReport> ImportArchiveAsync(string name, Stream file, CancellationToken cancellationToken)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var report = new ImportReport();
            var entries = archive.Entries.Where(entry => Conversations().IsMatch(entry.Name)).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
            foreach (var entry in entries)
            {
                await using var stream = new BoundedStream(await entry.OpenAsync(cancellationToken), $"{name}/{entry.Name}", options.MostInOne, Math.Max(options.MostInOne, file.Length * options.MostExpansion));
                report = report.With(await ImportJsonAsync($"{name}/{entry.Name}", stream, cancellationToken));
            }

            return entries.Count > 0 ? report : throw Unreadable.Because(name, "it has no 'conversations.json'; give the archive as ChatGPT or Claude made it");
        }
        catch (InvalidDataException error)
        {
            throw Unreadable.Because(name, "it is not a whole zip archive; download it again (conversations before the damage are imported)", error);
        }
    }

    private async Task<ImportReport> ImportJsonAsync(string name, BoundedStream stream, CancellationToken cancellationToken)
    {
        var report = new ImportReport();
        var count = 0;
        try
        {
            await foreach (var json in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream, cancellationToken: cancellationToken))
            {
                stream.BeginPart();
                count++;
                report = report.With(Read(json) is { } conversation
                    ? await import.StoreAsync(conversation, cancellationToken)
                    : ImportReport.Skip($"{name}, conversation {count}", Reason));
            }

            return report;
        }
        catch (JsonException error)
        {
            throw Unreadable.Because(
                name,
                $"it is not valid JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}, after {count} conversations, which are imported; ask for the export again",
                error);
        }
    }

    private string Reason => options.Format switch
    {
        ImportFormat.ChatGpt => "it is no conversation of ChatGPT",
        ImportFormat.Claude => "it is no conversation of Claude",
        _ => "it is a conversation neither of ChatGPT nor of Claude",
    };

    private ArchivedConversation? Read(JsonElement json)
    {
        try
        {
            return json.Member("mapping") is not null && options.Format != ImportFormat.Claude ? ChatGptConversation.Read(json, IdOf(json))
                : json.Member("chat_messages") is not null && options.Format != ImportFormat.ChatGpt ? ClaudeConversation.Read(json, IdOf(json))
                : null;
        }
        catch (Exception error) when (error is InvalidOperationException or JsonException)
        {
            // Names and texts that are no UTF-8.
            return null;
        }
    }

    // The same conversation without an id is the same again.
    private static string IdOf(JsonElement json) =>
        json.Text("conversation_id") ?? json.Text("uuid") ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.GetRawText())));
}
