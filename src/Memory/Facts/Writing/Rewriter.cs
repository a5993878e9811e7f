using System.Collections.Immutable;
using System.Text;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Turns the user's words about themselves into a sentence about the user that stands by itself.</summary>
internal static class Rewriter
{
    /// <summary>A statement as a sentence.</summary>
    /// <param name="text">The turn's text.</param>
    /// <param name="statement">What is stated.</param>
    /// <param name="first">The first word to take: the subject's, or that of an opening phrase such as "Since Saturday".</param>
    /// <param name="antecedent">Whom a pronoun stands for, in the user's words; null where the subject says it.</param>
    public static string Sentence(string text, Statement statement, int first, ImmutableArray<Word> antecedent)
    {
        var words = statement.Clause.Words;
        var subject = statement.Subject;
        var sentence = new List<(string Text, bool Glued)>();
        Append(sentence, text, words[first..subject.First], from: null);
        if (subject.Kind == SubjectKind.Omitted)
        {
            sentence.Add(("the user", false));
        }
        else if (subject.Kind == SubjectKind.Pronoun && !antecedent.IsEmpty)
        {
            Append(sentence, text, antecedent, from: null);
        }
        else
        {
            // "Mum is", "midwife is": whose they are goes without saying.
            if ((subject.Kind == SubjectKind.Owned && !words[subject.First].IsAny("my", "our")) || (subject.Kind == SubjectKind.Name && Nouns.People.Contains(words[subject.First].Lower)))
            {
                sentence.Add(("the user's", false));
            }

            Append(sentence, text, words[subject.First..subject.Verb], from: null);
        }

        Append(sentence, text, words[subject.Verb..], subject.Kind);
        return Finish(sentence);
    }

    /// <summary>Words that are no statement of their own, such as what follows "remember that".</summary>
    public static string Phrase(string text, ImmutableArray<Word> words, string opening = "")
    {
        var sentence = new List<(string Text, bool Glued)>();
        if (opening.Length > 0)
        {
            sentence.Add((opening, false));
        }

        Append(sentence, text, words, from: null);
        return Finish(sentence);
    }

    private static void Append(List<(string Text, bool Glued)> sentence, string text, ImmutableArray<Word> words, SubjectKind? from)
    {
        // The verb behind "I" changes its form; so does each that is joined to it.
        var changes = from is SubjectKind.User or SubjectKind.Omitted;
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            var glued = at > 0 ? words[at - 1].End == word.Start : text.Length > 0 && IsGlued(text, word);
            switch (word.Lower)
            {
                case "i":
                    sentence.Add(("the user", false));
                    changes = true;
                    continue;
                case "me" or "myself" or "meself":
                    sentence.Add(("the user", false));
                    break;
                case "my":
                    sentence.Add(("the user's", false));
                    break;
                case "mine":
                    sentence.Add(("the user's", false));
                    break;
                case "we" or "us":
                    sentence.Add(("the user and others", false));
                    break;
                case "our":
                    sentence.Add(("the user's", false));
                    break;
                case "you" or "your":
                    sentence.Add((word.Is("you") ? "the assistant" : "the assistant's", false));
                    break;
                case "n't":
                    sentence.Add((" not", true));
                    break;
                case "'m":
                    sentence.Add(("is", false));
                    changes = false;
                    break;
                case "'ve" when changes:
                    sentence.Add(("has", false));
                    changes = false;
                    break;
                case "'ve" or "'re" or "'ll" or "'d":
                    sentence.Add((Spelt(word.Lower), false));
                    changes = false;
                    break;
                case "'s" when at == 0 && from is not null && words.Length > 1 && !words[1].IsAny("called", "named"):
                    sentence.Add((words[1].IsAny("got", "been", "had") || (Verbs.IsPast(words[1].Lower) && words.Length > 2) ? "has" : "is", false));
                    break;
                case "can" when at + 1 < words.Length && words[at + 1].Is("n't"):
                    sentence.Add(("cannot", false));
                    at++;
                    changes = false;
                    break;
                case "will" when at + 1 < words.Length && words[at + 1].Is("n't"):
                    sentence.Add(("will", false));
                    changes = false;
                    break;
                case var lower when changes && ChangesForm(lower):
                    sentence.Add((Verbs.ThirdPersonOf(lower), false));
                    changes = false;
                    break;
                default:
                    changes &= !Verbs.IsFinite(word.Lower);
                    sentence.Add((at == 0 && from == SubjectKind.Omitted ? word.Lower : word.Text, glued));
                    break;
            }

            // "I read her post and do her drops".
            changes |= from == SubjectKind.User && word.Is("and") && at + 1 < words.Length && !words[at + 1].IsCapitalised && ChangesForm(words[at + 1].Lower);
        }
    }

    private static bool ChangesForm(string lower) => lower is "am" or "have" or "do" or "are" || (Verbs.IsKnown(lower) && !Verbs.IsPast(lower));

    private static string Spelt(string ending) => ending switch { "'ve" => "have", "'re" => "are", "'ll" => "will", _ => "would" };

    private static bool IsGlued(string text, Word word) => word.Start > 0 && word.Text[0] is '\'' or '’' && !char.IsWhiteSpace(text[word.Start - 1]);

    private static string Finish(List<(string Text, bool Glued)> words)
    {
        var sentence = new StringBuilder();
        foreach (var (text, glued) in words)
        {
            if (sentence.Length > 0 && !glued)
            {
                sentence.Append(' ');
            }

            sentence.Append(text);
        }

        var trimmed = sentence.ToString().Trim(' ', ',', ';', ':', '-', '–', '—');
        return trimmed.Length == 0 ? "" : $"{char.ToUpperInvariant(trimmed[0])}{trimmed[1..]}.";
    }
}
