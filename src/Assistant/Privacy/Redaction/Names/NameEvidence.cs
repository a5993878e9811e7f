using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Weighs whether words are the name of a person: what lists know of them, how they look, and what stands around them.</summary>
/// <param name="text">The text.</param>
internal sealed class NameEvidence(ReadText text)
{
    /// <summary>From this sum on it is a name.</summary>
    public const double Enough = 2;

    public double Of(NameRun run)
    {
        if (IsOrganisation(run))
        {
            return 0;
        }

        var own = run.Words.Count > 1 || run.HasInitial && run.Words.Count > 0 ? OfWords(run) : run.Words.Count == 1 ? OfWord(run.Words[0]) : 0;
        return own + Before(run) + Behind(run) + Alone(run);
    }

    private double OfWord(int at)
    {
        var use = NameShape.UseOf(text[at]);
        return Has(use, WordUse.Everyday) ? (Has(use, WordUse.Given) ? 0.5 : -1.5)
            : Has(use, WordUse.Given) ? (Has(use, WordUse.Place) ? 1.5 : 2.25)
            : Has(use, WordUse.Word) ? -2
            : Has(use, WordUse.Place) ? (Has(use, WordUse.Family) ? 0 : -2)
            : Has(use, WordUse.Family) ? 1
            : IsOfPeople(at) ? -0.5 : text.HasCapitals ? 0.5 : 0;
    }

    private double OfWords(NameRun run)
    {
        var sum = (run.HasInitial ? 1.5 : 0) + (run.HasParticle ? 0.75 : 0);
        foreach (var (place, at) in run.Words.Index())
        {
            var use = NameShape.UseOf(text[at]);
            sum += Has(use, WordUse.Everyday) ? (Has(use, WordUse.Given) && place == 0 ? 0.75 : Has(use, WordUse.Family) ? 0.25 : -1.5)
                : Has(use, WordUse.Given) ? (place == 0 ? 2 : 1.25)
                : Has(use, WordUse.Word) ? -1
                : Has(use, WordUse.Place) && !Has(use, WordUse.Family) ? -0.5
                : Has(use, WordUse.Family) ? (place == 0 ? 1 : 1.25)
                : IsOfPeople(at) ? 0 : text.IsEnglish ? 0.75 : 0.25;
        }

        return sum;
    }

    private double Before(NameRun run)
    {
        var (one, two) = (text[run.First - 1], text[run.First - 2]);
        if (NameWords.Titles.Contains(one.Folded) || one.Is(".") && !one.IsSpaced && NameWords.Titles.Contains(two.Folded))
        {
            return 3;
        }

        if (IsAfterWordName(run.First - 1))
        {
            return 4;
        }

        if (one.Folded is "is" or "to" or ":" or "as" or "be" && IsNameSpokenOf(run.First - 2) || IsSignature(run))
        {
            return 2;
        }

        if (NameWords.SurelyBefore.Contains(one.Folded) || two.Folded is "named" or "name" or "called" or "call" or "calls" && one.Folded is "him" or "her" or "it" or "them" or "me")
        {
            return 2.5;
        }

        return text[run.First].Lines == 0 && IsBeforePlace(one, two) ? (IsPossessive(run) ? 0 : run.Words.Count > 1 ? -0.75 : -1.75)
            : NameWords.Determiners.Contains(one.Folded) && text[run.First].Lines == 0 ? (run.Words.Count > 1 ? -1 : -2)
            : NameWords.ClosestBefore.Contains(one.Folded) || one.Is("says") && two.Kind == TokenKind.Mark || one.Is("am") && two.Is("i") || one.Is("to") && NameWords.DoneTo.Contains(two.Folded) || one.Is("at") && NameWords.DoneAt.Contains(two.Folded) ? 1.5
            : one.Is("for") && two.Folded is "work" or "works" or "worked" or "working" || one.Folded is "became" or "joined" ? -1
            : one.Is(",") && text[run.Last + 1].Folded is "!" or "?" ? 1.5
            : NameWords.OftenBefore.Contains(one.Folded) || one.Is(":") && NameWords.OftenBefore.Contains(two.Folded) ? 1
            : one.Is(",") && IsInList(run.First - 2) ? 0.5
            : 0;
    }

    // "My name is ...", "What's your last name? ...", "Name: ...", "partner's name ...".
    private bool IsAfterWordName(int at)
    {
        for (var back = 0; back < 3; back++, at--)
        {
            if (text[at].Folded is "name" or "names" or "nombre" or "nom" or "naam" or "nome")
            {
                return true;
            }

            if (text[at].Folded is not ("is" or ":" or "?" or "was" or "'" or "s" or "to" or "are" or "es" or "-"))
            {
                return false;
            }
        }

        return false;
    }

    // "The name on the account is wrong, please change it to ..."
    private bool IsNameSpokenOf(int at)
    {
        for (var back = 0; back < 14; back++, at--)
        {
            if (text[at].Folded is "name" or "names")
            {
                return true;
            }
        }

        return false;
    }

    private bool IsSignature(NameRun run)
    {
        var before = text[run.First - 1].Folded is "," or "!" or "." ? run.First - 2 : run.First - 1;
        return text[run.First].Lines > 0 && text[run.Last + 1].Lines > 0 && NameWords.Closings.Contains(text[before].Folded);
    }

    private double Behind(NameRun run)
    {
        var next = text[run.Last + 1];
        return IsPossessive(run) ? (NameWords.Belongings.Contains(text[run.Last + 3].Folded) ? 1.75 : 0.75)
            : next.Lines > 0 ? 0
            : next.IsNumber && run.Words.Count == 1 ? -1
            : next.Is(",") && text[run.Last + 2] is { IsNumber: true, Length: 2 } && text[run.Last + 3].Is(",") ? 1
            : next.Folded is "speaking" or "here" or "calling" ? 1.5
            : next.Is(",") && BeginsSentence(run) && NameWords.Addressed.Contains(text[run.Last + 2].Folded) ? 1.5
            : NameWords.Living.Contains(next.Folded) || next.Is("is") && text[run.Last + 2].Is("from") ? 1.5
            : NameWords.Verbs.Contains(next.Folded) ? 1
            : next.Is(":") && text[run.First].Lines > 0 ? (text[run.Last + 2].Folded is "\"" or "“" or "«" or "„" ? 1.5 : 1)
            : next.Is(",") && (run.First == 0 || IsInList(run.Last + 2)) ? 0.5
            : 0;
    }

    // On a line of its own, as in a letter's head or foot.
    private double Alone(NameRun run) =>
        run.Words.Count is 2 or 3 && StartsBlock(run.First) && text[run.Last + 1].Lines > 0 ? 1.5 : 0;

    // The first line, or one behind an empty line; marks of quoted text and of lists may stand before it.
    private bool StartsBlock(int at)
    {
        for (var back = 0; back < 4 && text[at].Lines == 0 && text[at - 1].Kind == TokenKind.Mark; back++)
        {
            at--;
        }

        return text[at].Lines > 1;
    }

    private bool BeginsSentence(NameRun run) => text[run.First].Lines > 0 || text[run.First - 1].Folded is "." or "!" or "?";

    private bool IsPossessive(NameRun run) => text[run.Last + 1].Folded is "'" or "’" && text[run.Last + 2] is { Folded: "s", IsSpaced: false };

    private static bool IsBeforePlace(Token one, Token two) =>
        NameWords.BeforePlaces.Contains(one.Folded) && !(one.Is("at") && NameWords.DoneAt.Contains(two.Folded)) || one.Is("to") && NameWords.Movements.Contains(two.Folded);

    private bool IsInList(int at) => text[at].IsCapitalised && (NameShape.UseOf(text[at]) & WordUse.Name) != 0;

    /// <summary>Whether the words are, or are part of, the name of an organisation.</summary>
    public bool IsOrganisation(NameRun run) =>
        NameWords.Organisations.Contains(text[run.Last].Folded) && text[run.Last].Is(WordUse.Word)
        || text[run.Last + 1].Lines == 0 && text[run.Last + 1].IsCapitalised && NameWords.Organisations.Contains(text[run.Last + 1].Folded)
        || run.Words.Any(at => text[at].Folded is "inc" or "llc" or "ltd" or "gmbh" or "plc" or "corp")
        || text[run.Last + 1].Is("&") || text[run.First - 1].Is("&");

    private bool IsOfPeople(int at) => Array.Exists(NameWords.Peoples, ending => text[at].Folded.EndsWith(ending, StringComparison.Ordinal));

    private static bool Has(WordUse use, WordUse asked) => (use & asked) != 0;
}
