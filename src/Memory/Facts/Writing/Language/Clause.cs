using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>A part of a sentence that can say something by itself.</summary>
/// <param name="Words">Its words, punctuation at its end left out.</param>
/// <param name="Sentence">All words of the sentence that it is part of.</param>
/// <param name="EndMark">What ends the sentence: a full stop, '!', '?', or '\0' for nothing.</param>
internal sealed record Clause(ImmutableArray<Word> Words, ImmutableArray<Word> Sentence, char EndMark)
{
    public int Start => Words[0].Start;

    public int End => Words[^1].End;

    public bool IsFirst => Words[0] == Sentence[0];

    public bool Has(params ReadOnlySpan<string> words)
    {
        foreach (var word in Words)
        {
            if (words.Contains(word.Lower))
            {
                return true;
            }
        }

        return false;
    }
}
