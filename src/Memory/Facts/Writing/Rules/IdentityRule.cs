using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"I'm Tamar", "my name is ...", "call me ...": what the user is called.</summary>
internal sealed partial class IdentityRule() : FactRule("identity")
{
    public override FactCandidate? Propose(Clause clause, Statement? statement, Reading reading)
    {
        if (statement is { Subject.Kind: SubjectKind.User, Verb: "be", Tense: StatementTense.Present, Negated: false } && IsName(statement))
        {
            return Fact(FactKind.Profile, statement, reading) with { Attribute = "name" };
        }

        // "Name's Col".
        if (clause.Words is [{ Lower: "name" }, { Lower: "'s" or "is" }, var called] && Details.IsName(called))
        {
            return new FactCandidate($"The user's name is {called.Text}.", FactKind.Profile, clause.Start, called.End - clause.Start, Name) { Attribute = "name" };
        }

        var words = clause.Words is [{ Lower: "please" or "just" }, .. var rest] ? rest : clause.Words;
        return words is [{ Lower: "call" }, { Lower: "me" }, var name, ..] && Details.IsName(name)
            ? new FactCandidate($"The user wants to be called {name.Text}.", FactKind.Profile, words[0].Start, name.End - words[0].Start, Name) { Attribute = "name" }
            : null;
    }

    // A name stands alone, or ends before a comma: "I'm German" and "I'm Tom's sister" are something else.
    private static bool IsName(Statement statement) =>
        statement.Rest is [var name, .. var rest] && Details.IsName(name) && !Belonging().IsMatch(name.Text)
        && (rest.IsEmpty || rest[0].IsMark || Details.IsName(rest[0]) || rest[0].IsAny("and", "from", "by", "sorry"));

    [GeneratedRegex("(?:ish|ese|ian|ean|[dtnlr]an|ch|ic|ist|eek|iss|wede|ane|erman)$", RegexOptions.IgnoreCase)]
    private static partial Regex Belonging();
}
