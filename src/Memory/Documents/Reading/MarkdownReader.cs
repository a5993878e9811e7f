using System.Collections.Immutable;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MarkdownBlock = Markdig.Syntax.Block;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Reads Markdown: the source lines as they are, with the headings, code and tables of CommonMark and its common extensions.</summary>
internal sealed class MarkdownReader : IDocumentReader
{
    // What is beyond these is a dump or an attack rather than a document, and is read as plain text: Markdig's time grows with the
    // square of the depth.
    private const int LongestParsed = 2 << 20;
    private const int MostMarkers = 500;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    public Task<ReadDocument> ReadAsync(SourceFile file, CancellationToken cancellationToken = default)
    {
        var text = TextDecoder.Decode(file.Name, file.Content.Span);
        var plain = new ReadDocument(file.Name, "text/markdown", TextLines.Split(text));
        return Task.FromResult(IsSane(text, plain) && Parse(text) is { } markdown ? WithStructure(plain, text, markdown) : plain);
    }

    private static bool IsSane(string text, ReadDocument plain) =>
        text.Length <= LongestParsed && plain.Lines.All(line => line.Text.Length - line.Text.AsSpan().TrimStart(" \t>-*+").Length <= MostMarkers);

    private static MarkdownDocument? Parse(string text)
    {
        try
        {
            return Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's way to say that blocks are nested too deeply.
            return null;
        }
    }

    private static ReadDocument WithStructure(ReadDocument plain, string text, MarkdownDocument markdown)
    {
        var starts = TextLines.Starts(text);
        var front = FrontMatter.Of(markdown.OfType<YamlFrontMatterBlock>().FirstOrDefault()?.Lines.ToString() ?? "");
        ImmutableArray<Section> sections =
            [.. markdown.OfType<HeadingBlock>().Select(heading => new Section(TextLines.IndexAt(starts, heading.Span.Start), heading.Level, TitleOf(heading)))];
        return plain with
        {
            Title = front.Title ?? sections.Select(section => section.Title).FirstOrDefault(title => title.Length > 0),
            Author = front.Author,
            Date = front.Date,
            Sections = sections,
            Blocks = [.. markdown.Descendants<MarkdownBlock>().Select(block => BlockOf(block, starts)).OfType<Block>().OrderBy(block => block.Start)],
        };
    }

    private static string TitleOf(HeadingBlock heading) => string.Concat((heading.Inline?.Descendants<Inline>() ?? []).Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    })).Trim();

    private static Block? BlockOf(MarkdownBlock block, int[] starts)
    {
        var count = TextLines.IndexAt(starts, block.Span.End) - block.Line + 1;
        return block switch
        {
            _ when count < 1 => null,
            YamlFrontMatterBlock or CodeBlock => new(BlockKind.Code, block.Line, count),
            Table => new(BlockKind.Table, block.Line, count, Math.Min(count, 2)),
            _ => null,
        };
    }
}
