using System.Collections.Frozen;
using PersonalAi.Memory.Facts;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>Finds facts that the user labelled never to leave the machine in what is about to leave it.</summary>
/// <param name="facts">Where they are kept.</param>
// Not the whole text of a fact is looked for but what tells it from others: its numbers, or half of its words. A false alarm costs a
// question; a fact that got out cannot be called back.
internal sealed class NeverFacts(FactStore facts)
{
    private const string Kind = "something of a fact that you labelled never to leave this machine";
    private const int ShortestNumber = 4;
    private const int ShortestWord = 4;

    // Frequent words of four letters and more, which tell nothing.
    private static readonly FrozenSet<string> Frequent =
        ("about after again also always another because been before being between both could does doing during each ever every from have having here hers into itself just least less "
        + "like likes live lives made make many more most much must name named never next none often once only other ours over said same should since some someone still such than that their theirs them then "
        + "there these they thing this those through together under until user users using very want wants were what when where which while will with within without work works would years your yours").Split(' ').ToFrozenSet();

    /// <summary>What kind of thing was found; null where nothing was.</summary>
    /// <param name="forms">What is about to leave, in all forms.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<string?> FindAsync(string forms, CancellationToken cancellationToken = default)
    {
        var all = await facts.ListAsync(includeRetracted: true, int.MaxValue, kind: null, cancellationToken);
        var text = TextFolding.Fold(forms);
        return all.Any(fact => fact.Egress == EgressLabel.Never && IsTold(fact.Text, text)) ? Kind : null;
    }

    private static bool IsTold(string fact, string text)
    {
        var words = WordsOf(TextFolding.Fold(fact));
        var numbers = words.Where(word => word.Length >= ShortestNumber && word.Any(char.IsDigit)).ToList();
        var telling = words.Where(word => word.Length >= ShortestWord && !Frequent.Contains(word)).ToList();
        telling = telling.Count > 0 ? telling : [.. words.Where(word => word.Length == ShortestWord - 1)];
        return numbers.Any(text.Contains) || (telling.Count > 0 && telling.Count(text.Contains) * 2 >= telling.Count);
    }

    // Digits that are written in groups are one number.
    private static List<string> WordsOf(string text)
    {
        var words = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(words.Where(word => word.All(char.IsDigit)));
        return [.. words.Append(joined).Where(word => word.Length > 0).Distinct()];
    }
}
