using PatternAnalysis.Approvals;
using PatternAnalysis.Options;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Application;

/// <summary>What is asked of the status.</summary>
public sealed record StatusOptions
{
    /// <summary>How old the last analysis that ended well may be: a day, and two hours for it to run in.</summary>
    [Option("MaxAge", "How old the last analysis that ended well may be, like 26h, 90m or 2d.")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(26);
}

/// <summary>What <c>Get-PatternAnalysisStatus</c> and <c>status</c> both do.</summary>
public static class StatusQuery
{
    /// <summary>Says whether the analysis is running; the database is only read.</summary>
    /// <param name="database">The database.</param>
    /// <param name="options">What is asked.</param>
    /// <param name="tasks">The registered runs, as far as the schedulers could be asked.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read, or the age is none.</exception>
    public static AnalysisStatus Run(PatternDatabase database, StatusOptions options, IReadOnlyList<ScheduledAnalysis> tasks)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tasks);
        if (options.MaxAge <= TimeSpan.Zero)
            throw new PatternAnalysisException(ErrorCatalogue.InvalidOption, "MaxAge must be longer than nothing.");

        var now = DateTimeOffset.UtcNow;
        PastRun? Newest(RunKind kind, RunOutcome outcome) =>
            database.Runs.Find(
                new RunQuery
                {
                    Kind = [kind],
                    Outcome = outcome,
                    First = 1,
                }
            )
                is [var run]
                ? run
                : null;
        PastRun? Failure(RunKind kind) =>
            Newest(kind, RunOutcome.Failed) is { } failed && !(Newest(kind, RunOutcome.Completed)?.RunId > failed.RunId) ? failed : null;
        return new AnalysisStatus
        {
            Database = database.Name,
            AskedAt = now,
            MaxAge = options.MaxAge,
            LastRun = Newest(RunKind.Analysis, RunOutcome.Completed),
            LastFailure = Enum.GetValues<RunKind>().Select(Failure).OfType<PastRun>().MaxBy(run => run.RunId),
            LastImport = Newest(RunKind.Import, RunOutcome.Completed),
            Sources = database.FindSources(),
            SpoolCount = SpoolDrain.Look(database).WaitingCount,
            NextRunAt = tasks.Count == 0 ? null : tasks.Min(task => task.NextAfter(now, TimeZoneInfo.Local)),
        };
    }
}
