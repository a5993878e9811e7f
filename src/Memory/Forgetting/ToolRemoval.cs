using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Takes what is forgotten out of what tools were asked and answered, within a transaction.</summary>
internal static class ToolRemoval
{
    /// <summary>Puts a marker in place of the sentences that repeat it; a call whose arguments repeat it keeps none of them.</summary>
    /// <returns>The sessions that had such calls.</returns>
    public static List<string> RemoveToolTexts(this SqliteConnection connection, ForgottenText text)
    {
        var sessions = new List<string>();
        foreach (var turn in connection.Query("select * from turns where tools is not null", ConversationRows.ReadTurn))
        {
            var before = TurnToolsJson.Write(turn.Tools);
            var after = TurnToolsJson.Write(Without(turn.Tools!, text));
            if (after != before)
            {
                connection.Execute("update turns set tools = $tools where id = $id", ("$tools", after), ("$id", turn.Id.ToString()));
                sessions.Add(turn.Session.ToString());
            }
        }

        return sessions;
    }

    /// <summary>Puts a marker in place of the sentences of notes that repeat it.</summary>
    public static void RemoveFromNotes(this SqliteConnection connection, ForgottenText text)
    {
        foreach (var (number, words) in connection.Query("select number, text from notes", row => (row.GetInt64(0), row.GetString(1))))
        {
            if (Without(words, text) is var left && left != words)
            {
                connection.Execute("update notes set text = $text where number = $number", ("$text", left), ("$number", number));
            }
        }
    }

    /// <summary>The calls of a turn after its answer was changed: they stand where they stood.</summary>
    /// <param name="tools">The calls.</param>
    /// <param name="newLength">The length that a beginning of the answer has now.</param>
    public static TurnTools Moved(this TurnTools tools, Func<int, int> newLength) =>
        tools with { Rounds = [.. tools.Rounds.Select(round => round with { AnswerLength = newLength(round.AnswerLength) })] };

    private static TurnTools Without(TurnTools tools, ForgottenText text) => tools with
    {
        Lead = Without(tools.Lead, text),
        Rounds = [.. tools.Rounds.Select(round => round with { Raw = Without(round.Raw, text), Uses = [.. round.Uses.Select(use => Without(use, text))] })],
    };

    private static ToolUse Without(ToolUse use, ForgottenText text) => use with
    {
        Arguments = text.RepeatedIn(use.Arguments).Any() ? "{}" : use.Arguments,
        Result = Without(use.Result, text),
    };

    private static string Without(string words, ForgottenText text) => text.RepeatedIn(words)
        .OrderByDescending(range => range.Start.Value)
        .Aggregate(words, (rest, range) => string.Concat(rest.AsSpan(0, range.Start.Value), ForgottenText.Marker, rest.AsSpan(range.End.Value)));
}
