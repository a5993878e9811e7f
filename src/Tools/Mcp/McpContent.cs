using System.Globalization;
using ModelContextProtocol.Protocol;

namespace PersonalAi.Tools.Mcp;

/// <summary>Makes text of what servers answer; what is no text is named.</summary>
internal static class McpContent
{
    public static string Text(CallToolResult result) =>
        result.Content.Count == 0 && result.StructuredContent is { } structured ? UntrustedText.Clean(structured.GetRawText()) : Text(result.Content);

    public static string Text(IEnumerable<ContentBlock> blocks) => UntrustedText.Clean(string.Join('\n', blocks.Select(Text)));

    public static string Text(IEnumerable<ResourceContents> contents) => UntrustedText.Clean(string.Join('\n', contents.Select(Text)));

    private static string Text(ContentBlock block) => block switch
    {
        TextContentBlock text => text.Text,
        ImageContentBlock image => $"[an image, {image.MimeType}, {Size(image.DecodedData.Length)}]",
        AudioContentBlock audio => $"[a sound, {audio.MimeType}, {Size(audio.DecodedData.Length)}]",
        EmbeddedResourceBlock embedded => Text(embedded.Resource),
        ResourceLinkBlock link => $"[{link.Title ?? link.Name}: {link.Uri}]",
        _ => $"[{block.Type}]",
    };

    private static string Text(ResourceContents contents) => contents switch
    {
        TextResourceContents text => text.Text,
        BlobResourceContents blob => $"[{blob.Uri}: {blob.MimeType ?? "a file"}, {Size(blob.DecodedData.Length)}]",
        _ => $"[{contents.Uri}]",
    };

    private static string Size(int bytes) => $"{bytes.ToString(CultureInfo.InvariantCulture)} bytes";
}
