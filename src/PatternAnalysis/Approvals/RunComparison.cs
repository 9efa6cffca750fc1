using System.Globalization;

namespace PatternAnalysis.Approvals;

/// <summary>A run beside those before it.</summary>
/// <param name="Runs">The runs before it that came to their end, oldest first.</param>
/// <param name="New">Patterns of this run that were not stored before, without those that are too likely a coincidence; by worth.</param>
/// <param name="Gone">
/// Patterns that a session of the last run's window holds and that this run does not find, and those whose evidence left the horizon with
/// this run; without those that the policy rejected; by worth. None when the run gave up a part of its search.
/// </param>
public sealed record RunComparison(IReadOnlyList<PastRun> Runs, IReadOnlyList<PatternApproval> New, IReadOnlyList<PatternApproval> Gone)
{
    private const int RunCount = 60;

    /// <summary>The run before this one, or null when there was none.</summary>
    public PastRun? Previous => Runs.Count > 0 ? Runs[^1] : null;

    /// <summary>Compares a run with what a store remembers; the run itself may be stored there already.</summary>
    internal static RunComparison Of(CompletedRun run, SaveResult saved, IRunHistory history)
    {
        PastRun[] before = [.. history.Last(RunCount + 1).Where(past => past.RunId != saved.RunId).TakeLast(RunCount)];
        var measured = run.MeasuredIds();
        return new RunComparison(
            before,
            ByWorth(saved.Saved.Where(pattern => pattern.Change == PatternChangeKind.New).Select(pattern => pattern.Approval)),
            ByWorth(
                (before is [.., var last] && measured is not null ? history.SeenIn(last.Window) : [])
                    .Where(pattern => !measured!.Contains(pattern.PatternId))
                    .Concat(saved.Ended)
                    .GroupBy(pattern => pattern.PatternId, (_, same) => same.Last())
            )
        );
    }

    private static PatternApproval[] ByWorth(IEnumerable<PatternApproval> patterns) =>
        [.. ApprovalSort.ByWorth(patterns.Where(pattern => !PatternStatus.IsRejected(pattern.Status)))];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{New.Count} new, {Gone.Count} gone");
}
