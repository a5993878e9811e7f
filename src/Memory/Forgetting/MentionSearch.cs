using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Finds the words in conversations that say what is to be forgotten, within a transaction.</summary>
internal static class MentionSearch
{
    // The turns that share most words with it; a repetition shares most of them.
    private const int Candidates = 200;

    /// <summary>The words, in the order of the turns; what one sentence covers is not told twice.</summary>
    public static List<Mention> FindMentions(this SqliteConnection connection, IReadOnlyList<Fact> facts, ForgottenText text, SessionId? without)
    {
        var sources = facts.Where(fact => fact.Source is not null).Select(fact => fact.Source!.Value).Distinct().ToList();
        var turns = sources.Select(source => connection.Turn(source.Turn))
            .Concat(text.Matches.SelectMany(match => Similar(connection, match)))
            .DistinctBy(turn => turn.Id)
            .Where(turn => turn.Session != without)
            .OrderBy(turn => turn.Id.ToString(), StringComparer.Ordinal);
        return [.. turns.SelectMany(turn => MentionsIn(turn, sources, text))];
    }

    private static List<Turn> Similar(SqliteConnection connection, string match) => connection.Query(
        $"select turns.* from turn_search join turns on turns.number = turn_search.rowid where turn_search match $match order by rank limit {Candidates}",
        ConversationRows.ReadTurn,
        ("$match", match));

    private static IEnumerable<Mention> MentionsIn(Turn turn, List<FactSource> sources, ForgottenText text)
    {
        var said = sources.Where(source => source.Turn == turn.Id).Select(source => source.Start..Math.Min(source.Start + source.Length, turn.Prompt.Length));
        return Merged(said.Concat(text.RepeatedIn(turn.Prompt))).Select(range => new Mention(turn, PassagePart.Prompt, range.Start.Value, turn.Prompt[range]))
            .Concat(Merged(text.RepeatedIn(turn.Answer)).Select(range => new Mention(turn, PassagePart.Answer, range.Start.Value, turn.Answer[range])));
    }

    private static List<Range> Merged(IEnumerable<Range> ranges)
    {
        var merged = new List<Range>();
        foreach (var range in ranges.Where(range => range.Start.Value < range.End.Value).OrderBy(range => range.Start.Value))
        {
            if (merged.Count > 0 && range.Start.Value <= merged[^1].End.Value)
            {
                merged[^1] = merged[^1].Start..Math.Max(merged[^1].End.Value, range.End.Value);
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}
