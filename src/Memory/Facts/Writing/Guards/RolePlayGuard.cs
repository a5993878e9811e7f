using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>Turns that set up a play, in which nobody speaks for themselves.</summary>
internal sealed partial class RolePlayGuard : Guard
{
    public override bool Refuses(Clause clause, Reading reading) => Play().IsMatch(reading.Own);

    [GeneratedRegex(
        @"\b(?:pretend|role-?play\w*|imagine (?:you|that you|i'm|i am|we)|act as|in character|you be (?:the|a|my)|you play|play (?:the|a|my)\b[^.!?]*\b(?:bear|king|queen|teacher|waiter|boss|again)|(?:^|[.!?]\s*)play my\b|let's (?:say|play|pretend)|be (?:a |the )?(?-i:\p{Lu})[\w ]+ for a (?:moment|minute|while)|for a (?:moment|minute) you are|(?:^|[.!?,]\s*)you(?: are|'re) (?:a|an|the|my|now|(?-i:\p{Lu})\w+)\b|as (?:a pirate|if you were)|dungeon master|once upon a time)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Play();
}
