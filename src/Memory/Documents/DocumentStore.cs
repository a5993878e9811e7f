using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Documents;

/// <summary>The documents: stored in pieces that are searched and cited.</summary>
public sealed class DocumentStore(MemoryDatabase database, TimeProvider time)
{
    /// <summary>Stores a document; one that was stored from the same location before is replaced.</summary>
    public Task<DocumentId> PutAsync(NewDocument document, IReadOnlyList<DocumentChunk> chunks, CancellationToken cancellationToken = default)
    {
        var id = DocumentId.New(time);
        return database.WriteAsync(
            connection =>
            {
                var now = time.GetUtcNow();
                connection.Execute("delete from documents where location = $location", ("$location", document.Location));
                connection.Execute(
                    """
                    insert into documents (id, location, title, media_type, sha256, bytes, written_at, added_at)
                    values ($id, $location, $title, $type, $hash, $bytes, $written, $now)
                    """,
                    ("$id", id.ToString()), ("$location", document.Location), ("$title", document.Title), ("$type", document.MediaType),
                    ("$hash", document.Sha256), ("$bytes", document.Bytes), ("$written", document.WrittenAt?.ToUnixTimeMilliseconds()), ("$now", now.ToUnixTimeMilliseconds()));
                foreach (var (ordinal, chunk) in chunks.Index())
                {
                    connection.Insert(new NewPassage(PassagePart.Chunk, id.Value, id.Value, ordinal, chunk.Text, chunk.SaidAt ?? document.WrittenAt ?? now)
                    {
                        Speaker = chunk.Speaker,
                        Heading = chunk.Heading,
                        First = chunk.FirstLine,
                        Last = chunk.LastLine,
                    });
                }

                return id;
            },
            cancellationToken);
    }
}
