using PersonalAi.Assistant.Privacy.Redaction.Reading;
using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Whom and what the user's own memory knows: people, places, projects, accounts.</summary>
internal sealed class NameDictionary
{
    // A single word means somebody as it is written; names of several words are meant in any case.
    private readonly KnownPhrases<string> _words = new(StringComparer.Ordinal);
    private readonly KnownPhrases<string> _phrases = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="names">Names, each with one of <see cref="SensitiveType"/>; of the same name the first counts.</param>
    public NameDictionary(IEnumerable<(string Name, string Type)> names)
    {
        foreach (var (name, type) in names)
        {
            (name.Contains(' ', StringComparison.Ordinal) ? _phrases : _words).Add(name, type);
        }
    }

    /// <summary>Knows nobody.</summary>
    public static NameDictionary Empty { get; } = new([]);

    /// <summary>What the facts in the memory name.</summary>
    public static async Task<NameDictionary> ReadAsync(KnownNames names, CancellationToken cancellationToken = default) =>
        new(MemoryNames.Of(await names.ListAsync(cancellationToken)));

    public int Count => _words.Count + _phrases.Count;

    /// <summary>Where names stand, as whole words.</summary>
    public IEnumerable<SensitiveSpan> Find(ReadText text) =>
        _words.Find(text.Text).Concat(_phrases.Find(text.Text)).Select(place => new SensitiveSpan(place.Start, place.Length, place.Known, Score: 1));
}
