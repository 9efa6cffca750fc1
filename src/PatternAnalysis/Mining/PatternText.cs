namespace PatternAnalysis.Mining;

/// <summary>What can be said of a pattern from its steps alone, and how often it stands in others.</summary>
internal static class PatternText
{
    /// <summary>The smallest p such that every step equals the one p before it; the length when there is no smaller.</summary>
    public static int SmallestPeriod(ReadOnlySpan<int> steps) => steps.Length - Borders(steps)[steps.Length];

    /// <summary>
    /// For each prefix, by its length, the length of its longest proper prefix that is its suffix as well; -1 for the empty one.
    /// </summary>
    public static int[] Borders(ReadOnlySpan<int> steps)
    {
        var borders = new int[steps.Length + 1];
        borders[0] = -1;
        for (var i = 0; i < steps.Length; i++)
        {
            var length = borders[i];
            while (length >= 0 && steps[length] != steps[i])
                length = borders[length];
            borders[i + 1] = length + 1;
        }

        return borders;
    }

    /// <summary>How often a pattern occurs, overlapping occurrences included.</summary>
    public static int Count(ReadOnlySpan<int> steps, ReadOnlySpan<int> pattern)
    {
        if (pattern.Length == 1)
            return steps.Count(pattern[0]);
        if (steps.Length < pattern.Length)
            return 0;

        var count = 0;
        foreach (var _ in new PatternMatcher(pattern).In(steps))
            count++;
        return count;
    }
}
