using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>Writes what a reader would see of a page as light Markdown, without what stands around it.</summary>
/// <remarks>No script runs, and nothing that the page names is fetched. Elements are visited recursively: the parser nests none deeper than 512.</remarks>
internal sealed partial class PageText
{
    private const int LongestLink = 300;

    // Parsing costs time in proportion to the depth; a page of text is far below.
    private const int DeepestPage = 2_000;

    private static readonly FrozenSet<string> Paragraphs = FrozenSet.Create(
        "p", "blockquote", "ul", "ol", "dl", "figure", "hr", "section", "article", "header", "main", "address", "form", "fieldset", "table", "h1", "h2", "h3", "h4", "h5", "h6");

    private static readonly FrozenSet<string> OwnLines = FrozenSet.Create("br", "div", "tr", "dt", "dd", "li", "caption", "figcaption", "summary", "details", "legend", "option");

    private readonly Dictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly PageElements _elements;
    private readonly Uri _base;
    private bool _isVerbatim;

    private PageText(PageElements elements, Uri address) => (_elements, _base) = (elements, address);

    /// <summary>The title, the text, and what was left out.</summary>
    /// <param name="html">The page.</param>
    /// <param name="address">Where it was found; links are relative to it.</param>
    /// <param name="cancellationToken">Stops the parser.</param>
    /// <exception cref="ToolException">It is nested too deeply.</exception>
    public static string Of(string html, Uri address, CancellationToken cancellationToken = default)
    {
        if (IsTooDeep(html))
        {
            throw new ToolException($"'{address.AbsoluteUri}' cannot be read: its tags are nested more than {DeepestPage} deep.");
        }

        using var page = new HtmlParser(new() { OnCreated = (_, _) => cancellationToken.ThrowIfCancellationRequested() }).ParseDocument(html);
        var reader = new PageText(new PageElements(page), BaseOf(page.QuerySelector("base")?.GetAttribute("href"), address));
        if (PageElements.MainOf(page) is { } main)
        {
            reader.VisitChildren(main);
        }

        var title = Visible(page.Title ?? "", out _).Trim();
        var text = Visible(reader._text.ToString(), out var invisible).Trim();
        return $"{(title.Length > 0 ? $"Title: {title.ReplaceLineEndings(" ")}\n\n" : "")}{(text.Length > 0 ? text : "[No text is to be seen on the page; scripts may write it.]")}{reader.LeftOut(invisible)}";
    }

    /// <summary>The text without characters that nobody sees, in which orders to a model can be hidden.</summary>
    public static string Visible(string text, out int invisible)
    {
        var visible = new StringBuilder(text.Length);
        invisible = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSeen(rune))
            {
                visible.Append(rune.ToString());
            }
            else
            {
                invisible++;
            }
        }

        return visible.ToString();
    }

    // The joiners (U+200C, U+200D) shape letters and emoji, and U+FE0F chooses between two pictures.
    private static bool IsSeen(Rune rune) => rune.Value is '\n' or '\t' or 0x200C or 0x200D
        || (rune.Value is not (>= 0xE0000 and <= 0xE0FFF)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private static Uri BaseOf(string? href, Uri address) =>
        href is not null && Uri.TryCreate(address, href, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : address;

    // Guessed without building it: start tags without an end, those apart that pages leave open and those that close themselves.
    private static bool IsTooDeep(string html)
    {
        var depth = 0;
        foreach (var tag in NestingTag().EnumerateMatches(html))
        {
            var isEnd = html[tag.Index + 1] == '/';
            depth = isEnd ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > DeepestPage)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("</?(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|param|source|tbody|td|th|thead|tr|wbr)\\b)[a-z][^<>]*(?<!/)(?:>|(?=<)|$)", RegexOptions.IgnoreCase)]
    private static partial Regex NestingTag();

    private void VisitChildren(INode parent)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                Append(text.Data);
            }
            else if (node is IElement element)
            {
                Visit(element);
            }
        }
    }

    private void Visit(IElement element)
    {
        if (_elements.ReasonToLeaveOut(element) is { } reason)
        {
            _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
            return;
        }

        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                EndParagraph();
                _text.Append('#', level - '0').Append(' ');
                VisitChildren(element);
                EndParagraph();
                break;
            case "pre":
                Verbatim(element);
                break;
            case "li":
                EndLine();
                _text.Append("- ");
                VisitChildren(element);
                EndLine();
                break;
            case "td" or "th":
                _text.Append(_text is [.., not '\n'] ? " | " : "");
                VisitChildren(element);
                break;
            case "a":
                Link(element);
                break;
            case "img":
                Append(element.GetAttribute("alt") is { Length: > 0 } alt ? $"[image: {alt}]" : "");
                break;
            case var name when Paragraphs.Contains(name):
                EndParagraph();
                VisitChildren(element);
                EndParagraph();
                break;
            case var name when OwnLines.Contains(name):
                EndLine();
                VisitChildren(element);
                EndLine();
                break;
            default:
                VisitChildren(element);
                break;
        }
    }

    private void Verbatim(IElement element)
    {
        EndParagraph();
        _text.Append("```\n");
        (var was, _isVerbatim) = (_isVerbatim, true);
        VisitChildren(element);
        _isVerbatim = was;
        EndLine();
        _text.Append("```\n");
        EndParagraph();
    }

    // A link over several lines is a box to click on: its text stands for itself.
    private void Link(IElement element)
    {
        var start = _text.Length;
        VisitChildren(element);
        var text = _text.ToString(start, _text.Length - start);
        if (text.Trim().Length > 0 && !text.Contains('\n', StringComparison.Ordinal) && TargetOf(element) is { } target)
        {
            var blank = text.Length - text.TrimStart().Length;
            _text.Length = start;
            _text.Append(text, 0, blank).Append('[').Append(text.AsSpan().Trim()).Append("](").Append(target).Append(')').Append(text[^1] == ' ' ? " " : "");
        }
    }

    private string? TargetOf(IElement element)
    {
        if (element.GetAttribute("href") is not { Length: > 0 and < LongestLink } href || href.StartsWith('#')
            || !Uri.TryCreate(_base, href, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var target = $"{uri.Scheme}://{uri.IdnHost}{port}{uri.PathAndQuery}".Replace(")", "%29", StringComparison.Ordinal);
        return target.Length <= LongestLink ? target : null;
    }

    private void Append(string text)
    {
        foreach (var sign in text)
        {
            if (_isVerbatim || !char.IsWhiteSpace(sign))
            {
                _text.Append(sign);
            }
            else if (_text is [.., not ('\n' or ' ')])
            {
                _text.Append(' ');
            }
        }
    }

    private void EndLine()
    {
        while (!_isVerbatim && _text is [.., ' '] && _text is not [.., '-' or '#', ' '])
        {
            _text.Length--;
        }

        _text.Append(_text is [.., not '\n'] ? "\n" : "");
    }

    private void EndParagraph()
    {
        EndLine();
        _text.Append(_text.Length > 1 && _text is not [.., '\n', '\n'] ? "\n" : "");
    }

    private string LeftOut(int invisible)
    {
        var parts = _leftOut.Where(part => part.Key != PageElements.Scripts).Select(part => $"{part.Key} ({part.Value})");
        var all = string.Join(", ", [.. parts, .. invisible > 0 ? [$"invisible characters ({invisible})"] : Array.Empty<string>()]);
        return all.Length > 0 ? $"\n\n[Left out: {all}.]" : "";
    }
}
