using System.Collections.Immutable;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Puts pieces together into chunks, as many as fit into each.</summary>
internal sealed class ChunkDraft(ReadDocument document, ChunkOptions options)
{
    private readonly ImmutableArray<Chunk>.Builder _chunks = ImmutableArray.CreateBuilder<Chunk>();
    private readonly StringBuilder _text = new();
    private ImmutableArray<string> _section = [];
    private ImmutableArray<string> _path = [];
    private string? _tableHeader;
    private int _start;
    private int _end;
    private int _tokens;

    /// <summary>Ends the chunk unless it is tiny.</summary>
    public void BeginSection(SectionSpan section)
    {
        if (section.Apart || _tokens >= options.MinTokens)
        {
            Flush();
        }

        _section = section.Path;
    }

    public void Add(Piece piece)
    {
        var tokens = options.CountTokens(piece.Text);
        if (_text.Length > 0 && _tokens + tokens > options.TargetTokens)
        {
            Flush();
        }

        if (_text.Length == 0)
        {
            (_path, _start, _tableHeader) = (_section, piece.Start, HeaderFor(piece));
            _tokens = _tableHeader is null ? 0 : options.CountTokens(_tableHeader);
        }
        else
        {
            _text.Append((piece.Start - _end) switch { < 0 => "", 0 => "\n", _ => "\n\n" });
            _path = Join(_path, _section);
        }

        _text.Append(piece.Text);
        _tokens += tokens;
        _end = piece.End;
    }

    public ImmutableArray<Chunk> End()
    {
        Flush();
        return _chunks.ToImmutable();
    }

    private void Flush()
    {
        if (_text.Length > 0)
        {
            _chunks.Add(new(_chunks.Count, _text.ToString().TrimEnd(), document.Lines[_start].Number, document.Lines[_end - 1].Number)
            {
                Path = _path,
                TableHeader = _tableHeader,
            });
        }

        _text.Clear();
        _tokens = 0;
    }

    // A heading that stands alone before its first subsection takes that one's path; sections side by side take what they share.
    private static ImmutableArray<string> Join(ImmutableArray<string> path, ImmutableArray<string> section) =>
        section.Length >= path.Length && section.Take(path.Length).SequenceEqual(path)
            ? section
            : [.. path.Zip(section).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];

    // Clipped where rows would find no room beside a header of very many columns.
    private string? HeaderFor(Piece piece)
    {
        if (!piece.LacksHeader || piece.Block is not { } table)
        {
            return null;
        }

        var header = Piece.OfLines(document, table.Start, table.Start + table.Header, table).Text;
        var longest = options.TargetTokens / 3;
        return options.CountTokens(header) <= longest ? header : header[..Math.Min(header.Length, longest)];
    }
}
