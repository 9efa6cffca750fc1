namespace PatternAnalysis.Torture;

/// <summary>What broke a promise.</summary>
internal enum Finding
{
    /// <summary>Something that was accepted is not there.</summary>
    Lost,

    /// <summary>Something is there, or was counted, more than once.</summary>
    Double,

    /// <summary>A run ended without a clear error, or not at all.</summary>
    Unclear,
}
