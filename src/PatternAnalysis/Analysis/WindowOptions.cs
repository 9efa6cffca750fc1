using PatternAnalysis.Approvals;
using PatternAnalysis.Options;

namespace PatternAnalysis.Analysis;

/// <summary>Which time is looked at, as users say it.</summary>
public sealed record WindowOptions
{
    private const string ByHours = "Hours";
    private const string ByBounds = "Window";
    private const string ByLastRun = "SinceLastRun";

    /// <summary>How many hours up to the end; at least 1.</summary>
    [Option("Hours", "The window: so many hours up to its end.", Minimum = 1, Maximum = 1_000_000, Alternatives = [ByHours])]
    public int Hours { get; init; } = 24;

    /// <summary>The start, instead of <see cref="Hours"/>.</summary>
    [Option("Since", "The window's start; a time without a zone is UTC.", Alternatives = [ByBounds], IsRequired = true)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>The end; now when null.</summary>
    [Option("Until", "The window's end, itself outside; now when not given.", Alternatives = [ByHours, ByBounds])]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the window starts where the last run's ended.</summary>
    [Option(
        "SinceLastRun",
        "The window starts where the last run's window ended, at most 30 days ago.",
        Alternatives = [ByLastRun],
        IsRequired = true
    )]
    public bool SinceLastRun { get; init; }

    /// <summary>The window that is meant.</summary>
    /// <param name="now">When the work starts.</param>
    /// <param name="runs">The runs so far; asked only where the window depends on them.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidWindow</c>: it ends before it starts, or starts before the calendar
    /// does.</exception>
    public TimeWindow Resolve(DateTimeOffset now, IRunHistory runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (SinceLastRun)
            return CatchUpWindow.Of(runs.Last(CatchUpWindow.RunsLookedAt), now, Hours);
        Check(now);
        return Bounds(now);
    }

    /// <summary>Refuses bounds that no window has, before anything is opened.</summary>
    /// <exception cref="PatternAnalysisException">As <see cref="Resolve"/>.</exception>
    public void Check(DateTimeOffset now)
    {
        try
        {
            _ = Bounds(now);
        }
        catch (ArgumentException error)
        {
            throw new PatternAnalysisException(ErrorCatalogue.InvalidWindow, error.Message, error);
        }
    }

    private TimeWindow Bounds(DateTimeOffset now) =>
        Since is null ? TimeWindow.Last(Hours, Until ?? now) : new TimeWindow(Since, Until ?? now);
}
