using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Takes words out of turns, within a transaction: a marker stands in their place, and what pointed behind them still points there.</summary>
internal static class MentionRemoval
{
    /// <summary>Removes the words from one turn, which is then to be indexed anew.</summary>
    public static void Remove(this SqliteConnection connection, Turn turn, IReadOnlyList<Mention> mentions)
    {
        var inPrompt = mentions.Where(mention => mention.Part == PassagePart.Prompt).ToList();
        var inAnswer = mentions.Where(mention => mention.Part == PassagePart.Answer).ToList();
        var prompt = Without(turn.Prompt, inPrompt);
        connection.Execute(
            "delete from passages where turn = $id; update turns set prompt = $prompt, answer = $answer, indexed = 0 where id = $id",
            ("$id", turn.Id.ToString()),
            ("$prompt", prompt),
            ("$answer", Without(turn.Answer, inAnswer)));
        MoveCalls(connection, turn.Id, length => length + inAnswer.Where(mention => mention.Start < length).Sum(Growth));
        connection.Execute(
            "update sessions set title = $new where id = $session and title = $old",
            ("$session", turn.Session.ToString()), ("$old", SessionTitle.FromPrompt(turn.Prompt)), ("$new", SessionTitle.FromPrompt(prompt)));
        MoveSources(connection, turn.Id, inPrompt);
    }

    private static int Growth(Mention mention) => ForgottenText.Marker.Length - mention.Words.Length;

    private static void MoveCalls(SqliteConnection connection, TurnId turn, Func<int, int> newLength)
    {
        // Read anew: the words were taken out of them before.
        if (connection.Turn(turn).Tools is { } tools)
        {
            connection.Execute("update turns set tools = $tools where id = $id", ("$tools", TurnToolsJson.Write(tools.Moved(newLength))), ("$id", turn.ToString()));
        }
    }

    private static string Without(string text, IReadOnlyList<Mention> mentions) => mentions
        .OrderByDescending(mention => mention.Start)
        .Aggregate(text, (rest, mention) => string.Concat(rest.AsSpan(0, mention.Start), ForgottenText.Marker, rest.AsSpan(mention.Start + mention.Words.Length)));

    // Other facts whose words stand in the same prompt: behind what was taken out they move; where their words are gone, they have no source.
    private static void MoveSources(SqliteConnection connection, TurnId turn, List<Mention> removed)
    {
        var sources = connection.Query(
            "select id, source_start, source_end from facts where source_turn = $turn",
            row => (Id: row.Text("id"), Start: row.Number("source_start"), End: row.Number("source_end")),
            ("$turn", turn.ToString()));
        foreach (var (id, start, end) in sources)
        {
            if (removed.Exists(mention => mention.Start < end && start < mention.Start + mention.Words.Length))
            {
                connection.Execute("update facts set source_turn = null, source_start = null, source_end = null where id = $id", ("$id", id));
                continue;
            }

            var moved = removed.Where(mention => mention.Start < start).Sum(Growth);
            connection.Execute("update facts set source_start = $start, source_end = $end where id = $id", ("$start", start + moved), ("$end", end + moved), ("$id", id));
        }
    }
}
