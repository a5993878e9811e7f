namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>The figures of a measurement of writing under the names of <c>pai bench writing --json</c>.</summary>
internal static class WritingScoresJson
{
    public static object Of(string name, WritingScores scores) => new
    {
        name,
        user_turns = scores.UserTurns,
        stored = scores.Stored,
        precision = Math.Round(scores.Precision, 4),
        explicit_statements = scores.Explicit,
        recall = Math.Round(scores.Recall, 4),
        recall_with_inbox = Math.Round(scores.RecallWithInbox, 4),
        inbox = scores.Inbox,
        inbox_right = scores.InboxRight,
        duplicates = scores.Duplicates,
        echoes = scores.Echoes,
        untrusted = scores.Untrusted,
        superseded = scores.Superseded,
        to_supersede = scores.ToSupersede,
        traps = scores.Traps.ToDictionary(trap => trap.Key, trap => new { turns = trap.Value.Turns, wrong = trap.Value.Wrong }),
        wrong = scores.Wrong.Select(fact => new { turn = fact.Turn, text = fact.Text }),
        missed = scores.Missed.Select(fact => new { turn = fact.Turn, span = fact.Text }),
    };
}
