using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads the words of a web page: no script runs, and nothing that the page names is fetched.</summary>
internal sealed class HtmlReader : IDocumentReader
{
    // A page of text is far below both; parsing costs time in proportion to their product.
    private const int LongestPage = 16 << 20;
    private const int DeepestPage = 4096;

    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default) =>
        Task.FromResult(Read(file.Name, TextDecoder.Decode(file.Name, file.Content.Span)));

    /// <summary>Reads a page that is already decoded.</summary>
    /// <exception cref="MemoryException">It is too long or nested too deeply.</exception>
    public static ReadDocument Read(string name, string html)
    {
        if (html.Length > LongestPage)
        {
            throw Unreadable.Because(name, $"it is a page of {html.Length:N0} characters, and at most {LongestPage:N0} are read");
        }

        if (HtmlDepth.Exceeds(html, DeepestPage))
        {
            throw Unreadable.Because(name, $"its tags are nested more than {DeepestPage:N0} deep");
        }

        using var page = new HtmlParser(new() { IsKeepingSourceReferences = true }).ParseDocument(html);
        var text = HtmlText.Of(page.Body ?? page.DocumentElement);
        return new(name, "text/html", text.Lines)
        {
            Title = page.Title is { Length: > 0 } title ? title : text.Sections.Select(section => section.Title).FirstOrDefault(),
            Author = Meta(page, "author"),
            Date = FrontMatter.DateOf(Meta(page, "date") ?? Meta(page, "article:published_time")),
            Sections = text.Sections,
            Blocks = text.Blocks,
        };
    }

    private static string? Meta(IHtmlDocument page, string name) =>
        page.Head?.Children.OfType<IHtmlMetaElement>()
            .FirstOrDefault(meta => string.Equals(meta.Name ?? meta.GetAttribute("property"), name, StringComparison.OrdinalIgnoreCase))
            ?.Content is { Length: > 0 } content ? content : null;
}
