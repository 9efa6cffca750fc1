using PatternAnalysis.Options;

namespace PatternAnalysis.Analysis;

/// <summary>
/// How far back a run measures. What a night reports is news; what it measures is evidence, and that adds up over nights.
/// </summary>
public sealed record HorizonOptions
{
    /// <summary>So many days up to the window's end; 0 for the window alone, as in the original.</summary>
    [Option(
        "EvidenceDays",
        "How many days up to the window's end patterns are measured over, never less than the window; 0 for the window alone.",
        Minimum = 0,
        Maximum = 36_500
    )]
    public int EvidenceDays { get; init; } = 30;

    /// <summary>The time whose sessions a run with this window measures.</summary>
    public TimeWindow Of(TimeWindow window)
    {
        if (EvidenceDays == 0 || window.Since is not { } since || window.Until is not { } until)
            return window;

        var days = TimeSpan.FromDays(EvidenceDays);
        var start = until - DateTimeOffset.MinValue > days ? until - days : DateTimeOffset.MinValue;
        return start < since ? new TimeWindow(start, until) : window;
    }
}
