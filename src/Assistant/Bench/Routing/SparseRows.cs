namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>A matrix of few entries in many columns.</summary>
/// <param name="columns">How many columns it has.</param>
internal sealed class SparseRows(int columns)
{
    private readonly List<(int[] Columns, double[] Values)> _rows = [];

    /// <summary>How many columns there are.</summary>
    public int Columns => columns;

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    public void Add(int[] at, double[] values) => _rows.Add((at, values));

    /// <summary>The product of a row with a vector.</summary>
    public double Dot(int row, double[] vector)
    {
        var (at, values) = _rows[row];
        var sum = 0.0;
        for (var i = 0; i < at.Length; i++)
        {
            sum += values[i] * vector[at[i]];
        }

        return sum;
    }

    /// <summary>Adds a multiple of a row to a vector.</summary>
    public void AddTo(double[] vector, int row, double factor)
    {
        var (at, values) = _rows[row];
        for (var i = 0; i < at.Length; i++)
        {
            vector[at[i]] += factor * values[i];
        }
    }
}
