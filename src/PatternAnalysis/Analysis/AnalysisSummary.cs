using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Worth;

namespace PatternAnalysis;

/// <summary>What a run came to.</summary>
public sealed record AnalysisSummary
{
    private readonly Lazy<SessionOrigins> _origins;

    private AnalysisSummary(CompletedRun run)
    {
        _origins = new(() => run.Origins?.Find() ?? SessionOrigins.Unknown);
        Reading = run.Reading;
        Window = run.Window;
        WindowSessions = run.WindowActivity?.Sessions ?? run.SessionCount;
        WindowSteps = run.WindowActivity?.Steps;
        TotalSessions = run.SessionCount;
        Patterns = [.. run.Patterns];
        PatternsFound = run.Patterns.Count;
        LeftOutPatterns = run.LeftOut;
        TotalSavings = run.TotalSavings;
        AutoApproved = Count(PatternStatus.AutoApproved);
        Pending = Count(PatternStatus.Pending);
        AutoRejected = Count(PatternStatus.AutoRejected);
        WorthAutomating = OverlapFreeSavings.Total([.. run.Patterns.Where(pattern => !PatternStatus.IsRejected(pattern.Status))]);
        StartedAt = run.StartedAt;
        DisabledRules = [.. run.DisabledRules];
        GivenUp = [.. run.GivenUp];
        Pictures = new RunPictures(run.Patterns);
    }

    /// <summary>The database that was analysed, as a cmdlet opens it; null where that is not known.</summary>
    public string? Database { get; init; }

    /// <summary>When the run started, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>The window that was asked for: what is new in it is news.</summary>
    public TimeWindow Window { get; }

    /// <summary>The horizon: the time whose sessions all numbers come from. Never less than the window.</summary>
    public TimeWindow EvidenceWindow => Reading.Window;

    /// <summary>How many sessions had a step in the window; all of them where that is not known.</summary>
    public int WindowSessions { get; }

    /// <summary>How many steps lay in the window; null where that is not known.</summary>
    public long? WindowSteps { get; }

    /// <summary>What the sessions of the horizon spent; null where that is not known.</summary>
    public RunSpending? Spent { get; internal init; }

    /// <summary>What of that could go, by the routines that are not rejected.</summary>
    public RunSaving CouldGo { get; internal init; } = RunSaving.None;

    /// <summary>Where the time of the sessions went without progress.</summary>
    public RunGuidance Guidance { get; internal init; } = RunGuidance.None;

    /// <summary>Where the turns of models went, by what their steps are to an automation; empty where that is not known.</summary>
    public ClassSpending[] SpentByClass { get; internal init; } = [];

    /// <summary>
    /// What was spent and what could go, by the day of the sessions' first messages, oldest first; empty where it is not known
    /// what was spent.
    /// </summary>
    public DaySpending[] SpentByDay { get; internal init; } = [];

    /// <summary>What became of approved patterns, the latest to be approved first; none where nobody said what took their place.</summary>
    public AdoptedPattern[] Adopted { get; init; } = [];

    /// <summary>How many events of the wanted types lay in the window, left-out ones included.</summary>
    public long EventCount => Reading.EventCount;

    /// <summary>How many events were left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Excluded => Reading.Excluded;

    /// <summary>How many sessions had a step.</summary>
    public int TotalSessions { get; }

    /// <summary>How many patterns are shown.</summary>
    public int PatternsFound { get; }

    /// <summary>
    /// How many further closed patterns were found and left out, by reason: most of them say the same as one that is shown.
    /// </summary>
    public IReadOnlyDictionary<string, int> LeftOutPatterns { get; }

    /// <summary>How many of them were not stored before.</summary>
    public int NewPatterns { get; internal init; }

    /// <summary>How many of them were stored and are changed.</summary>
    public int UpdatedPatterns { get; internal init; }

    /// <summary>How many of them were stored and stay as they are.</summary>
    public int UnchangedPatterns { get; internal init; }

    /// <summary>
    /// How many of them get no row: they are too likely a coincidence and not among the most valuable of those, or they are
    /// <see cref="Covered"/>.
    /// </summary>
    public int NotStored { get; internal init; }

    /// <summary>Those of the patterns that get no row because a person's decision under another name covers them.</summary>
    public CoveredPattern[] Covered { get; private init; } = [];

    /// <summary>How many the policy approves, by the evidence of this run.</summary>
    public int AutoApproved { get; }

    /// <summary>How many wait for a human, by the evidence of this run.</summary>
    public int Pending { get; }

    /// <summary>How many the policy rejects, by the evidence of this run.</summary>
    public int AutoRejected { get; }

    /// <summary>What automating all patterns together would save, in US dollars; a step is counted for one pattern only.</summary>
    public decimal TotalSavings { get; }

    /// <summary>The same of the patterns that are not rejected, in US dollars.</summary>
    public decimal WorthAutomating { get; }

    /// <summary>Whether the estimate <see cref="TotalSavings"/> is more than models cost in all.</summary>
    public bool EstimateExceedsSpending => Spent is { } spent && TotalSavings > spent.Usd;

    /// <summary>The ids of the danger rules that a rule file has disabled: what they would have caught may be called safe.</summary>
    public string[] DisabledRules { get; }

    /// <summary>What the search for patterns gave up, a sentence each; nothing on events as people's work leaves them.</summary>
    public string[] GivenUp { get; }

    /// <summary>Whether nothing was saved.</summary>
    public bool DryRun { get; private init; }

    /// <summary>The run's number in <c>pattern_runs</c>, or null when nothing was saved.</summary>
    public long? RunId { get; private init; }

    /// <summary>All patterns, in the order of their frequency.</summary>
    public ClassifiedPattern[] Patterns { get; }

    /// <summary>The stored rows of this run's patterns, or what they would be.</summary>
    public SavedPattern[] Saved { get; private init; } = [];

    /// <summary>
    /// Stored patterns whose evidence left the horizon with this run: they keep the numbers of before. What the policy alone had approved
    /// waits for a person again.
    /// </summary>
    public PatternApproval[] Ended { get; private init; } = [];

    /// <summary>The runs before this one, and what is new and gone since; null when the run was not compared with a store.</summary>
    public RunComparison? Comparison { get; internal init; }

    /// <summary>Where the sessions come from. Only reports need it, so the store is read when the first asks.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    internal SessionOrigins Origins => _origins.Value;

    internal EventReading Reading { get; }

    internal RunPictures Pictures { get; }

    /// <summary>The summary as it is printed.</summary>
    public override string ToString() => SummaryText.Format(this);

    /// <summary>The summary of a run that was saved, or looked at only.</summary>
    internal static AnalysisSummary Of(CompletedRun run, SaveResult saved, bool dryRun) =>
        new(run)
        {
            NewPatterns = saved.Count(PatternChangeKind.New),
            UpdatedPatterns = saved.Count(PatternChangeKind.Updated),
            UnchangedPatterns = saved.Count(PatternChangeKind.Unchanged),
            NotStored = saved.NotStored,
            DryRun = dryRun,
            RunId = saved.RunId,
            Saved = [.. saved.Saved],
            Covered = [.. saved.Covered],
            Ended = [.. saved.Ended],
        };

    /// <summary>The summary of patterns that were not compared with a store.</summary>
    public static AnalysisSummary Of(IReadOnlyList<ClassifiedPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var run = CompletedRun.Of(DateTimeOffset.UtcNow, patterns);
        var appraiser = new PatternAppraiser(
            patterns.Count > 0 && patterns[0].Worth?.Appraisal is { } appraisal ? appraisal.Options : new WorthOptions()
        );
        return Of(run, new SaveResult(null, [], patterns.Count), dryRun: true) with
        {
            CouldGo = SavingTotal.Of(patterns),
            Guidance = appraiser.FindGuidance(patterns),
            SpentByClass = patterns.Count > 0 ? appraiser.SpentByClass(patterns[0].Run) : [],
        };
    }

    private int Count(string status) => Patterns.Count(pattern => pattern.Status == status);
}
