namespace PatternAnalysis.Torture;

/// <summary>One way to ill-treat the program, repeated in rounds that differ by chance.</summary>
internal interface IOrdeal
{
    /// <summary>Its name on the command line and in the table.</summary>
    string Name { get; }

    /// <summary>What the product promises under it.</summary>
    string Promise { get; }

    /// <summary>Why it can't be had on this machine; null when it can.</summary>
    string? Missing => null;

    /// <summary>One round.</summary>
    void Run(Round round);
}
