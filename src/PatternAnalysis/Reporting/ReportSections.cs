using PatternAnalysis.Worth;

namespace PatternAnalysis.Reporting;

/// <summary>The patterns of a run as a reader meets them: what is decided, what waits, what is refused and why.</summary>
internal sealed record ReportSections
{
    private const int CoincidencesShown = 20;

    private ReportSections() { }

    public required IReadOnlyList<ClassifiedPattern> Approved { get; init; }

    public required IReadOnlyList<ClassifiedPattern> Pending { get; init; }

    public required IReadOnlyList<ClassifiedPattern> Destructive { get; init; }

    /// <summary>Those that are too likely a coincidence, highest confidence first; only so many.</summary>
    public required IReadOnlyList<ClassifiedPattern> Coincidences { get; init; }

    /// <summary>How many of those there are in all.</summary>
    public required int CoincidenceCount { get; init; }

    public static ReportSections Of(AnalysisSummary summary)
    {
        var byWorth = WorthOrder.Of(summary.Patterns).ToLookup(pattern => pattern.Status);
        var coincidences = byWorth[PatternStatus.AutoRejected]
            .Where(pattern => !pattern.IsDestructive)
            .OrderByDescending(pattern => pattern.ConfidenceScore)
            .ThenByDescending(pattern => pattern.EstimatedSavings)
            .ToArray();
        return new ReportSections
        {
            Approved = [.. byWorth[PatternStatus.AutoApproved]],
            Pending = [.. byWorth[PatternStatus.Pending]],
            Destructive =
            [
                .. byWorth[PatternStatus.AutoRejected]
                    .Where(pattern => pattern.IsDestructive)
                    .OrderByDescending(pattern => pattern.OccurrenceCount),
            ],
            Coincidences = [.. coincidences.Take(CoincidencesShown)],
            CoincidenceCount = coincidences.Length,
        };
    }

    /// <summary>
    /// The patterns that pictures are about: the approved and the waiting ones that are worth the most; when there are none, the best of
    /// the rest.
    /// </summary>
    public IReadOnlyList<ClassifiedPattern> Top(int count)
    {
        var worthy = WorthOrder.Of(Approved.Concat(Pending)).Take(count).ToArray();
        return worthy.Length > 0 ? worthy : [.. Coincidences.Take(count)];
    }
}
