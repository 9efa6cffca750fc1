namespace PatternAnalysis.Effect;

/// <summary>What a comparison of before and after came to.</summary>
public enum EffectVerdict
{
    /// <summary>Too few sessions on a side of the cut to say anything.</summary>
    TooEarly,

    /// <summary>Events are missing for a long stretch, so the sides may not be compared.</summary>
    CollectionGap,

    /// <summary>The interval lies below 1, and no control shrank with it.</summary>
    Shrank,

    /// <summary>The interval lies above 1, and no control grew with it.</summary>
    Grew,

    /// <summary>The interval holds 1.</summary>
    NoChangeShown,

    /// <summary>It changed, and so did an activity that had no reason to: something else may be the cause.</summary>
    ControlsChanged,
}
