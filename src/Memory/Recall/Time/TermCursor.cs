namespace PersonalAi.Memory.Recall.Time;

/// <summary>Reads the terms of one language from tokens; what does not fit leaves the position as it was.</summary>
internal sealed class TermCursor(IReadOnlyList<Token> tokens, Vocabulary vocabulary, bool takesSharedWords)
{
    private static readonly Token NoToken = new("", 0, 0, -1, false);

    // The terms that begin at each token.
    private readonly List<Term>?[] _terms = [.. tokens.Select(token => vocabulary.StartingWith(token.Text))];

    /// <summary>The next token.</summary>
    public int Position { get; set; }

    /// <summary>The next token; an empty one at the end.</summary>
    public Token Next => Peek(0);

    /// <summary>A token some places after the next one, or before.</summary>
    public Token Peek(int places) => Position + places is var at && at >= 0 && at < tokens.Count ? tokens[at] : NoToken;

    /// <summary>Whether a phrase in this language could begin here: at one of its terms, or at digits before one or in a date.</summary>
    public bool CanBegin => Next.Number >= 0
        ? !IsInsideDigits && (TermsAt(1) is not null || Peek(1) is { IsGlued: true, Text: "." or "-" or "/" })
        : TermsAt(0) is { } terms && !(IsNumeral(terms) && TermsAt(-1) is { } before && IsNumeral(before));

    /// <summary>Takes the longest term with a role.</summary>
    public Term? Take(Role role)
    {
        var longest = default(Term);
        foreach (var term in TermsAt(0) ?? [])
        {
            if (term.Role == role && term.Words.Length > (longest?.Words.Length ?? 0) && Fits(term))
            {
                longest = term;
            }
        }
        Position += longest?.Words.Length ?? 0;
        return longest;
    }

    /// <summary>Takes a term with a role, if there is one, and says whether there was.</summary>
    public bool Has(Role role) => Take(role) is not null;

    /// <summary>Takes terms with these roles, in this order, where they are there; always true, to stand between what a rule asks for.</summary>
    public bool Skip(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            _ = Take(role);
        }
        return true;
    }

    /// <summary>Takes a mark, and says whether it was there.</summary>
    public bool Has(string mark)
    {
        var has = Next.Text == mark;
        Position += has ? 1 : 0;
        return has;
    }

    /// <summary>Takes digits.</summary>
    public int? Digits()
    {
        var number = Next.Number;
        Position += number >= 0 ? 1 : 0;
        return number >= 0 ? number : null;
    }

    /// <summary>The result of the rule that reads farthest, the first of equals; null where none fits.</summary>
    public Moment? Longest(params ReadOnlySpan<Func<Moment?>> rules)
    {
        var (start, end, longest) = (Position, Position, default(Moment?));
        foreach (var rule in rules)
        {
            Position = start;
            if (rule() is { } moment && Position > end)
            {
                (end, longest) = (Position, moment);
            }
        }
        Position = end;
        return longest;
    }

    /// <summary>The result of a rule; where it does not fit the position stays.</summary>
    public T? Try<T>(Func<T?> rule) where T : struct
    {
        var start = Position;
        var result = rule();
        Position = result is null ? start : Position;
        return result;
    }

    // The 5 of "1.5 years ago" and of "2020-13-5".
    private bool IsInsideDigits =>
        Next.IsGlued && Peek(-1) is { IsGlued: true, Text: "." or "," or "-" or "/" or ":" } && Peek(-2).Number >= 0;

    private static bool IsNumeral(List<Term> terms) => terms.Exists(term => term.Role is Role.Digit or Role.Multiplier);

    private List<Term>? TermsAt(int places) => Position + places is var at && at >= 0 && at < tokens.Count ? _terms[at] : null;

    private bool Fits(Term term)
    {
        for (var i = 1; i < term.Words.Length; i++)
        {
            if (Peek(i).Text != term.Words[i])
            {
                return false;
            }
        }
        return takesSharedWords || !term.IsShared;
    }
}
