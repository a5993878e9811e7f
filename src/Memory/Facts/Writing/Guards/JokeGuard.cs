using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>Sarcasm and jokes that show themselves: "oh sure, I just love it when", "living the dream", "/s".</summary>
internal sealed partial class JokeGuard : Guard
{
    public override bool Refuses(Clause clause, Reading reading)
    {
        var sentence = reading.Own[clause.Sentence[0].Start..Math.Min(reading.Own.Length, clause.Sentence[^1].End + 1)];
        return Marks().IsMatch(reading.Own) || Irony().IsMatch(sentence) || Shouted().IsMatch(sentence);
    }

    // Of the whole turn: they turn everything round that is said with them.
    [GeneratedRegex(
        @"living the dream|(?:^|\s)/s\b|\bjust kidding|\bkidding\b|\bjoking\b|\bj/k\b|😂|🤣|🙃|😜|😉|\bcouldn't be happier|\bwhat could go wrong|\bhighlight of my (?:existence|life|day|week)|\bmy favou?rite thing in (?:the )?(?:life|world)|\bas one does\b|\bsaid no one\b|\bin my dreams\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Marks();

    // Delight with an opening that protests too much, or over something that happens to one.
    [GeneratedRegex(
        @"^\W*(?:oh|yes|yeah|sure|naturally|of course|obviously|clearly|great|wonderful|fantastic|brilliant|lovely|because)\b.*\b(?:love|adore|enjoy|thrilled|delighted|dream|can't wait)\b"
        + @"|\b(?:love|adore|enjoy|live for)\b(?: it| nothing more| so much| being|\s+\w+ing\b)*\s+(?:when|how|that|being|than)\b|^\W*(?:so |well |and )?(?:obviously|naturally|of course)\b|\bevidently\b|\bsecretly\b|\btruly\b|\bclearly a\b|\bprofessional \w+ (?:loser|procrastinator)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Irony();

    [GeneratedRegex(@"\b(?:LOVE|ADORE|SO|ENJOY)\b")]
    private static partial Regex Shouted();
}
