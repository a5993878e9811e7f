namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>Adds up how many readings of a text can be open at once where choices that begin alike hold one another.</summary>
internal sealed class OpenReadings(GbnfGrammar grammar)
{
    private const int MaxReadings = 64;

    // Of each rule that is such a choice: how many alternatives begin alike, and the rules of the values that they share.
    private readonly Dictionary<string, (int Alike, HashSet<string> Shared)> _choices = [];
    private readonly Dictionary<string, int> _readings = [];

    public void Add(string rule, int alike, IEnumerable<string> shared) => _choices[rule] = (alike, [.. shared]);

    /// <summary>The rule of a choice with too many readings, or null.</summary>
    public string? FindTooMany() => _choices.Keys.FirstOrDefault(rule => ReadingsOf(rule) > MaxReadings);

    private int ReadingsOf(string rule)
    {
        if (_readings.TryGetValue(rule, out var known))
        {
            return known;
        }

        // Until it is known, a way back to it counts as endless.
        _readings[rule] = MaxReadings + 1;
        var (alike, shared) = _choices[rule];
        var within = Reachable(shared).Where(_choices.ContainsKey).Select(ReadingsOf).DefaultIfEmpty(1).Max();
        return _readings[rule] = Math.Min(alike * within, MaxReadings + 1);
    }

    private HashSet<string> Reachable(IEnumerable<string> from)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(from);
        while (open.TryPop(out var rule))
        {
            if (reached.Add(rule))
            {
                foreach (var next in References(grammar.Rules[rule]))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<string> References(GbnfNode node) => node switch
    {
        GbnfNode.Reference reference => [reference.Rule],
        GbnfNode.Repetition repetition => References(repetition.Part),
        GbnfNode.Choice choice => choice.Alternatives.SelectMany(References),
        GbnfNode.Sequence sequence => sequence.Parts.SelectMany(References),
        _ => [],
    };
}
