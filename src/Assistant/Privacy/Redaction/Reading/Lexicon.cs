using System.IO.Compression;
using System.Text;

namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>Published lists of names and of words; where they come from stands in <c>docs/redaction.md</c>.</summary>
internal sealed class Lexicon
{
    private const string Resource = "lexicon.br";

    private static readonly Lazy<Lexicon> Loaded = new(Load);

    // All lines in the order of their characters, each a folded word, a space, and letters for its uses; and where each begins.
    private readonly string _lines;
    private readonly int[] _starts;

    private Lexicon(string lines)
    {
        _lines = lines;
        _starts = [0, .. lines.Index().Where(pair => pair.Item == '\n').Select(pair => pair.Index + 1)];
    }

    /// <summary>The one that is part of the program; unpacked when it is first needed.</summary>
    public static Lexicon Shared => Loaded.Value;

    /// <summary>All words, folded.</summary>
    public IEnumerable<string> Words => _starts.Select(start => WordAt(start).ToString());

    /// <summary>What a word is used as.</summary>
    /// <param name="folded">The word after <see cref="Folding.Fold"/>.</param>
    public WordUse UseOf(ReadOnlySpan<char> folded)
    {
        var (low, high) = (0, _starts.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var word = WordAt(_starts[middle]);
            switch (folded.CompareTo(word, StringComparison.Ordinal))
            {
                case 0:
                    return UsesAt(_starts[middle] + word.Length + 1);
                case < 0:
                    high = middle - 1;
                    break;
                default:
                    low = middle + 1;
                    break;
            }
        }

        return WordUse.None;
    }

    private ReadOnlySpan<char> WordAt(int start)
    {
        var rest = _lines.AsSpan(start);
        return rest[..rest.IndexOf(' ')];
    }

    private WordUse UsesAt(int start)
    {
        var uses = WordUse.None;
        for (var i = start; i < _lines.Length && _lines[i] != '\n'; i++)
        {
            uses |= _lines[i] switch
            {
                'g' => WordUse.Given,
                'f' => WordUse.Family,
                'p' => WordUse.Place,
                'w' => WordUse.Word,
                'a' => WordUse.Everyday,
                _ => throw new InvalidDataException($"The lexicon has the mark '{_lines[i]}', which is not known; make it again with build/names/make.mjs."),
            };
        }

        return uses;
    }

    private static Lexicon Load()
    {
        using var packed = typeof(Lexicon).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The program lacks its part '{Resource}'; build it again.");
        using var lines = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return new Lexicon(lines.ReadToEnd());
    }
}
