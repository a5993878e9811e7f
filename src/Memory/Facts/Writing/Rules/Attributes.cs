using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>Names what a statement tells about, where a person has only one of it at a time: a newer statement takes the place of the older.</summary>
internal static class Attributes
{
    public static string? Of(Statement statement) => statement.Subject.Kind switch
    {
        _ when statement.Tense is StatementTense.Former or StatementTense.Conditional => null,
        SubjectKind.User or SubjectKind.Group or SubjectKind.Omitted => OfUser(statement),
        SubjectKind.Owned => OfOwned(statement),
        _ => null,
    };

    private static string? OfUser(Statement statement)
    {
        var rest = statement.Rest;
        return statement.Verb switch
        {
            "live" or "move" or "reside" or "relocate" when rest.Any(Details.IsName) || statement.Says("floor") => "home",
            "work" when statement.Says("as", "for", "at", "in") => "work",
            "start" or "join" when rest.Any(word => word.IsAny("job", "as", "role", "position")) => "work",
            "get" or "accept" when statement.Says("job", "position", "role") => "work",
            "be" when Head(statement, "called", "named") => "name",
            "be" when statement.Tense != StatementTense.Future && rest.Length > 1 && rest[0].IsAny("in") && Details.IsName(rest[1]) => "home",
            "be" when rest.Length > 1 && rest[0].IsAny("a", "an") && rest.Any(word => Trades.Are(word)) => "work",
            "be" when rest.Length > 2 && rest.Any(word => word.Is("home")) => "leave",
            "be" when rest.Any(word => word.IsAny("principal", "head", "nurse", "teacher", "engineer")) => "work",
            "be" when rest is [{ IsNumber: true }] || (rest.Length > 2 && rest[0].IsNumber && rest[1].IsAny("years", "year")) => "age",
            "be" when rest.Length > 1 && rest[0].IsAny("down", "up") && rest[1].Is("to") => Count(statement),
            "have" when rest.Any(word => word.IsNumber) => Count(statement),
            "drink" or "eat" or "smoke" or "like" or "love" or "hate" or "prefer" when Object(statement) is { } what => $"taste {what}",
            _ => null,
        };
    }

    private static string? OfOwned(Statement statement)
    {
        var words = statement.Clause.Words[(statement.Subject.First + 1)..statement.Subject.Verb];
        if (words.IsEmpty || words.Any(word => Details.IsName(word)))
        {
            return null;
        }

        var owned = string.Join(' ', words.Select(word => word.Lower));
        return statement.Verb == "be" || words.Any(word => word.IsAny("favourite", "favorite"))
            ? owned switch { "name" => "name", "job" or "work" => "work", "age" => "age", "address" => "home", _ when statement.Verb == "be" && IsSingle(statement) => owned, _ => null }
            : null;
    }

    // "My sister is a dentist" and "my sister is forty" tell of two things; "my birthday is" of one.
    private static bool IsSingle(Statement statement) =>
        !statement.Clause.Words[(statement.Subject.First + 1)..statement.Subject.Verb].Any(word => Nouns.People.Contains(word.Lower));

    private static bool Head(Statement statement, params ReadOnlySpan<string> words) => statement.Rest is [var first, ..] && words.Contains(first.Lower);

    // "420 ewes", later "down to 360 ewes".
    private static string? Count(Statement statement)
    {
        var rest = statement.Rest;
        for (var at = 0; at + 1 < rest.Length; at++)
        {
            if (rest[at].IsNumber && !rest[at + 1].IsNumber && !rest[at + 1].IsMark && rest[at + 1].Lower is not ("and" or "of" or "or"))
            {
                return $"number of {rest[at + 1].Lower.TrimEnd('s')}";
            }
        }

        return null;
    }

    private static string? Object(Statement statement)
    {
        foreach (var word in statement.Rest)
        {
            if (!word.IsAny("the", "a", "any", "my", "no", "much", "only", "some", "to", "really", "it", "more"))
            {
                return word.IsMark ? null : word.Lower.TrimEnd('s');
            }
        }

        return null;
    }
}
