namespace PatternAnalysis.Sequences;

/// <summary>A step before it has a place in its sequence.</summary>
internal struct TimedStep
{
    public long Ticks;
    public long InsertionId;
    public int Source;
    public int Facts;
    public int Verdict;

    /// <summary>Where its ids lie, from 1; 0 for a step without any.</summary>
    public int Ids;

    /// <summary>By time, then by insertion.</summary>
    public static int Compare(in TimedStep a, in TimedStep b) =>
        a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : a.InsertionId.CompareTo(b.InsertionId);
}
