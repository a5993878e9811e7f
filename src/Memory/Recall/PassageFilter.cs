using PersonalAi.Memory.Facts;

namespace PersonalAi.Memory.Recall;

/// <summary>Which passages a query may find, as a condition in SQL.</summary>
internal sealed class PassageFilter
{
    // What was known, is not in the trash, and is asked for.
    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object? Value)> _parameters = [];

    public PassageFilter(MemoryQuery query)
    {
        IsNarrow = query.Kinds is not null || query.Labels is not null || query.Sessions is not null || query.Parts is not null;
        _conditions.Add("(passages.turn is null or sessions.deleted_at is null)");
        if (query.TrueAt is { } moment)
        {
            Add("(passages.fact is null or ((facts.valid_from is null or facts.valid_from <= $true) and (facts.valid_to is null or facts.valid_to > $true)))", "$true", moment.ToUnixTimeMilliseconds());
        }

        if (query.KnownAt is { } known)
        {
            Add(
                "(case when passages.fact is null then passages.said_at <= $known else facts.recorded_at <= $known and (facts.retracted_at is null or facts.retracted_at > $known) end)",
                "$known",
                known.ToUnixTimeMilliseconds());
        }
        else
        {
            // Not compared with the clock, which may have gone back since.
            _conditions.Add("(passages.fact is null or facts.retracted_at is null)");
        }

        AddAny("facts.kind", "kind", query.Kinds?.Select(FactRows.Word));
        AddAny("facts.egress", "label", query.Labels?.Select(FactRows.Word));
        AddAny("passages.thread", "session", query.Sessions?.Select(session => session.ToString()));
        AddAny("passages.part", "part", query.Parts?.Select(FactRows.Word));
    }

    /// <summary>The tables that the condition speaks of.</summary>
    public const string Tables =
        "passages left join facts on facts.id = passages.fact left join turns on turns.id = passages.turn left join sessions on sessions.id = turns.session";

    /// <summary>Whether it lets so few through that they are looked for, rather than that others are left out afterwards.</summary>
    public bool IsNarrow { get; }

    /// <summary>What a passage must fulfil.</summary>
    public string Where => string.Join(" and ", _conditions);

    /// <summary>The values in it.</summary>
    public IReadOnlyList<(string Name, object? Value)> Parameters => _parameters;

    /// <summary>The end of a condition of a search whose rows are passages; empty where leaving out afterwards is cheaper.</summary>
    public string Condition(string row) => IsNarrow ? $"and {row} in (select passages.number from {Tables} where {Where})" : "";

    private void Add(string condition, string name, object value)
    {
        _conditions.Add(condition);
        _parameters.Add((name, value));
    }

    private void AddAny(string column, string name, IEnumerable<string>? values)
    {
        if (values is null)
        {
            return;
        }

        var names = new List<string>();
        foreach (var value in values)
        {
            names.Add($"${name}{names.Count}");
            _parameters.Add((names[^1], value));
        }

        _conditions.Add($"{column} in ({string.Join(", ", names)})");
    }
}
