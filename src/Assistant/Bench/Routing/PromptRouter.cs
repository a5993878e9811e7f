namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>
/// Scores the prompts of a table by what asking the dear model is expected to win, each by models that were fitted on other prompts
/// only: cross-validation, with the options chosen in a second one inside of it.
/// </summary>
internal sealed class PromptRouter
{
    private const int Folds = 5;
    private const int InnerFolds = 3;

    // One more time over all folds makes the score less of an accident; large tables need none.
    private const int RowsPerRepeat = 6_000;

    // Of so many, a third tells as much as three thirds of few.
    private const int ManyRows = 5_000;

    private static readonly PromptModelOptions[] Choices =
    [
        .. from penalty in new[] { 0.1, 0.5, 2.5 } from words in new[] { 0.0, 5, 15 } select new PromptModelOptions(penalty, words),
    ];

    private readonly OutcomeTable _table;
    private readonly PromptSignals[] _signals;
    private readonly int _seed;

    /// <param name="table">The table.</param>
    /// <param name="seed">Draws the folds.</param>
    public PromptRouter(OutcomeTable table, int seed)
    {
        _table = table;
        _seed = seed;
        _signals = new PromptSignals[table.Rows.Length];
        Parallel.For(0, _signals.Length, row => _signals[row] = PromptSignals.Of(table.Rows[row].Prompt));
    }

    /// <summary>How often the table is gone over, each time with other folds.</summary>
    public int Repeats => Math.Clamp(RowsPerRepeat / _table.Rows.Length, 1, 4);

    /// <summary>The scores, from 0 to 1: the mean place among the prompts of a fold.</summary>
    public double[] Score(CancellationToken cancellationToken = default)
    {
        int[] all = [.. Enumerable.Range(0, _table.Rows.Length)];
        int[][] tests = [.. Enumerable.Range(0, Repeats).SelectMany(repeat => Split(all, Folds, _seed + repeat))];
        var places = new double[tests.Length][];
        Parallel.For(0, tests.Length, new ParallelOptions { CancellationToken = cancellationToken }, test => places[test] = PlacesOf(tests[test], all));

        // Added up in one order, whichever fold was through first.
        var scores = new double[all.Length];
        foreach (var (test, place) in tests.Zip(places).SelectMany(fold => fold.First.Zip(fold.Second)))
        {
            scores[test] += place / Repeats;
        }

        return scores;
    }

    // Equal predictions share a place: the order in which rows are dealt knows their outcomes.
    private double[] PlacesOf(int[] test, int[] all)
    {
        int[] training = [.. all.Except(test)];
        var model = Fit(training, Choose(training));
        double[] predictions = [.. test.Select(row => model.Predict(_signals[row]))];
        var sorted = predictions.Order().ToList();
        return [.. predictions.Select(prediction => (sorted.IndexOf(prediction) + sorted.LastIndexOf(prediction) + 1) / (2.0 * test.Length))];
    }

    private PromptModelOptions Choose(int[] rows) => Choices.MinBy(choice => Split(rows, InnerFolds, _seed).Take(rows.Length < ManyRows ? InnerFolds : 1).Sum(test =>
    {
        var model = Fit([.. rows.Except(test)], choice);
        return test.Sum(row => Math.Pow(model.Predict(_signals[row]) - _table.Rows[row].Gain, 2));
    }));

    private PromptModel Fit(int[] rows, PromptModelOptions options) =>
        PromptModel.Fit([.. rows.Select(row => _signals[row])], [.. rows.Select(row => _table.Rows[row].Gain)], options);

    // A prompt that stands in the table twice must not be in two folds; each fold has its share of every gain.
    private int[][] Split(int[] rows, int folds, int seed)
    {
        var random = new Random(seed);
        var groups = rows.GroupBy(row => _table.Rows[row].Prompt, StringComparer.Ordinal)
            .Select(group => (Rows: group.ToArray(), Draw: random.Next()))
            .OrderBy(group => group.Rows.Average(row => _table.Rows[row].Gain)).ThenBy(group => group.Draw);
        var split = Enumerable.Range(0, folds).Select(_ => new List<int>()).ToArray();
        foreach (var (index, group) in groups.Index())
        {
            split[index % folds].AddRange(group.Rows);
        }

        return [.. split.Select(fold => fold.ToArray())];
    }
}
