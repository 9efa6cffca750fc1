namespace PatternAnalysis.Shell;

/// <summary>Counts what reading a text costs: characters gone past or looked ahead at, and segments handed on.</summary>
internal sealed class ReadingWork
{
    /// <summary>So far.</summary>
    public long Total { get; private set; }

    public void Add(long steps) => Total += steps;
}
