using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Writes the body of a Word document as lines, a paragraph or a table row each, element by element, however large or nested it is.</summary>
internal sealed class DocxText
{
    private const int LastHeadingLevel = 9;

    private readonly ImmutableArray<SourceLine>.Builder _lines = ImmutableArray.CreateBuilder<SourceLine>();
    private readonly ImmutableArray<Section>.Builder _sections = ImmutableArray.CreateBuilder<Section>();
    private readonly ImmutableArray<Block>.Builder _blocks = ImmutableArray.CreateBuilder<Block>();
    private readonly FrozenDictionary<string, int> _headingLevels;
    private readonly StringBuilder _text = new();
    private int _paragraph;
    private int _level;
    private int _tables;
    private int _tableStart;
    private int _fallbacks;

    private DocxText(FrozenDictionary<string, int> headingLevels) => _headingLevels = headingLevels;

    public ImmutableArray<SourceLine> Lines => _lines.ToImmutable();

    public ImmutableArray<Section> Sections => _sections.ToImmutable();

    public ImmutableArray<Block> Blocks => _blocks.ToImmutable();

    public static DocxText Of(MainDocumentPart main, CancellationToken cancellationToken)
    {
        var text = new DocxText(HeadingLevels(main.StyleDefinitionsPart?.Styles));
        using var reader = OpenXmlReader.Create(main);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Visit(reader);
        }

        return text;
    }

    // Styles are named by the user's language; what makes one a heading is its outline level, or the built-in name it is based on.
    private static FrozenDictionary<string, int> HeadingLevels(Styles? styles)
    {
        Dictionary<string, int> levels = new(StringComparer.Ordinal);
        foreach (var style in styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id && LevelOf(style) is >= 1 and <= LastHeadingLevel and var level)
            {
                levels[id] = level;
            }
        }

        return levels.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static int LevelOf(Style style)
    {
        var name = style.StyleName?.Val?.Value ?? "";
        return style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } outline ? outline + 1
            : name.Equals("title", StringComparison.OrdinalIgnoreCase) ? 1
            : name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && name[^1] is >= '1' and <= '9' ? name[^1] - '0'
            : 0;
    }

    private void Visit(OpenXmlReader reader)
    {
        if (reader.ElementType == typeof(AlternateContentFallback))
        {
            // It says the same as the choice before it, for older programs.
            _fallbacks += reader.IsStartElement ? 1 : -1;
        }
        else if (_fallbacks > 0)
        {
            return;
        }
        else if (reader.IsStartElement)
        {
            Begin(reader);
        }

        if (reader.IsEndElement)
        {
            End(reader.ElementType);
        }
    }

    private void Begin(OpenXmlReader reader)
    {
        if (reader.ElementType == typeof(Text))
        {
            _text.Append(reader.GetText());
        }
        else if (reader.ElementType == typeof(TabChar))
        {
            _text.Append('\t');
        }
        else if (reader.ElementType == typeof(Break) || reader.ElementType == typeof(CarriageReturn))
        {
            _text.Append(' ');
        }
        else if (reader.ElementType == typeof(NoBreakHyphen))
        {
            _text.Append('-');
        }
        else if (reader.ElementType == typeof(ParagraphStyleId))
        {
            _level = reader.Attributes.FirstOrDefault(attribute => attribute.LocalName == "val").Value is { } style ? _headingLevels.GetValueOrDefault(style) : 0;
        }
        else if (reader.ElementType == typeof(Table) && _tables++ == 0)
        {
            _tableStart = _lines.Count;
        }
        else if (reader.ElementType == typeof(TableCell) && _tables == 1 && _text.Length > 0)
        {
            _text.Length -= _text[^1] == ' ' ? 1 : 0;
            _text.Append(" | ");
        }
    }

    private void End(Type element)
    {
        if (element == typeof(Paragraph) && _tables == 0)
        {
            EndLine(_level);
            _lines.Add(new(_paragraph, ""));
            _level = 0;
        }
        else if (element == typeof(Paragraph))
        {
            _text.Append(_text.Length > 0 ? " " : "");
        }
        else if (element == typeof(TableRow) && _tables == 1)
        {
            EndLine(level: 0);
        }
        else if (element == typeof(Table) && --_tables == 0 && _lines.Count > _tableStart)
        {
            _blocks.Add(new(BlockKind.Table, _tableStart, _lines.Count - _tableStart, _lines.Count - _tableStart > 1 ? 1 : 0));
            _lines.Add(new(_paragraph, ""));
        }
    }

    private void EndLine(int level)
    {
        _paragraph++;
        var text = TextDecoder.Clean(_text.ToString().Trim());
        _text.Clear();
        if (text.Length > 0 && level > 0)
        {
            _sections.Add(new(_lines.Count, level, text));
        }

        _lines.Add(new(_paragraph, text));
    }
}
