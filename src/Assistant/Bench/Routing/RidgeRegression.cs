namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>Linear regression with a penalty on the squares of the weights, solved by conjugate gradients.</summary>
internal static class RidgeRegression
{
    private const int MostSteps = 60;
    private const double Tolerance = 1e-4;

    /// <summary>The weights that predict targets best.</summary>
    /// <param name="rows">The predictors.</param>
    /// <param name="targets">What is to be predicted, one for each row.</param>
    /// <param name="penalty">How much a square of a weight costs, in squared errors.</param>
    public static double[] Fit(SparseRows rows, double[] targets, double penalty)
    {
        var weights = new double[rows.Columns];
        var residual = new double[rows.Columns];
        for (var row = 0; row < rows.Count; row++)
        {
            rows.AddTo(residual, row, targets[row]);
        }

        double[] direction = [.. residual];
        var size = Dot(residual, residual);
        var enough = Tolerance * Tolerance * size;
        for (var step = 0; step < MostSteps && size > enough; step++)
        {
            var image = Apply(rows, direction, penalty);
            var length = size / Dot(direction, image);
            AddTo(weights, direction, length);
            AddTo(residual, image, -length);
            var next = Dot(residual, residual);
            for (var column = 0; column < direction.Length; column++)
            {
                direction[column] = residual[column] + (next / size * direction[column]);
            }

            size = next;
        }

        return weights;
    }

    private static double[] Apply(SparseRows rows, double[] vector, double penalty)
    {
        double[] image = [.. vector.Select(value => penalty * value)];
        for (var row = 0; row < rows.Count; row++)
        {
            rows.AddTo(image, row, rows.Dot(row, vector));
        }

        return image;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void AddTo(double[] to, double[] from, double factor)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }
}
