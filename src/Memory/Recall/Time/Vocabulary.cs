using PersonalAi.Memory.Recall.Time.Languages;

namespace PersonalAi.Memory.Recall.Time;

/// <summary>A word or a few words with a role.</summary>
/// <param name="Words">How they are spelt, as tokens.</param>
/// <param name="Role">What they do.</param>
/// <param name="Value">Which one it is, as its role counts.</param>
/// <param name="IsWeak">Whether they are an ordinary word too.</param>
/// <param name="IsShared">Whether they are an ordinary word of another language.</param>
internal sealed record Term(string[] Words, Role Role, int Value, bool IsWeak, bool IsShared);

/// <summary>The words in which one language speaks of time.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, List<Term>> _terms = [];
    private readonly HashSet<string> _common = [];

    /// <summary>All languages; where they read the same words, the first counts.</summary>
    public static IReadOnlyList<Vocabulary> All { get; } =
    [
        English.Words(),
        German.Words(),
        French.Words(),
        Spanish.Words(),
        Italian.Words(),
        Portuguese.Words(),
        Russian.Words(),
        Chinese.Words(),
    ];

    /// <summary>Adds spellings of one term, between bars. "?" after one: an ordinary word too; "~": one of another language.</summary>
    public Vocabulary Add(Role role, int value, string spellings)
    {
        foreach (var spelling in spellings.Split('|'))
        {
            var words = Tokenizer.Read(spelling.TrimEnd('?', '~')).Select(token => token.Text).ToArray();
            if (!_terms.TryGetValue(words[0], out var terms))
            {
                _terms[words[0]] = terms = [];
            }
            terms.Add(new Term(words, role, value, spelling.EndsWith('?'), spelling.EndsWith('~')));
        }
        return this;
    }

    /// <summary>Adds terms that have no value.</summary>
    public Vocabulary Add(Role role, string spellings) => Add(role, 0, spellings);

    /// <summary>Adds a unit.</summary>
    public Vocabulary Add(TimeUnit unit, string spellings) => Add(Role.Unit, (int)unit, spellings);

    /// <summary>Adds a part of the day.</summary>
    public Vocabulary Add(DayPart part, string spellings) => Add(Role.DayPart, (int)part, spellings);

    /// <summary>Adds terms that count upwards.</summary>
    public Vocabulary AddInOrder(Role role, int first, params IEnumerable<string> spellings)
    {
        foreach (var (index, alternatives) in spellings.Index())
        {
            Add(role, first + index, alternatives);
        }
        return this;
    }

    /// <summary>Adds words by which the language is known, where one of its terms is an ordinary word of another.</summary>
    public Vocabulary AddCommon(string words)
    {
        _common.UnionWith(words.Split(' '));
        return this;
    }

    /// <summary>Whether a word is one by which the language is known.</summary>
    public bool IsCommon(string word) => _common.Contains(word);

    /// <summary>The terms that begin with a word; null where none does.</summary>
    public List<Term>? StartingWith(string word) => _terms.GetValueOrDefault(word);
}
