using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>What is over by tomorrow: moods, weather, where one happens to be, what one is just doing.</summary>
internal sealed class TransientGuard : Guard
{
    private static readonly string[] States =
    [
        "tired", "hungry", "starving", "shattered", "exhausted", "sleepy", "cold", "hot", "bored", "busy", "late", "back", "off", "sorry", "fine", "ok", "okay", "good", "glad", "happy",
        "confused", "sure", "stuck", "lost", "done", "curious", "excited", "nervous", "worried", "drunk", "thirsty", "knackered", "stressed", "annoyed", "angry", "sad", "upset", "freezing",
        "hungover", "awake", "asleep", "wondering", "trying", "looking", "asking", "ready", "free", "grateful", "impressed", "proud", "aware", "wrong", "right", "kidding", "serious", "honest",
        "out", "here", "there", "home", "away", "running", "soaked", "wet", "ill", "sick", "well", "better", "dying", "dead", "about", "just", "crying", "laughing", "screwed", "doomed", "toast",
    ];

    private static readonly string[] Moments = ["tonight", "right now", "just now", "this morning", "this evening", "this afternoon", "at the moment", "for a minute", "in a minute", "in ten", "in this light", "for now", "so far", "these minutes"];

    public override bool Refuses(Clause clause, Reading reading)
    {
        var sentence = reading.Own[clause.Start..clause.End];
        return Moments.Any(moment => sentence.Contains(moment, StringComparison.OrdinalIgnoreCase))
            || (Statement.Read(clause) is { Verb: "be", Tense: StatementTense.Present } statement
                && !clause.Has("until", "till", "since") && Head(statement) is { } head && States.Contains(head.Lower));
    }

    private static Word? Head(Statement statement)
    {
        foreach (var word in statement.Rest)
        {
            if (!word.IsAny("so", "sooo", "very", "really", "too", "absolutely", "just", "quite", "pretty", "completely", "totally", "all", "not", "always", "still", "a", "bit", "little", "n't", "soo", "super", "dead", "also", "now", "half"))
            {
                return word;
            }
        }

        return null;
    }
}
