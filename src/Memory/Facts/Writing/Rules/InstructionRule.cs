using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Don't greet me", "always answer in German", "no emojis please": how the user wants to be answered from now on.</summary>
internal sealed partial class InstructionRule() : FactRule("instruction")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        var text = reading.Own[clause.Start..clause.End];
        var match = Wish().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var words = clause.Words.Where(word => word.Start >= clause.Start + match.Index).ToList();
        return new FactCandidate(
            Rewriter.Phrase(reading.Turn.Text, [.. words], "the user asks:"), FactKind.Preference, words[0].Start, clause.End - words[0].Start, Name);
    }

    [GeneratedRegex(
        @"(?:^|(?<=[\s,]))(?:"
        // What the assistant is not to do: it is said of every answer.
        + @"(?:please )?(?:don'?t|do not|never|stop|no need to|quit)\s+(?:ever )?(?:greet|sum|summari[sz]e|call|tell|use|using|give|write|send|suggest|recommend|mention|remind|repeat|apologi[sz]e|explain|start|begin|end|add|put|translate|answer|reply|include|lecture|sugar|giving|telling|calling|greeting|asking)\s+(?:me|up|each|every|with|recipes|in|emojis?|bullet|so|any|things|answers|long|your|us|them)\b.*"
        + @"|no (?:[\w'-]+ ){0,3}(?:answers?|replies|emojis?|bullet points?|lists|jargon|greetings?|summaries|apologies|disclaimers|tables|small talk)\b.*"
        + @"|(?:from now on|in (?:the )?future|always|every time)\b,?\s+(?:please\s+)?(?:answer|reply|write|speak|talk|use|give|keep|call|show|address|put|tell|be|start|end|convert|spell)\b.*"
        + @"|(?:please |kindly )?(?:answer|reply|write|speak|talk|keep|spell|address|give|use|show|list|put)\b.*\b(?:from now on|always|in (?:the )?future|every time|in general)\b.*"
        + @"|(?:please |kindly )?(?:use|avoid|write|give)\b.*\b(?:whatever|whenever|everything|anything) you (?:write|print|send|give|show|say|tell|answer|make)\b.*"
        + @"|(?:please |kindly )?(?:keep|make) (?:your |the |all )*(?:answers|replies)\b.*"
        + @"|(?:please |kindly )?(?:give|use|write|show|answer|reply|keep|spell)\b.*\b(?:henceforth|from now(?: on)?)\b.*"
        + @"|[\w ]+\b(?:only|always)\b[\w ]* from now(?: on)?$"
        + @"|you (?:also |always |can |should |please )*(?:write|answer|speak|talk|reply|keep)\b.*\b(?:to me|with me|short|easy|simple)\b.*"
        + @")",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Wish();
}
