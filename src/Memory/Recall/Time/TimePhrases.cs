namespace PersonalAi.Memory.Recall.Time;

/// <summary>Finds what a text says about time: dates, "last week", "three days ago", "between May and July", in eight languages.</summary>
public static class TimePhrases
{
    /// <summary>
    /// The phrases in a text, in its order and never overlapping. Any text is accepted; a date that no calendar has is no phrase, and
    /// neither is a time that hangs on an event ("before the trip"). Takes time in proportion to the text.
    /// </summary>
    /// <param name="text">What someone wrote.</param>
    /// <param name="now">The local time at which it was written, from which "yesterday" counts; see <see cref="TimeProvider.GetLocalNow"/>.</param>
    public static IReadOnlyList<TimePhrase> Find(string text, DateTime now)
    {
        var tokens = Tokenizer.Read(text);
        var calendar = new LocalCalendar(now);
        var guess = new LanguageGuess(tokens);
        var grammars = Vocabulary.All
            .Select(words => new PhraseGrammar(new TermCursor(tokens, words, guess.IsLikely(words)), calendar))
            .ToArray();
        return [.. Find(tokens, grammars)];
    }

    private static IEnumerable<TimePhrase> Find(List<Token> tokens, PhraseGrammar[] grammars)
    {
        for (var start = 0; start < tokens.Count;)
        {
            var longest = Longest(grammars, start);
            if (longest.Moment is { Range.IsEmpty: false } moment)
            {
                var from = tokens[start].Start;
                yield return new TimePhrase(from, tokens[longest.End - 1].End - from, moment.Range, moment.Unit);
            }
            start = Math.Max(longest.End, start + 1);
        }
    }

    private static (Moment? Moment, int End) Longest(PhraseGrammar[] grammars, int start)
    {
        var longest = (Moment: default(Moment?), End: start);
        foreach (var grammar in grammars)
        {
            var read = grammar.Read(start);
            longest = read.End > longest.End ? read : longest;
        }
        return longest;
    }
}
