using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Documents;

/// <summary>The documents: stored in pieces that are searched and cited.</summary>
public sealed class DocumentStore(MemoryDatabase database, TimeProvider time)
{
    private const string Columns = "documents.*, (select count(*) from passages where document = documents.id) as chunks";

    /// <summary>Stores a document; one that was stored from the same location before is replaced.</summary>
    public async Task<DocumentId> PutAsync(NewDocument document, IReadOnlyList<DocumentChunk> chunks, CancellationToken cancellationToken = default) =>
        (await PutAsync([new DocumentText(document, chunks)], cancellationToken))[0];

    /// <summary>Stores documents in one transaction; those that were stored from the same locations before are replaced, and keep their ids.</summary>
    public Task<IReadOnlyList<DocumentId>> PutAsync(IReadOnlyList<DocumentText> documents, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            IReadOnlyList<DocumentId> ids = [.. documents.Select(document => Put(connection, document))];
            DeleteVectors(connection);
            return ids;
        },
        cancellationToken);

    /// <summary>All documents, in the order of their locations.</summary>
    public Task<IReadOnlyList<Document>> ListAsync(CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Document>>(
        connection => connection.Query($"select {Columns} from documents order by location", Read), cancellationToken);

    /// <summary>The documents that a location names: one itself, or all in a folder; else the one whose id starts so.</summary>
    /// <exception cref="MemoryException">There is none, or the id fits several.</exception>
    public Task<IReadOnlyList<Document>> FindAsync(string locationOrId, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Document>>(
        connection =>
        {
            var path = Path.GetFullPath(locationOrId);
            var folder = Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar;
            var found = connection.Query(
                $"select {Columns} from documents where location in ($given, $path) or substr(location, 1, length($folder)) = $folder order by location",
                Read,
                ("$given", locationOrId), ("$path", path), ("$folder", folder));
            return found is not [] ? found : [ById(connection, locationOrId)];
        },
        cancellationToken);

    /// <summary>The pieces of a document, in their order.</summary>
    public Task<IReadOnlyList<Passage>> ChunksAsync(DocumentId id, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Passage>>(
        connection => connection.Query($"select {PassageRows.Columns} from passages where document = $id order by ordinal", PassageRows.Read, ("$id", id.ToString())),
        cancellationToken);

    /// <summary>Removes documents with their passages and vectors, and what the full-text indexes hold of them.</summary>
    public Task<IReadOnlyList<RemovedDocument>> RemoveAsync(IEnumerable<DocumentId> ids, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            IReadOnlyList<RemovedDocument> removed = [.. ids.Select(id => Remove(connection, id)).OfType<RemovedDocument>()];
            DeleteVectors(connection);
            return removed;
        },
        cancellationToken);

    /// <summary>Decides whether documents may leave the machine; what is read anew from their files keeps the label.</summary>
    public Task LabelAsync(IEnumerable<DocumentId> ids, EgressLabel label, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => ids.Sum(id => connection.Execute("update documents set egress = $egress where id = $id", ("$egress", FactRows.Word(label)), ("$id", id.ToString()))),
        cancellationToken);

    /// <summary>Gives documents another location, where their files were renamed.</summary>
    internal Task MoveAsync(IReadOnlyCollection<(DocumentId Id, string Location)> moves, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => moves.Sum(move => connection.Execute(
            "update documents set location = $to, title = iif(title = $name, $newName, title) where id = $id",
            ("$to", move.Location), ("$name", NameOf(connection, move.Id)), ("$newName", Path.GetFileName(move.Location)), ("$id", move.Id.ToString()))),
        cancellationToken);

    /// <summary>Notes when files were last written to whose content is as it was.</summary>
    internal Task TouchAsync(IReadOnlyCollection<(DocumentId Id, DateTimeOffset? ModifiedAt)> touched, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => touched.Sum(file => connection.Execute(
            "update documents set modified_at = $modified where id = $id", ("$modified", file.ModifiedAt?.ToUnixTimeMilliseconds()), ("$id", file.Id.ToString()))),
        cancellationToken);

    private static string NameOf(SqliteConnection connection, DocumentId id) =>
        Path.GetFileName(connection.Text("select location from documents where id = $id", ("$id", id.ToString())) ?? "");

    private static Document ById(SqliteConnection connection, string start)
    {
        var id = connection.FindId("documents", "document", start);
        return connection.Query($"select {Columns} from documents where id = $id", Read, ("$id", id.ToString("D")))[0];
    }

    private static RemovedDocument? Remove(SqliteConnection connection, DocumentId id)
    {
        var found = connection.Query($"select {Columns} from documents where id = $id", Read, ("$id", id.ToString()));
        if (found is not [var document])
        {
            return null;
        }

        var vectors = connection.Number("select count(distinct passage) from vector_codes join passages on number = passage where document = $id", ("$id", id.ToString()));
        connection.Execute("delete from documents where id = $id", ("$id", id.ToString()));
        return new RemovedDocument(document, (int)vectors);
    }

    // Without sqlite-vec they stay in line, and go when it is there.
    private static void DeleteVectors(SqliteConnection connection)
    {
        if (connection.HasVectors())
        {
            connection.DeleteOrphanVectors();
        }
    }

    private static Document Read(SqliteDataReader row) =>
        new(new DocumentId(row.Id("id")), row.Text("location"), row.Text("title"), row.Text("media_type"), row.Text("sha256"), row.GetInt64(row.GetOrdinal("bytes")))
        {
            WrittenAt = row.TimeOrNull("written_at"),
            ModifiedAt = row.TimeOrNull("modified_at"),
            AddedAt = row.Time("added_at"),
            Chunks = row.Number("chunks"),
            Egress = Enum.Parse<EgressLabel>(row.Text("egress"), ignoreCase: true),
        };

    private DocumentId Put(SqliteConnection connection, DocumentText text)
    {
        var (document, now) = (text.Document, time.GetUtcNow());
        var id = new DocumentId(Guid.ParseExact(
            connection.Text(
                """
                insert into documents (id, location, title, media_type, sha256, bytes, written_at, added_at, modified_at, unit)
                values ($id, $location, $title, $type, $hash, $bytes, $written, $now, $modified, $unit)
                on conflict (location) do update set title = excluded.title, media_type = excluded.media_type, sha256 = excluded.sha256, bytes = excluded.bytes,
                    written_at = excluded.written_at, added_at = excluded.added_at, modified_at = excluded.modified_at, unit = excluded.unit
                returning id
                """,
                ("$id", DocumentId.New(time).ToString()), ("$location", document.Location), ("$title", document.Title), ("$type", document.MediaType),
                ("$hash", document.Sha256), ("$bytes", document.Bytes), ("$written", document.WrittenAt?.ToUnixTimeMilliseconds()), ("$now", now.ToUnixTimeMilliseconds()),
                ("$modified", document.ModifiedAt?.ToUnixTimeMilliseconds()), ("$unit", document.Unit.ToString().ToLowerInvariant()))!,
            "D"));
        connection.Execute("delete from passages where document = $id", ("$id", id.ToString()));
        foreach (var (ordinal, chunk) in text.Chunks.Index())
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
    }
}
