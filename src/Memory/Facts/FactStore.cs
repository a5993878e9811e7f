using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts;

/// <summary>The facts: added, changed, found and listed; every change can be undone. A fact can be searched for as soon as it is added, by meaning once it is embedded.</summary>
public sealed partial class FactStore(MemoryDatabase database, TimeProvider time)
{
    /// <summary>The longest fact in characters: one that can be proven is a sentence.</summary>
    public const int LongestText = 1_000;

    /// <summary>Stores a fact; where it supersedes another, that one is known no more.</summary>
    /// <exception cref="MemoryException">The text is empty or too long, its validity ends before it begins, or there is nothing to supersede.</exception>
    public async Task<Fact> AddAsync(NewFact fact, CancellationToken cancellationToken = default) =>
        (await AddAsync([fact], ChangeAction.Add, cancellationToken: cancellationToken)).Facts.Single(added => added.Id != fact.Supersedes);

    /// <summary>Stores facts, all or none of them, as one change.</summary>
    /// <param name="facts">What to store; at least one.</param>
    /// <param name="action">What the change is called in the history.</param>
    /// <param name="partOf">The change that they belong to, where it began before: it is undone as one.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>The change, with all that was stored in it.</returns>
    /// <exception cref="MemoryException">A text is empty or too long, a validity ends before it begins, or there is nothing to supersede.</exception>
    public Task<FactChange> AddAsync(
        IReadOnlyList<NewFact> facts, ChangeAction action, FactChange? partOf = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(facts.Count);
        var clean = facts.Select(Checked).ToList();
        return ChangeAsync(
            action,
            (connection, change, now) =>
            {
                foreach (var fact in clean)
                {
                    Insert(connection, change, fact, now);
                }
            },
            partOf,
            cancellationToken);
    }

    /// <summary>Stores a newer version of a fact: the older one stays in the history, and answers what was known before.</summary>
    /// <returns>The newer version.</returns>
    /// <exception cref="MemoryException">There is no such fact, it is not known any more, or the newer version cannot be stored.</exception>
    public async Task<Fact> EditAsync(FactId id, FactEdit edit, CancellationToken cancellationToken = default)
    {
        var change = await ChangeAsync(
            ChangeAction.Edit,
            (connection, change, now) => Insert(connection, change, Checked(Edited(connection.KnownFact(id), edit)), now),
            partOf: null,
            cancellationToken);
        return change.Facts.Single(fact => fact.Supersedes == id);
    }

    /// <summary>Makes a fact a part of the core memory, or no part of it.</summary>
    /// <exception cref="MemoryException">There is no such fact, or it is not known any more.</exception>
    public Task<Fact> PinAsync(FactId id, bool pinned = true, CancellationToken cancellationToken = default) =>
        SetAsync(id, pinned ? ChangeAction.Pin : ChangeAction.Unpin, "pinned", pinned, cancellationToken);

    /// <summary>Decides whether a fact may leave the machine.</summary>
    /// <exception cref="MemoryException">There is no such fact, or it is not known any more.</exception>
    public Task<Fact> LabelAsync(FactId id, EgressLabel label, CancellationToken cancellationToken = default) =>
        SetAsync(id, ChangeAction.Label, "egress", FactRows.Word(label), cancellationToken);

    /// <summary>The fact of this id, retracted or not.</summary>
    /// <exception cref="MemoryException">There is none.</exception>
    public Task<Fact> GetAsync(FactId id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Fact(id), cancellationToken);

    /// <summary>The fact whose id starts with this text, retracted or not.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public Task<Fact> FindAsync(string idStart, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Fact(new FactId(connection.FindId("facts", "fact", idStart))), cancellationToken);

    /// <summary>Facts that are known now, pinned ones first, then the newest.</summary>
    /// <param name="includeRetracted">Whether those that were known once are listed too.</param>
    /// <param name="limit">The largest number of facts.</param>
    /// <param name="kind">Only facts of this kind; null lists all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<List<Fact>> ListAsync(
        bool includeRetracted = false, int limit = 50, FactKind? kind = null, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.QueryFacts(
            "where ($all or retracted_at is null) and ($kind is null or kind = $kind) order by pinned desc, number desc limit $limit",
            ("$all", includeRetracted), ("$kind", kind is { } one ? FactRows.Word(one) : null), ("$limit", limit)),
        cancellationToken);

    /// <summary>What every session begins with: the pinned facts, then the user's name and language. Who packs them chooses how many.</summary>
    public Task<List<Fact>> CoreAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync(
            connection => connection.QueryFacts("where retracted_at is null and (pinned = 1 or kind = 'profile') order by pinned desc, number")
                .Where(fact => fact.Valid.Includes(now) && (fact.IsPinned || NameOrLanguage().IsMatch(fact.Text)))
                .ToList(),
            cancellationToken);
    }

    private static NewFact Edited(Fact fact, FactEdit edit)
    {
        var saysOther = edit.Text is { } text && text.Trim() != fact.Text;
        return new NewFact(edit.Text ?? fact.Text, edit.Kind ?? fact.Kind)
        {
            Valid = edit.Valid ?? fact.Valid,
            Supersedes = fact.Id,
            Egress = fact.Egress,
            IsPinned = fact.IsPinned,
            Reference = fact.Reference,

            // Other words are the user's own, and stand in no turn.
            Confidence = saysOther ? 1 : fact.Confidence,
            Origin = saysOther ? FactOrigin.User : fact.Origin,
            Source = saysOther ? null : fact.Source,
        };
    }

    private void Insert(SqliteConnection connection, long change, NewFact fact, DateTimeOffset now)
    {
        var id = FactId.New(time);
        if (fact.Supersedes is { } older)
        {
            connection.RecordBefore(change, older);
        }

        connection.Insert(id, fact, now.ToUnixTimeMilliseconds());
        connection.Insert(NewPassage.Of(id, fact.Text, fact.Valid.From ?? now));
        connection.RecordAdded(change, id);
    }

    private async Task<Fact> SetAsync(FactId id, ChangeAction action, string column, object value, CancellationToken cancellationToken)
    {
        var change = await ChangeAsync(
            action,
            (connection, change, _) =>
            {
                connection.RecordBefore(change, connection.KnownFact(id).Id);
                connection.Execute($"update facts set {column} = $value where id = $id", ("$value", value), ("$id", id.ToString()));
            },
            partOf: null,
            cancellationToken);
        return change.Facts.Single();
    }

    private Task<FactChange> ChangeAsync(
        ChangeAction action, Action<SqliteConnection, long, DateTimeOffset> make, FactChange? partOf, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var now = time.GetUtcNow();
            var change = partOf?.Number ?? connection.BeginChange(action, now.ToUnixTimeMilliseconds());
            make(connection, change, now);
            return connection.Change(change);
        },
        cancellationToken);

    private static NewFact Checked(NewFact fact)
    {
        var text = fact.Text.Trim();
        return text.Length switch
        {
            0 => throw new MemoryException(MemoryError.Invalid, "An empty text cannot be remembered; say in a sentence what is known."),
            > LongestText => throw new MemoryException(
                MemoryError.Invalid, $"A fact of {text.Length} characters cannot be remembered, {LongestText} are the limit; keep it to a sentence, or add the text as a document."),
            _ when fact.Valid is { From: { } from, To: { } to } && to <= from => throw new MemoryException(
                MemoryError.Invalid, $"A fact cannot end to be true at '{to:u}', before it begins at '{from:u}'; give a later end."),
            _ => fact with { Text = text },
        };
    }

    [GeneratedRegex(@"\b(name|named|called|language|speaks?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameOrLanguage();
}
