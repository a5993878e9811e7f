using System.Runtime.InteropServices;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Finds known phrases in a text at the ends of words, however many they are, by the first word of each.</summary>
/// <typeparam name="T">What is known of a phrase.</typeparam>
/// <param name="comparison">How phrases are compared.</param>
internal sealed class KnownPhrases<T>(StringComparer comparison)
{
    private readonly Dictionary<string, T> _phrases = new(comparison);

    // By the first word: how many characters stand before it, and how long the phrase is.
    private readonly Dictionary<string, HashSet<(int Lead, int Length)>> _forms = new(comparison);

    public int Count => _phrases.Count;

    public bool TryGet(string phrase, out T? known) => _phrases.TryGetValue(phrase, out known);

    /// <summary>Adds a phrase; one that is there stays as it is, and one without a letter or digit is not taken.</summary>
    public void Add(string phrase, T known)
    {
        if (Words(phrase).FirstOrDefault() is { Length: > 0 } first && _phrases.TryAdd(phrase, known))
        {
            ref var forms = ref CollectionsMarshal.GetValueRefOrAddDefault(_forms, phrase.Substring(first.Start, first.Length), out _);
            (forms ??= []).Add((first.Start, phrase.Length));
        }
    }

    /// <summary>Where phrases stand; they may overlap.</summary>
    public IEnumerable<(int Start, int Length, T Known)> Find(string text)
    {
        if (_phrases.Count == 0)
        {
            yield break;
        }

        foreach (var word in Words(text))
        {
            if (!_forms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(word.Start, word.Length), out var forms))
            {
                continue;
            }

            foreach (var (lead, length) in forms)
            {
                var (start, end) = (word.Start - lead, word.Start - lead + length);
                if (start >= 0 && end <= text.Length && IsWhole(text, start, end) && _phrases.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(start, length), out var known))
                {
                    yield return (start, length, known);
                }
            }
        }
    }

    private static bool IsWhole(string text, int start, int end) =>
        !(start > 0 && char.IsLetterOrDigit(text[start - 1]) && char.IsLetterOrDigit(text[start]))
        && !(end < text.Length && char.IsLetterOrDigit(text[end]) && char.IsLetterOrDigit(text[end - 1]));

    private static IEnumerable<(int Start, int Length)> Words(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                at++;
            }

            if (at > start)
            {
                yield return (start, at - start);
            }
        }
    }
}
