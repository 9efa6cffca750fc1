using PatternAnalysis.Analysis;

namespace PatternAnalysis.Reporting;

/// <summary>
/// The patterns of a run as a reader meets them: what could be built first, then what is decided, what waits, what is refused.
/// </summary>
internal sealed record ReportSections
{
    private const int CoincidencesShown = 20;

    private ReportSections() { }

    /// <summary>What a hook, a script, a command or a message could do, by rank; none that is rejected.</summary>
    public required IReadOnlyList<Routine> Routines { get; init; }

    /// <summary>What can't be automated, but be made rarer.</summary>
    public required IReadOnlyList<ClassifiedPattern> Guidance { get; init; }

    /// <summary>What is true, and leaves nothing to automate.</summary>
    public required IReadOnlyList<ClassifiedPattern> NotAutomatable { get; init; }

    /// <summary>What a person's decision under another name covers: it waits for nobody.</summary>
    public required IReadOnlyList<CoveredPattern> Covered { get; init; }

    /// <summary>How many are not assessed: nothing says what their tools were given.</summary>
    public required int NotAssessedCount { get; init; }

    public required IReadOnlyList<ClassifiedPattern> Approved { get; init; }

    public required IReadOnlyList<ClassifiedPattern> Pending { get; init; }

    public required IReadOnlyList<ClassifiedPattern> Destructive { get; init; }

    /// <summary>Those that are too likely a coincidence, highest confidence first; only so many.</summary>
    public required IReadOnlyList<ClassifiedPattern> Coincidences { get; init; }

    /// <summary>How many of those there are in all.</summary>
    public required int CoincidenceCount { get; init; }

    /// <summary>How many of all of them have no row in the database.</summary>
    private int CoincidencesNotStored { get; init; }

    /// <summary>How many coincidences are shown of how many; null when all are.</summary>
    public string? CoincidenceText =>
        CoincidenceCount > Coincidences.Count
            ? ReportText.Text($"The {Coincidences.Count} with the highest confidence. {CoincidencesNotStored:N0} ")
                + ReportText.Text($"of all {CoincidenceCount:N0} have no row in the database.")
            : null;

    public static ReportSections Of(AnalysisSummary summary)
    {
        var covered = summary.Covered.Select(pattern => pattern.PatternId).ToHashSet(StringComparer.Ordinal);
        ClassifiedPattern[] ordered = [.. WorthOrder.Of(summary.Patterns).Where(pattern => !covered.Contains(pattern.PatternId))];
        var byStatus = ordered.ToLookup(pattern => pattern.Status);
        ClassifiedPattern[] sound = [.. ordered.Where(pattern => !PatternStatus.IsRejected(pattern.Status))];
        var wholes = sound.Where(pattern => pattern.Worth?.PartOf is not { } whole || covered.Contains(whole)).ToLookup(IsRoutine);
        var parts = sound.Where(pattern => pattern.Worth?.PartOf is not null).ToLookup(pattern => pattern.Worth!.PartOf);
        ClassifiedPattern[] coincidences =
        [
            .. byStatus[PatternStatus.AutoRejected]
                .Where(pattern => !pattern.IsDestructive)
                .OrderByDescending(pattern => pattern.ConfidenceScore)
                .ThenByDescending(pattern => pattern.EstimatedSavings),
        ];
        return new ReportSections
        {
            Routines = [.. wholes[true].Select(pattern => new Routine(pattern, [.. parts[pattern.PatternId]]))],
            Guidance = [.. wholes[false].Where(pattern => pattern.Worth?.Kind == WorthKind.Guidance)],
            NotAutomatable = [.. wholes[false].Where(pattern => pattern.Worth?.Kind == WorthKind.None)],
            NotAssessedCount = sound.Count(pattern => pattern.Worth is null or { Kind: WorthKind.NotAssessed }),
            Covered = summary.Covered,
            Approved = [.. byStatus[PatternStatus.AutoApproved]],
            Pending = [.. byStatus[PatternStatus.Pending]],
            Destructive =
            [
                .. byStatus[PatternStatus.AutoRejected]
                    .Where(pattern => pattern.IsDestructive)
                    .OrderByDescending(pattern => pattern.OccurrenceCount),
            ],
            Coincidences = [.. coincidences.Take(CoincidencesShown)],
            CoincidenceCount = coincidences.Length,
            CoincidencesNotStored = Math.Clamp(summary.NotStored - summary.Covered.Length, 0, coincidences.Length),
        };
    }

    private static bool IsRoutine(ClassifiedPattern pattern) =>
        pattern.Worth?.Kind is WorthKind.Hook or WorthKind.Script or WorthKind.Command or WorthKind.Message;
}

/// <summary>A routine with its parts: patterns that it takes nearly all from, or that run the same programs.</summary>
internal sealed record Routine(ClassifiedPattern Pattern, IReadOnlyList<ClassifiedPattern> Parts)
{
    /// <summary>What of the turns of the routine and its parts could go, in US dollars; no turn counts twice.</summary>
    public double Usd => Pattern.Worth!.MarginalUsd + Parts.Sum(part => part.Worth!.MarginalUsd);

    public double Turns => Pattern.Worth!.MarginalTurns + Parts.Sum(part => part.Worth!.MarginalTurns);

    public double Tokens => Pattern.Worth!.MarginalTokens + Parts.Sum(part => part.Worth!.MarginalTokens);

    public TimeSpan Wait =>
        TimeSpan.FromSeconds(Pattern.Worth!.MarginalWait.TotalSeconds + Parts.Sum(part => part.Worth!.MarginalWait.TotalSeconds));
}
