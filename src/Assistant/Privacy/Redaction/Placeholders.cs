using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>The placeholders of one packet: the same value gets the same one in all its texts. For one thread at a time.</summary>
/// <param name="redactor">Finds what is replaced.</param>
internal sealed class Placeholders(Redactor redactor)
{
    // What the texts themselves write like a placeholder, where that is one of ours already.
    private const string LiteralType = "TEXT";

    // Each round leaves shorter pieces; more than two were not seen.
    private const int MostRounds = 4;

    private readonly List<Replacement> _replacements = [];
    private readonly KnownPhrases<Replacement> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>What was replaced so far, in the order in which it came.</summary>
    public IReadOnlyList<Replacement> Replacements => _replacements;

    /// <summary>Reads a text of the packet before others are redacted, so that what is found in it is replaced in all of them.</summary>
    public void Learn(string text) => Choose(text);

    /// <summary>The text with placeholders: <c>[PERSON_1] lives at [STREET_ADDRESS_1]</c>.</summary>
    public string Apply(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (redacted, at) = (new StringBuilder(text.Length), 0);
        foreach (var span in Choose(text))
        {
            redacted.Append(text, at, span.Start - at).Append(PlaceholderFor(text.Substring(span.Start, span.Length), span.Type));
            at = span.End;
        }

        return redacted.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The text with the values in the place of their placeholders, however a model wrote these; what is none of them stays as it is.</summary>
    public string Restore(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (restored, at) = (new StringBuilder(text.Length), 0);
        foreach (Match writing in Placeholder.AllIn(text))
        {
            if (_originals.TryGetValue(Placeholder.Meant(writing), out var original))
            {
                restored.Append(text, at, writing.Index - at).Append(original);
                at = writing.Index + writing.Length;
            }
        }

        return restored.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Restores an answer that comes in pieces.</summary>
    public StreamingRestore BeginRestore() => new(this);

    // What is known already is looked for between what was found, and again where that leaves new pieces.
    private IReadOnlyList<SensitiveSpan> Choose(string text)
    {
        var spans = Find(text);
        for (var round = 0; ; round++)
        {
            var chosen = SpanChoice.Choose(text, spans);
            foreach (var span in chosen)
            {
                PlaceholderFor(text.Substring(span.Start, span.Length), span.Type);
            }

            var known = KnownBetween(text, chosen).ToList();
            if (known.Count == 0 || round == MostRounds)
            {
                return chosen;
            }

            spans = [.. chosen, .. known];
        }
    }

    private IEnumerable<SensitiveSpan> KnownBetween(string text, IReadOnlyList<SensitiveSpan> spans)
    {
        var at = 0;
        foreach (var (start, end) in spans.Select(span => (span.Start, span.End)).Append((text.Length, text.Length)))
        {
            foreach (var place in _known.Find(text[at..start]))
            {
                yield return new SensitiveSpan(at + place.Start, place.Length, place.Known.Type, Score: 1);
            }

            at = end;
        }
    }

    private List<SensitiveSpan> Find(string text)
    {
        var spans = redactor.Find(text).ToList();
        foreach (Match writing in Placeholder.AllIn(text))
        {
            if (_originals.ContainsKey(Placeholder.Meant(writing)))
            {
                spans.Add(new SensitiveSpan(writing.Index, writing.Length, LiteralType, Score: 1));
            }

            _foreign.Add(Placeholder.Meant(writing));
        }

        return spans;
    }

    private string PlaceholderFor(string original, string type)
    {
        if (_known.TryGet(original, out var known))
        {
            return known!.Placeholder;
        }

        string placeholder;
        do
        {
            _numbers[type] = _numbers.GetValueOrDefault(type) + 1;
            placeholder = Placeholder.Of(type, _numbers[type]);
        }
        while (_foreign.Contains(placeholder));

        var replacement = new Replacement(type, placeholder, original);
        _replacements.Add(replacement);
        _known.Add(original, replacement);
        _originals.Add(placeholder, original);
        return placeholder;
    }
}
