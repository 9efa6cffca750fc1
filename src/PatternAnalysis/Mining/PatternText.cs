namespace PatternAnalysis.Mining;

/// <summary>What can be said of a pattern from its steps alone, and how it is found in others.</summary>
internal static class PatternText
{
    /// <summary>The smallest p such that every step equals the one p before it; the length when there is no smaller.</summary>
    public static int SmallestPeriod<T>(ReadOnlySpan<T> steps)
        where T : IEquatable<T>
    {
        // Knuth-Morris-Pratt's failure function: the length minus the longest border.
        var border = new int[steps.Length + 1];
        border[0] = -1;
        for (var i = 0; i < steps.Length; i++)
        {
            var length = border[i];
            while (length >= 0 && !steps[length].Equals(steps[i]))
                length = border[length];
            border[i + 1] = length + 1;
        }

        return steps.Length - border[steps.Length];
    }

    /// <summary>How often a pattern occurs, overlapping occurrences included.</summary>
    public static int Count<T>(ReadOnlySpan<T> steps, ReadOnlySpan<T> pattern)
        where T : IEquatable<T>
    {
        var count = 0;
        for (var at = steps.IndexOf(pattern); at >= 0; at = steps.IndexOf(pattern))
        {
            count++;
            steps = steps[(at + 1)..];
        }

        return count;
    }
}
