namespace PatternAnalysis.Metrics;

/// <summary>The step-up procedure of Benjamini and Hochberg (1995): bounds the expected share of false discoveries.</summary>
public static class BenjaminiHochberg
{
    /// <summary>The q-value of each p-value of a whole family.</summary>
    /// <param name="pValues">The p-values, each in [0, 1].</param>
    /// <returns>The q-values, in the same order; each in [0, 1] and at least its p-value. O(n log n).</returns>
    public static double[] QValues(ReadOnlySpan<double> pValues) => QValues(pValues, pValues.Length);

    /// <summary>The q-value of each p-value: the smallest rate of false discoveries at which it is a discovery.</summary>
    /// <param name="pValues">The p-values of the family, each in [0, 1].</param>
    /// <param name="familySize">How many tests the family has, with those whose p-value is 1 and that are not given.</param>
    /// <returns>The q-values, in the same order; each in [0, 1] and at least its p-value. O(n log n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The family is smaller than what is given of it.</exception>
    public static double[] QValues(ReadOnlySpan<double> pValues, int familySize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(familySize, pValues.Length);
        var order = new int[pValues.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var sorted = pValues.ToArray();
        Array.Sort(sorted, order);

        var qValues = new double[sorted.Length];
        var smallest = 1.0;
        for (var rank = sorted.Length; rank >= 1; rank--)
        {
            smallest = Math.Min(smallest, sorted[rank - 1] * familySize / rank);
            qValues[order[rank - 1]] = smallest;
        }

        return qValues;
    }
}
