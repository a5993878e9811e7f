using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Remember that ...", "note that ...", "don't forget ...": what follows is stored as it is said.</summary>
internal sealed partial class RememberRule() : FactRule("remember")
{
    private static readonly string[] NoContent = ["me", "this", "it", "what", "how", "when", "who", "where", "if", "because", "and", "why", "us", "you", "your"];

    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        var sentence = reading.Own[clause.Sentence[0].Start..clause.Sentence[^1].End];
        var match = Request().Match(sentence);
        var start = clause.Sentence[0].Start + match.Groups["said"].Index;
        if (!match.Success || start >= clause.End || (start < clause.Start && clause.Sentence.Any(word => word.Start >= start && word.Start < clause.Start && !word.IsMark)))
        {
            return null;
        }

        var said = clause.Words.Where(word => word.Start >= start).SkipWhile(word => word.IsMark).ToList();
        if (said is not [var first, _, ..] || NoContent.Contains(first.Lower))
        {
            return null;
        }

        var isTask = first.Is("to");
        var words = isTask ? said[1..] : said;
        var told = statement ?? (isTask ? null : Statement.Read(clause with { Words = [.. words] }));
        return new FactCandidate(
            Rewriter.Phrase(reading.Turn.Text, [.. words], isTask ? "the user wants a reminder to" : ""),
            isTask ? FactKind.Task : told is { Subject.Kind: SubjectKind.User } && !Details.HasDate([.. words]) ? FactKind.Profile : FactKind.Event,
            words[0].Start,
            words[^1].End - words[0].Start,
            Name)
        {
            Confidence = 0.98,
            IsExplicit = true,
            Attribute = told is null ? null : Attributes.Of(told),
        };
    }

    [GeneratedRegex(
        @"^(?:(?:oh|ok|okay|and|so|also|but|please|pls|well|right|hey|just|could you|can you|good)\W+)*(?:you (?:must |should )?)?(?:please )?(?:remember|memori[sz]e|note|keep in mind|bear in mind|don'?t forget|do not forget|make a note|for the record|for future reference|save this|store this|reminder)"
        + @"(?:\s+(?:for me|please|this))?\s*[:,]?\s*(?:that\b,?\s*)?(?<said>.+)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Request();
}
