namespace PatternAnalysis.Delivery;

/// <summary>The kinds of places that notifications go to.</summary>
public enum SinkKind
{
    /// <summary>A text file that grows.</summary>
    Log,

    /// <summary>An HTTP address.</summary>
    Webhook,

    /// <summary>A mail server.</summary>
    Mail,
}
