using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AngleSharp.Dom;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Writes the elements of a page as lines of text, numbered as in its source.</summary>
/// <remarks>Elements are visited recursively: the parser nests none deeper than 512.</remarks>
internal sealed class HtmlText
{
    private static readonly FrozenSet<string> Unread = FrozenSet.Create(
        "script", "style", "nav", "template", "noscript", "svg", "iframe", "object", "head", "title", "select", "button", "canvas", "math");

    private static readonly FrozenSet<string> Paragraphs = FrozenSet.Create(
        "p", "blockquote", "ul", "ol", "dl", "figure", "hr", "section", "article", "header", "footer", "main", "aside", "address", "form", "fieldset");

    private static readonly FrozenSet<string> OwnLines = FrozenSet.Create("br", "div", "tr", "dt", "dd", "caption", "figcaption", "summary", "details", "legend");

    private readonly ImmutableArray<SourceLine>.Builder _lines = ImmutableArray.CreateBuilder<SourceLine>();
    private readonly ImmutableArray<Section>.Builder _sections = ImmutableArray.CreateBuilder<Section>();
    private readonly ImmutableArray<Block>.Builder _blocks = ImmutableArray.CreateBuilder<Block>();
    private readonly StringBuilder _text = new();
    private int _sourceLine = 1;
    private int _startedAt = 1;
    private bool _isVerbatim;
    private bool _isInCell;

    private HtmlText()
    {
    }

    public ImmutableArray<SourceLine> Lines => _lines.ToImmutable();

    public ImmutableArray<Section> Sections => _sections.ToImmutable();

    public ImmutableArray<Block> Blocks => _blocks.ToImmutable();

    /// <summary>The text of an element and all that is in it; none for no element.</summary>
    public static HtmlText Of(IElement? root)
    {
        var text = new HtmlText();
        if (root is not null)
        {
            text.VisitChildren(root);
            text.EndLine();
        }

        return text;
    }

    private void VisitChildren(INode parent)
    {
        foreach (var node in parent.ChildNodes)
        {
            switch (node)
            {
                case IText text:
                    Append(text.Data);
                    break;
                case IElement element:
                    _sourceLine = element.SourceReference?.Position.Line ?? _sourceLine;
                    Visit(element);
                    break;
                default:
                    _sourceLine += node.TextContent.AsSpan().Count('\n');
                    break;
            }
        }
    }

    private void Visit(IElement element)
    {
        switch (element.LocalName)
        {
            case var name when Unread.Contains(name):
                _sourceLine += element.TextContent.AsSpan().Count('\n');
                break;
            case ['h', >= '1' and <= '6' and var level]:
                Heading(element, level - '0');
                break;
            case "table":
                Table(element);
                break;
            case "td" or "th":
                _text.Append(_text.Length > 0 ? " | " : "");
                VisitChildren(element);
                break;
            case "pre":
                Verbatim(element);
                break;
            case "li":
                EndLine();
                Append("- ");
                VisitChildren(element);
                EndLine();
                break;
            case var name when Paragraphs.Contains(name):
                Surrounded(element, EndParagraph);
                break;
            case var name when OwnLines.Contains(name):
                Surrounded(element, EndLine);
                break;
            default:
                VisitChildren(element);
                break;
        }
    }

    private void Surrounded(IElement element, Action end)
    {
        end();
        VisitChildren(element);
        end();
    }

    private void Heading(IElement element, int level)
    {
        EndParagraph();
        var start = _lines.Count;
        VisitChildren(element);
        EndParagraph();
        if (_lines.Count > start)
        {
            _sections.Add(new(start, level, _lines[start].Text));
        }
    }

    // A table that holds tables or headings lays out the page; in any other a row is one line.
    private void Table(IElement table)
    {
        EndParagraph();
        if (table.QuerySelector("table, h1, h2, h3, h4, h5, h6, pre") is not null)
        {
            VisitChildren(table);
            EndParagraph();
            return;
        }

        var start = _lines.Count;
        var wasInCell = _isInCell;
        var header = 0;
        foreach (var row in table.QuerySelectorAll("tr, caption"))
        {
            _sourceLine = row.SourceReference?.Position.Line ?? _sourceLine;
            _isInCell = true;
            VisitChildren(row);
            _isInCell = false;
            EndLine();
            header += _lines.Count - start == header + 1 && row.Children.All(cell => cell.LocalName == "th") ? 1 : 0;
        }

        _isInCell = wasInCell;
        if (_lines.Count > start)
        {
            _blocks.Add(new(BlockKind.Table, start, _lines.Count - start, header));
        }

        EndParagraph();
    }

    private void Verbatim(IElement element)
    {
        EndParagraph();
        var start = _lines.Count;
        var wasVerbatim = _isVerbatim;
        _isVerbatim = true;
        VisitChildren(element);
        EndLine();
        _isVerbatim = wasVerbatim;
        if (_lines.Count > start && !wasVerbatim)
        {
            _blocks.Add(new(BlockKind.Code, start, _lines.Count - start));
        }

        EndParagraph();
    }

    private void Append(string text)
    {
        foreach (var sign in text)
        {
            _startedAt = _text.Length == 0 ? _sourceLine : _startedAt;
            if (_isVerbatim && sign == '\n')
            {
                EndVerbatimLine();
            }
            else if (_isVerbatim || !char.IsWhiteSpace(sign) || sign == '\u00A0')
            {
                _text.Append(sign == '\u00A0' ? ' ' : sign);
            }
            else if (_text.Length > 0 && _text[^1] != ' ')
            {
                _text.Append(' ');
            }

            _sourceLine += sign == '\n' ? 1 : 0;
        }
    }

    private void EndVerbatimLine()
    {
        _lines.Add(new(_startedAt, _text.ToString().TrimEnd()));
        _text.Clear();
    }

    private void EndLine()
    {
        if (_isInCell)
        {
            _text.Append(_text.Length > 0 && _text[^1] != ' ' ? " " : "");
            return;
        }

        var text = _text.ToString().TrimEnd();
        _text.Clear();
        if (text.Length > 0)
        {
            _lines.Add(new(_startedAt, text));
        }
    }

    private void EndParagraph()
    {
        EndLine();
        if (!_isInCell && _lines.Count > 0 && _lines[^1].Text.Length > 0)
        {
            _lines.Add(new(_sourceLine, ""));
        }
    }
}
