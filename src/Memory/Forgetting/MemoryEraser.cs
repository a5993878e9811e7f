using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing.Queue;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>
/// Forgets: removes facts, or a session, with everything derived from them. That is one transaction; cleaning up after it, so that no
/// byte is left in the file, is written down in the same transaction and done by whoever comes next.
/// </summary>
public sealed class MemoryEraser(MemoryDatabase database)
{
    // A session has many words; a beginning of each message finds them.
    private const int ShownOfMessage = 60;
    private const int MessagesSearched = 50;

    /// <summary>What would be removed.</summary>
    /// <exception cref="MemoryException">There is no such fact or session.</exception>
    public Task<ForgetPlan> PlanAsync(ForgetRequest request, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => Plan(connection, request), cancellationToken);

    /// <summary>Facts that have a text in them, whatever its case, known or not.</summary>
    public Task<List<Fact>> MatchingAsync(string text, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.QueryFacts("where instr(lower(text), lower($text)) > 0 order by number", ("$text", text)), cancellationToken);

    /// <summary>Removes it from the database, all or nothing; <see cref="CleanAsync"/> is due then.</summary>
    /// <exception cref="MemoryException">There is no such fact or session.</exception>
    public Task<Forgotten> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default) =>
        database.WriteAsync(connection => Forget(connection, Plan(connection, request)), cancellationToken);

    /// <summary>Whether forgetting has something left to do.</summary>
    public Task<bool> IsCleaningDueAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Number("select exists (select 1 from cleaning)") == 1, cancellationToken);

    /// <summary>The sessions of which a model may still hold what was forgotten.</summary>
    public Task<List<SessionId>> SessionsToCleanAsync(CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query("select distinct subject from cleaning where kind = 'session'", row => new SessionId(row.Id("subject"))), cancellationToken);

    /// <summary>Notes that no model holds anything of a session.</summary>
    public Task SessionCleanedAsync(SessionId session, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Execute("delete from cleaning where kind = 'session' and subject = $session", ("$session", session.ToString())), cancellationToken);

    /// <summary>Writes the file anew, so that nothing which was deleted is left in it or in its log. Does nothing where nothing is due.</summary>
    /// <exception cref="MemoryException">Another program is using the file: it stays due.</exception>
    public Task CleanAsync(CancellationToken cancellationToken = default) => database.MaintainAsync(Clean, cancellationToken);

    private bool Clean(SqliteConnection connection)
    {
        // What is forgotten from now on is due anew.
        var last = connection.Number("select coalesce(max(number), 0) from cleaning where kind = 'database'");
        if (last == 0)
        {
            return false;
        }

        if (connection.HasVectors())
        {
            connection.DeleteOrphanVectors();
        }

        connection.Purge();
        connection.Execute("vacuum");
        if (connection.Number("pragma wal_checkpoint(truncate)") != 0)
        {
            throw new MemoryException(
                MemoryError.Locked, $"The database '{database.Path}' is read by another program, so its log still holds what was deleted; close that program, and the next start finishes this.");
        }

        connection.Execute("delete from cleaning where kind = 'database' and number <= $last", ("$last", last));
        return true;
    }

    private static ForgetPlan Plan(SqliteConnection connection, ForgetRequest request)
    {
        var turns = request.Session is { } session ? TurnsOf(connection, connection.Session(session).Id) : [];
        var learnt = turns.SelectMany(turn => connection.QueryFacts("where source_turn = $turn", ("$turn", turn.Id.ToString()))).Select(fact => fact.Id);
        var facts = request.Facts.Concat(learnt)
            .SelectMany(id => connection.Versions(connection.Fact(id).Id))
            .DistinctBy(fact => fact.Id)
            .ToList();
        var said = facts.Where(fact => fact.Source is not null)
            .Select(fact => fact.Source!.Value.WordsIn(connection.Turn(fact.Source.Value.Turn).Prompt));
        var text = new ForgottenText([.. facts.Select(fact => fact.Text).Concat(said).Distinct()]);
        return new ForgetPlan(request, facts, connection.FindMentions(facts, text, request.Session))
        {
            Turns = turns,
            Text = new ForgottenText([.. facts.Select(fact => fact.Text).Concat(said).Concat(Beginnings(turns)).Distinct()]),
        };
    }

    private static List<Turn> TurnsOf(SqliteConnection connection, SessionId session) =>
        connection.Query("select * from turns where session = $session order by number", ConversationRows.ReadTurn, ("$session", session.ToString()));

    private static IEnumerable<string> Beginnings(IEnumerable<Turn> turns) => turns
        .SelectMany(turn => new[] { turn.Prompt, turn.Answer })
        .Select(text => text.Split('\n')[0].Trim())
        .Where(line => line.Length > 20)
        .Take(MessagesSearched)
        .Select(line => line[..Math.Min(line.Length, ShownOfMessage)]);

    private static Forgotten Forget(SqliteConnection connection, ForgetPlan plan)
    {
        connection.DeleteSecurely();
        var rewritten = plan.Request.Source ? plan.Mentions.GroupBy(mention => mention.Turn.Id).ToList() : [];
        var passages = PassagesOf(connection, plan.Facts.Select(fact => fact.Id.ToString()), plan.Turns.Select(turn => turn.Id.ToString()).Concat(rewritten.Select(turn => turn.Key.ToString())));
        var sessions = SessionsThatReadIt(connection, plan).Concat(connection.RemoveNotes(plan, passages)).Concat(connection.RemoveToolTexts(plan.Text)).Distinct().ToList();
        connection.RemoveFromNotes(plan.Text);
        var vectors = passages.Sum(connection.ZeroVectors);
        var summaries = DeleteSummaries(connection, plan);
        connection.ForgetProposals(
            plan.Text.IsSpokenOfIn, plan.Facts.Select(fact => fact.Source?.Turn).OfType<TurnId>().Concat(rewritten.Select(turn => turn.Key)).Distinct());
        foreach (var fact in plan.Facts)
        {
            connection.Execute("delete from facts where id = $id", ("$id", fact.Id.ToString()));
        }

        foreach (var mentions in rewritten)
        {
            connection.Remove(mentions.First().Turn, [.. mentions]);
        }

        if (plan.Request.Session is { } session)
        {
            connection.Execute("delete from sessions where id = $id", ("$id", session.ToString()));
        }

        if (connection.HasVectors())
        {
            connection.DeleteOrphanVectors();
        }

        NoteCleaning(connection, sessions);
        return new Forgotten(plan, passages.Count, vectors, summaries, sessions.Count);
    }

    // A model may have been given a fact in any session since it was known.
    private static List<string> SessionsThatReadIt(SqliteConnection connection, ForgetPlan plan)
    {
        var since = plan.Facts.Select(fact => fact.RecordedAt.ToUnixTimeMilliseconds()).DefaultIfEmpty(long.MaxValue).Min();
        return [.. connection.Query("select id from sessions where updated_at >= $since", row => row.GetString(0), ("$since", since))
            .Concat(plan.Mentions.Select(mention => mention.Turn.Session.ToString()))
            .Concat(plan.Request.Session is { } session ? [session.ToString()] : [])
            .Distinct()];
    }

    private static List<long> PassagesOf(SqliteConnection connection, IEnumerable<string> facts, IEnumerable<string> turns) =>
    [
        .. facts.SelectMany(fact => connection.Query("select number from passages where fact = $id", row => row.GetInt64(0), ("$id", fact))),
        .. turns.SelectMany(turn => connection.Query("select number from passages where turn = $id", row => row.GetInt64(0), ("$id", turn))),
    ];

    private static int DeleteSummaries(SqliteConnection connection, ForgetPlan plan)
    {
        var spoken = connection.Query("select number, text from summaries", row => (Number: row.GetInt64(0), Text: row.GetString(1)))
            .Where(summary => plan.Text.IsSpokenOfIn(summary.Text))
            .ToList();
        spoken.ForEach(summary => connection.Execute("delete from summaries where number = $number", ("$number", summary.Number)));
        return spoken.Count;
    }

    private static void NoteCleaning(SqliteConnection connection, IEnumerable<string> sessions)
    {
        connection.Execute("insert into cleaning (kind) values ('database')");
        foreach (var session in sessions)
        {
            connection.Execute("insert into cleaning (kind, subject) values ('session', $session)", ("$session", session));
        }
    }
}
