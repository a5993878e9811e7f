using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>
/// Brings the index up to what is stored: turns become passages, passages get their vectors. Each step is committed, so that it
/// can be stopped, or killed, at any time, and whichever program runs next goes on.
/// </summary>
public sealed class MemoryIndexer(MemoryDatabase database, TimeProvider time)
{
    private const int TurnsAtOnce = 50;
    private const int VectorsAtOnce = 64;

    /// <summary>Makes turns that are not in the index yet searchable by their words.</summary>
    public async Task IndexTurnsAsync(CancellationToken cancellationToken = default)
    {
        while (await database.WriteAsync(IndexSomeTurns, cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Gives passages the vectors that they lack, and removes those whose passage is gone.</summary>
    /// <param name="embedder">Makes the vectors.</param>
    /// <param name="progress">Told how many are done of how many.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task EmbedAsync(TextEmbedder embedder, IProgress<(long Done, long Total)>? progress = null, CancellationToken cancellationToken = default)
    {
        if (await database.WriteAsync(connection => Prepare(connection, embedder.Space), cancellationToken) is not { } space)
        {
            return;
        }

        var total = await database.ReadAsync(connection => connection.Number("select count(*) from vectors_to_make where space = $space", ("$space", space)), cancellationToken);
        var done = 0L;
        while (await EmbedSomeAsync(embedder, space, cancellationToken) is > 0 and var count)
        {
            done += count;
            progress?.Report((done, Math.Max(total, done)));
        }

        await database.WriteAsync(connection => { connection.DropOtherSpaces(space); return space; }, cancellationToken);
    }

    /// <summary>The space that answers while the passages are embedded anew for another model; null where none does or needs to.</summary>
    public Task<EmbeddingSpace?> StandInAsync(EmbeddingSpace space, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.FindStandIn(space), cancellationToken);

    private static int IndexSomeTurns(SqliteConnection connection)
    {
        var turns = connection.Query(
            $"select * from turns where indexed = 0 or (indexed = 1 and status <> 'answering') order by number limit {TurnsAtOnce}",
            row => (Turn: ConversationRows.ReadTurn(row), Number: row.GetInt64(row.GetOrdinal("number")), Indexed: row.Number("indexed")));
        foreach (var (turn, number, indexed) in turns)
        {
            var ended = turn.Outcome.Status != TurnStatus.Answering;
            var prompt = NewPassage.Of(turn, PassagePart.Prompt, indexed == 0 ? turn.Prompt : "", 2 * number);
            var answer = NewPassage.Of(turn, PassagePart.Answer, ended ? turn.Answer : "", (2 * number) + 1);
            foreach (var passage in prompt.Concat(answer))
            {
                connection.Insert(passage);
            }

            connection.Execute("update turns set indexed = $indexed where number = $number", ("$indexed", ended ? 2 : 1), ("$number", number));
        }

        return turns.Count;
    }

    private long? Prepare(SqliteConnection connection, EmbeddingSpace space)
    {
        if (!connection.HasVectors())
        {
            return null;
        }

        connection.DeleteOrphanVectors();
        return connection.EnsureSpace(space, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private async Task<int> EmbedSomeAsync(TextEmbedder embedder, long space, CancellationToken cancellationToken)
    {
        var waiting = await database.ReadAsync(
            connection => connection.Query(
                $"select number, speaker, heading, text from vectors_to_make join passages on number = passage where space = $space order by passage limit {VectorsAtOnce}",
                row => (Passage: row.GetInt64(0), Text: EmbeddedText.Of(row.TextOrNull("speaker"), row.TextOrNull("heading"), row.Text("text"))),
                ("$space", space)),
            cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var vectors = await embedder.EmbedAsync(waiting.Select(passage => passage.Text), cancellationToken);
        return await database.WriteAsync(
            connection =>
            {
                foreach (var (passage, vector) in waiting.Zip(vectors))
                {
                    connection.StoreVector(space, passage.Passage, vector.Span);
                }

                return waiting.Count;
            },
            cancellationToken);
    }
}
