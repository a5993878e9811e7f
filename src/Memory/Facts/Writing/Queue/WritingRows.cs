using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts.Writing.Queue;

/// <summary>What the queue, the inbox and the facts that write themselves look up and write within a transaction.</summary>
internal static class WritingRows
{
    private const int MostRelated = 200;
    private const int MostSearched = 40;
    private const int TurnsOfRecall = 3;

    /// <summary>The oldest turn that waits at a stage; those being answered, and those of sessions in the trash, are passed over.</summary>
    public static QueuedTurn? NextTurn(this SqliteConnection connection, WritingStage stage, TimeProvider time) => connection.Query(
        """
        select turns.id, prompt, own_length, turns.created_at from turns join sessions on sessions.id = session
        where written = $stage and status <> 'answering' and deleted_at is null order by turns.number limit 1
        """,
        row => (Id: new TurnId(row.Id("id")), Text: OwnPart(row.Text("prompt"), row.NumberOrNull("own_length")), At: row.Time("created_at")),
        ("$stage", (int)stage))
        .Select(turn => new QueuedTurn(turn.Id, new WritingTurn(turn.Text, TimeZoneInfo.ConvertTime(turn.At, time.LocalTimeZone)) 
        {
            Known = connection.KnownFor(turn.Text),
            Recalled = connection.RecalledBefore(turn.Id),
            Earlier = connection.SaidBefore(turn.Id),
        }))
        .SingleOrDefault();

    /// <summary>What the user typed in the newest turns, the newest first; sessions in the trash are passed over.</summary>
    public static List<QueuedTurn> NewestOwnWords(this SqliteConnection connection, int limit, TimeProvider time) => connection.Query(
        """
        select turns.id, prompt, own_length, turns.created_at from turns join sessions on sessions.id = session
        where deleted_at is null and turns.id not in (select turn from imports where turn is not null) order by turns.number desc limit $limit
        """,
        row => (Id: new TurnId(row.Id("id")), Text: OwnPart(row.Text("prompt"), row.NumberOrNull("own_length")), At: row.Time("created_at")),
        ("$limit", limit))
        .ConvertAll(turn => new QueuedTurn(turn.Id, new WritingTurn(turn.Text, TimeZoneInfo.ConvertTime(turn.At, time.LocalTimeZone)) { Known = connection.KnownFor(turn.Text) }));

    public static void SetStage(this SqliteConnection connection, TurnId turn, WritingStage stage) =>
        connection.Execute("update turns set written = max(written, $stage) where id = $turn", ("$stage", (int)stage), ("$turn", turn.ToString()));

    public static bool IsAt(this SqliteConnection connection, TurnId turn, WritingStage stage) =>
        connection.Number("select count(*) from turns where id = $turn and written = $stage", ("$turn", turn.ToString()), ("$stage", (int)stage)) == 1;

    /// <summary>The known facts that a text may repeat or replace: those of an attribute, and those that share its words.</summary>
    public static ImmutableArray<KnownFact> KnownFor(this SqliteConnection connection, string text) =>
    [
        .. connection.Query(
            """
            select facts.id, facts.text, attribute, facts.number from facts join fact_attributes on fact = facts.id where retracted_at is null
            union
            select facts.id, facts.text, attribute, facts.number from facts left join fact_attributes on fact_attributes.fact = facts.id
            where retracted_at is null and facts.id in (
                select passages.fact from passage_search join passages on passages.number = passage_search.rowid
                where passage_search match $words and passages.fact is not null limit $limit)
            order by number
            """,
            row => new KnownFact(new FactId(row.Id("id")), row.Text("text"), row.TextOrNull("attribute")),
            ("$words", SearchFor(text)), ("$limit", MostRelated)),
    ];

    // What was given to the model in the turn and the last ones before it, but for what the user says in the turn itself.
    private static ImmutableArray<string> RecalledBefore(this SqliteConnection connection, TurnId turn) =>
    [
        .. connection.Query(
            """
            select passages.text from turns as this
            join turns as earlier on earlier.session = this.session and earlier.number between this.number - $turns and this.number
            join recalls on recalls.turn = earlier.id and given = 1
            join passages on passages.number = recalls.passage
            where this.id = $turn
            """,
            row => row.GetString(0),
            ("$turn", turn.ToString()), ("$turns", TurnsOfRecall)),
    ];

    // What the user said themselves in the last turns before it, the newest last.
    private static ImmutableArray<string> SaidBefore(this SqliteConnection connection, TurnId turn) =>
    [
        .. connection.Query(
            """
            select prompt, own_length from turns where session = (select session from turns where id = $turn)
            and number < (select number from turns where id = $turn) order by number desc limit $turns
            """,
            row => OwnPart(row.Text("prompt"), row.NumberOrNull("own_length")),
            ("$turn", turn.ToString()), ("$turns", WritingTurn.MostEarlier)).AsEnumerable().Reverse(),
    ];

    /// <summary>Stores what is sure, and what is not in the inbox.</summary>
    /// <returns>Whether it was stored or put into the inbox, or was neither.</returns>
    public static WritingResult Write(this SqliteConnection connection, FactCandidate candidate, TurnId turn, TimeProvider time, Func<long> change)
    {
        if (connection.IsNeverAsked(candidate))
        {
            return WritingResult.Nothing;
        }

        return candidate.Doubt is { } doubt ? connection.Wait(candidate, doubt, turn, time) : connection.Store(candidate, turn, time, change());
    }

    /// <summary>Stores a fact as a part of a change, with what it tells about.</summary>
    public static WritingResult Store(this SqliteConnection connection, FactCandidate candidate, TurnId turn, TimeProvider time, long change)
    {
        var (id, now) = (FactId.New(time), time.GetUtcNow());
        if (candidate.Supersedes is { } older)
        {
            connection.RecordBefore(change, older);
        }

        connection.Insert(id, Fact(candidate, turn), now.ToUnixTimeMilliseconds());
        connection.Insert(NewPassage.Of(id, candidate.Text, candidate.Valid.From ?? now));
        connection.RecordAdded(change, id);
        if (candidate.Attribute is { } attribute)
        {
            connection.Execute("insert into fact_attributes (fact, attribute) values ($fact, $attribute)", ("$fact", id.ToString()), ("$attribute", attribute));
        }

        return WritingResult.Stored;
    }

    public static List<InboxEntry> QueryInbox(this SqliteConnection connection, string rest, params ReadOnlySpan<(string Name, object? Value)> parameters) => connection.Query(
        $"select inbox.*, prompt from inbox join turns on turns.id = source_turn {rest}",
        row =>
        {
            var (start, end) = (row.Number("source_start"), row.Number("source_end"));
            var candidate = new FactCandidate(row.Text("text"), Enum.Parse<FactKind>(row.Text("kind"), ignoreCase: true), start, end - start, row.Text("proposer"))
            {
                Attribute = row.TextOrNull("attribute"),
                Confidence = row.GetDouble(row.GetOrdinal("confidence")),
                Valid = new Validity(row.TimeOrNull("valid_from"), row.TimeOrNull("valid_to")),
                Supersedes = row.IdOrNull("supersedes") is { } older ? new FactId(older) : null,
            };
            return new InboxEntry(
                new InboxId(row.Id("id")), candidate, Enum.Parse<DoubtReason>(row.Text("doubt"), ignoreCase: true), new TurnId(row.Id("source_turn")),
                row.Text("prompt")[start..end], row.Time("proposed_at"));
        },
        parameters);

    /// <summary>Has nothing like a candidate proposed again.</summary>
    public static void NeverAsk(this SqliteConnection connection, FactCandidate candidate, TimeProvider time) => connection.Execute(
        "insert or ignore into never_asked (topic, since) values ($topic, $now)", ("$topic", TopicOf(candidate)), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Takes out what waits, and what is not to be asked, of something that is forgotten; its turns are not looked at again.</summary>
    /// <returns>How much waited.</returns>
    public static int ForgetProposals(this SqliteConnection connection, Func<string, bool> speaksOfIt, IEnumerable<TurnId> turns)
    {
        foreach (var turn in turns)
        {
            connection.SetStage(turn, WritingStage.Proposed);
        }

        foreach (var topic in connection.Query("select topic from never_asked", row => row.GetString(0)).Where(speaksOfIt))
        {
            connection.Execute("delete from never_asked where topic = $topic", ("$topic", topic));
        }

        return connection.QueryInbox("").Where(entry => speaksOfIt(entry.Candidate.Text) || speaksOfIt(entry.Words))
            .Sum(entry => connection.Execute("delete from inbox where id = $id", ("$id", entry.Id.ToString())));
    }

    private static WritingResult Wait(this SqliteConnection connection, FactCandidate candidate, DoubtReason doubt, TurnId turn, TimeProvider time) => connection.Execute(
        """
        insert into inbox (id, text, kind, valid_from, valid_to, confidence, attribute, proposer, doubt, supersedes, source_turn, source_start, source_end, proposed_at)
        select $id, $text, $kind, $from, $to, $confidence, $attribute, $proposer, $doubt, $supersedes, $turn, $start, $end, $now
        where not exists (select 1 from inbox where text = $text)
        """,
        ("$id", Guid.CreateVersion7(time.GetUtcNow()).ToString("D")), ("$text", candidate.Text), ("$kind", FactRows.Word(candidate.Kind)),
        ("$from", candidate.Valid.From?.ToUnixTimeMilliseconds()), ("$to", candidate.Valid.To?.ToUnixTimeMilliseconds()), ("$confidence", candidate.Confidence),
        ("$attribute", candidate.Attribute), ("$proposer", candidate.Proposer), ("$doubt", FactRows.Word(doubt)), ("$supersedes", candidate.Supersedes?.ToString()),
        ("$turn", turn.ToString()), ("$start", candidate.Start), ("$end", candidate.End), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())) == 1
        ? WritingResult.Waiting
        : WritingResult.Nothing;

    private static NewFact Fact(FactCandidate candidate, TurnId turn) => new(candidate.Text, candidate.Kind)
    {
        Valid = candidate.Valid,
        Supersedes = candidate.Supersedes,
        Confidence = candidate.Confidence,
        Source = new FactSource(turn, candidate.Start, candidate.Length),
    };

    private static bool IsNeverAsked(this SqliteConnection connection, FactCandidate candidate)
    {
        var content = EchoGuard.ContentOf(Words.Of(candidate.Text));
        return connection.Query("select topic from never_asked", row => row.GetString(0))
            .Any(topic => topic == candidate.Attribute || (topic.StartsWith('+') && topic[1..].Split(' ').All(content.Contains)));
    }

    // An attribute is a topic by itself; of anything else, its words are.
    private static string TopicOf(FactCandidate candidate) =>
        candidate.Attribute ?? "+" + string.Join(' ', EchoGuard.ContentOf(Words.Of(candidate.Text)).Order(StringComparer.Ordinal));

    private static string OwnPart(string prompt, int? length) => prompt[..Math.Min(length ?? prompt.Length, prompt.Length)];

    private static string SearchFor(string text)
    {
        var words = EchoGuard.ContentOf(Words.Of(text)).Where(word => word.All(char.IsLetterOrDigit)).Take(MostSearched).ToList();
        return words.Count == 0 ? "\"\"" : string.Join(" OR ", words.Select(word => $"\"{word}\""));
    }
}
