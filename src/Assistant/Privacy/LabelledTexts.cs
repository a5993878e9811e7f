using System.Collections.Frozen;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy;

/// <summary>Finds facts and documents by the user's labels in what is about to leave the machine.</summary>
/// <param name="facts">Facts, each with its label.</param>
/// <param name="documents">Documents, each with its label.</param>
// Not the whole text of a fact is looked for but what tells it from others: its numbers, or half of its words. A false alarm costs a
// question; a fact that got out cannot be called back. Of a document a run of letters tells that it is quoted.
internal sealed class LabelledTexts(FactStore facts, DocumentStore documents)
{
    private const int ShortestNumber = 4;
    private const int ShortestWord = 4;

    // Five to six words; a known name of several words is shorter.
    private const int RunLetters = 26;

    // Frequent words of four letters and more, which tell nothing.
    private static readonly FrozenSet<string> Frequent =
        ("about after again also always another because been before being between both could does doing during each ever every from have having here hers into itself just least less "
        + "like likes live lives made make many more most much must name named never next none often once only other ours over said same should since some someone still such than that their theirs them then "
        + "there these they thing this those through together under until user users using very want wants were what when where which while will with within without work works would years your yours").Split(' ').ToFrozenSet();

    /// <summary>What kind of thing was found that never leaves, without its words; null where nothing was.</summary>
    /// <param name="forms">What is about to leave, in all forms.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string?> FindNeverAsync(string forms, CancellationToken cancellationToken = default) =>
        (await FactsToldAsync(forms, EgressLabel.Never, cancellationToken)).Count > 0 ? "something of a fact that you labelled never to leave this machine"
        : await QuotesNeverAsync(forms, cancellationToken) ? "words of a document that you labelled never to leave this machine"
        : null;

    /// <summary>The facts of a label that a text tells. Of those labelled never, half of what tells one from others is enough; of others it takes all of it.</summary>
    public async Task<IReadOnlyList<Fact>> FactsToldAsync(string text, EgressLabel label, CancellationToken cancellationToken = default)
    {
        var all = await facts.ListAsync(includeRetracted: label == EgressLabel.Never, int.MaxValue, kind: null, cancellationToken);
        var folded = TextFolding.Fold(text);
        return [.. all.Where(fact => fact.Egress == label && IsTold(fact.Text, folded, isLoose: label == EgressLabel.Never))];
    }

    private async Task<bool> QuotesNeverAsync(string text, CancellationToken cancellationToken)
    {
        var never = (await documents.ListAsync(cancellationToken)).Where(document => document.Egress == EgressLabel.Never).ToList();
        if (never.Count == 0)
        {
            return false;
        }

        // Wherever words begin and end: letters with blanks or dashes between them are the same letters.
        var lines = text.Split('\n').Append(text).Select(LettersOf).ToList();
        var said = lines.SelectMany(RunsOf).ToHashSet();
        foreach (var document in never)
        {
            var letters = LettersOf(string.Join(' ', (await documents.ChunksAsync(document.Id, cancellationToken)).Select(chunk => chunk.Text)));
            if (letters.Length >= RunLetters ? RunsOf(letters).Any(said.Contains) : letters.Length > 0 && lines.Exists(line => line.Contains(letters, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static string LettersOf(string text) => string.Concat(WordsIn(text));

    // Hashes of the runs of letters.
    private static IEnumerable<ulong> RunsOf(string letters)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var oldest = Enumerable.Repeat(Factor, RunLetters).Aggregate(1UL, (power, factor) => unchecked(power * factor));
        var hash = 0UL;
        for (var i = 0; i < letters.Length; i++)
        {
            hash = unchecked((hash * Factor) + letters[i] - (i < RunLetters ? 0 : letters[i - RunLetters] * oldest));
            if (i >= RunLetters - 1)
            {
                yield return hash;
            }
        }
    }

    private static bool IsTold(string fact, string text, bool isLoose)
    {
        var words = WordsOf(fact);
        var numbers = words.Where(word => word.Length >= ShortestNumber && word.Any(char.IsDigit)).ToList();
        var telling = words.Where(word => word.Length >= ShortestWord && !Frequent.Contains(word)).ToList();
        telling = telling.Count > 0 ? telling : [.. words.Where(word => word.Length == ShortestWord - 1)];
        var said = telling.Count(text.Contains);
        return numbers.Any(text.Contains) || (telling.Count > 0 && (isLoose ? said * 2 >= telling.Count : telling.Count > 1 && said == telling.Count));
    }

    private static List<string> WordsIn(string text) =>
        [.. new string([.. TextFolding.Fold(text).Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    // Digits that are written in groups are one number.
    private static List<string> WordsOf(string text)
    {
        var words = WordsIn(text);
        var joined = string.Concat(words.Where(word => word.All(char.IsDigit)));
        return [.. words.Append(joined).Where(word => word.Length > 0).Distinct()];
    }
}
