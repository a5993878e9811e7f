using System.Globalization;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>Writes what is remembered for people: the facts by kind with dates and sources, then the conversations, then what documents there are.</summary>
public sealed class MarkdownExport(MemoryDatabase database, TimeZoneInfo zone)
{
    /// <summary>Writes the document.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="cancellationToken">Stops between two sessions.</param>
    public Task WriteAsync(TextWriter output, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            output.Write("# What is remembered\n");
            WriteFacts(connection, output);
            output.Write("\n# Conversations\n");
            foreach (var session in connection.QuerySessions("where deleted_at is null order by id"))
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteSession(connection, session, output);
            }

            WriteDocuments(connection, output);
            return true;
        },
        cancellationToken);

    private void WriteFacts(SqliteConnection connection, TextWriter output)
    {
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            var facts = connection.QueryFacts("where kind = $kind order by number", ("$kind", FactRows.Word(kind)));
            if (facts.Count == 0)
            {
                continue;
            }

            output.Write($"\n## {kind}\n\n");
            foreach (var fact in facts)
            {
                output.Write($"- {(fact.RetractedAt is null ? SessionTitle.OneLine(fact.Text) : $"~~{SessionTitle.OneLine(fact.Text)}~~")} ({string.Join("; ", Remarks(fact))})\n");
            }
        }
    }

    private IEnumerable<string> Remarks(Fact fact)
    {
        yield return $"known since {Day(fact.RecordedAt)}";
        if (fact.RetractedAt is { } retracted)
        {
            yield return $"until {Day(retracted)}";
        }

        if (fact.Valid != default)
        {
            yield return $"true{(fact.Valid.From is { } from ? $" from {Day(from)}" : "")}{(fact.Valid.To is { } to ? $" to {Day(to)}" : "")}";
        }

        if (fact.IsPinned)
        {
            yield return "pinned";
        }

        yield return $"may leave the machine: {FactRows.Word(fact.Egress)}";
        if ((fact.Source is { } source ? $"said in turn {source.Turn}" : fact.Reference is { } reference ? $"imported from {SessionTitle.OneLine(reference)}" : null) is { } origin)
        {
            yield return origin;
        }
    }

    private void WriteSession(SqliteConnection connection, Session session, TextWriter output)
    {
        output.Write($"\n## {session.Title ?? "Untitled"}\n\n{Day(session.CreatedAt)}, session {session.Id}\n");
        var ids = connection.Query("select id from turns where session = $session order by number", row => new TurnId(row.Id("id")), ("$session", session.Id.ToString()));
        foreach (var turn in ids.Select(connection.Turn))
        {
            output.Write($"\n**You** ({TimeZoneInfo.ConvertTime(turn.CreatedAt, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}):\n\n{MarkdownFences.Close(turn.Prompt)}\n\n**Assistant** ({turn.Model}):\n\n{MarkdownFences.Close(turn.Answer)}\n");
        }
    }

    private void WriteDocuments(SqliteConnection connection, TextWriter output)
    {
        var documents = connection.Query("select title, location, added_at from documents order by number", row => $"- {SessionTitle.OneLine(row.Text("title"))} ({SessionTitle.OneLine(row.Text("location"))}; added {Day(row.Time("added_at"))})\n");
        if (documents.Count > 0)
        {
            output.Write($"\n# Documents\n\n{string.Concat(documents)}");
        }
    }

    private string Day(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
