using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Approvals;

/// <summary>What is kept of a run, so that "no patterns" and "did not run" are different.</summary>
public sealed record CompletedRun
{
    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What was read.</summary>
    public required EventReading Reading { get; init; }

    /// <summary>The window whose news the run reports; the horizon that it measures may begin earlier.</summary>
    public TimeWindow? ReportWindow { get; init; }

    /// <summary>The window whose news the run reports.</summary>
    internal TimeWindow Window => ReportWindow ?? Reading.Window;

    /// <summary>What its numbers come from.</summary>
    internal EvidenceHorizon Horizon => EvidenceHorizon.Of(Reading.Window, StartedAt, ReportWindow is not null);

    /// <summary>How many sessions had a step in the window, and how many steps lay in it; null where that is not known.</summary>
    public (int Sessions, long Steps)? WindowActivity { get; init; }

    /// <summary>How many sessions had a step.</summary>
    public required int SessionCount { get; init; }

    /// <summary>The patterns that are shown, classified; none when nothing repeats.</summary>
    public required IReadOnlyList<ClassifiedPattern> Patterns { get; init; }

    /// <summary>How many closed patterns are not shown, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; init; } = new Dictionary<string, int>();

    /// <summary>The ids of the danger rules that a rule file has disabled: what they would have caught may be called safe.</summary>
    public IReadOnlyList<string> DisabledRules { get; init; } = [];

    /// <summary>What the search for patterns gave up, a sentence each.</summary>
    public IReadOnlyList<string> GivenUp { get; init; } = [];

    /// <summary>The overlap-free savings of all patterns, in US dollars.</summary>
    public decimal TotalSavings { get; init; }

    /// <summary>What the sessions that were measured had spent, and what of that could go; null where that is not known.</summary>
    public RunMoney? Money { get; init; }

    /// <summary>Where the turns of models went, by what their steps are; empty where that is not known.</summary>
    public IReadOnlyList<ClassSpending> SpentByClass { get; init; } = [];

    /// <summary>Tells where the sessions come from; null where nobody can.</summary>
    internal ISessionOriginReader? Origins { get; init; }

    /// <summary>At most so many of the patterns that are too likely a coincidence get a row: the most valuable ones.</summary>
    public int CoincidenceLimit { get; init; } = 500;

    /// <summary>The options that it was made with, as <see cref="StoredOptions"/> writes them; null when they are not known.</summary>
    public string? Options { get; init; }

    /// <summary>The ids of patterns that the run measured and does not show, because only the first were asked for; null where they are not
    /// known.</summary>
    internal IReadOnlyList<string>? LeftOutIds { get; init; } = [];

    /// <summary>
    /// The ids of all patterns that the run measured, shown or not; null where it can't tell, so that nobody can say of a pattern that it
    /// is gone.
    /// </summary>
    internal HashSet<string>? MeasuredIds() =>
        GivenUp.Count > 0 || LeftOutIds is null ? null : [.. Patterns.Select(pattern => pattern.PatternId), .. LeftOutIds];

    /// <summary>The record of a run of an engine; some may have been left out of its patterns.</summary>
    internal static CompletedRun Of(
        DateTimeOffset startedAt,
        MiningRun run,
        IReadOnlyList<ClassifiedPattern> patterns,
        int coincidenceLimit,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(coincidenceLimit);
        return new CompletedRun
        {
            StartedAt = startedAt,
            Reading = run.Reading,
            Origins = run.Origin?.Sessions,
            SessionCount = run.SessionCount,
            Patterns = patterns,
            LeftOut = CountLeftOut(patterns),
            LeftOutIds = patterns is [{ Worth.Appraisal: { LeftOut: > 0 } appraisal }, ..] ? appraisal.LeftOutIds : [],
            TotalSavings = OverlapFreeSavings.Total(patterns, cancellationToken),
            CoincidenceLimit = coincidenceLimit,
            GivenUp = run.GivenUp,
            DisabledRules = [.. run.Rules.Disabled.Select(rule => rule.Id)],
        };
    }

    /// <summary>The record of patterns that came down a pipeline; they carry the corpus that they were found in.</summary>
    /// <exception cref="PatternAnalysisException">They come from different runs of the miner.</exception>
    public static CompletedRun Of(
        DateTimeOffset startedAt,
        IReadOnlyList<ClassifiedPattern> patterns,
        int coincidenceLimit = 500,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return new CompletedRun
            {
                StartedAt = startedAt,
                Reading = EventReading.None,
                SessionCount = 0,
                Patterns = [],
            };

        var run = patterns[0].Run.Main;
        if (patterns.Any(pattern => !ReferenceEquals(pattern.Run.Main, run)))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.MixedRuns,
                "The patterns come from different calls of Find-RepeatedPattern, "
                    + "so their numbers can't be put together. Use them call by call."
            );
        }

        if (patterns.FirstOrDefault(pattern => pattern.Place is CopiedPattern { SeenIn: [] }) is { } lost)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.IncompleteCopy,
                $"'{lost.PatternId}' is a copy that lost its sessions, so nobody can tell which of its occurrences are counted already. "
                    + "Hand patterns over by Export-Clixml, by a job, or by ConvertTo-Json -Depth 5."
            );
        }

        return Of(startedAt, run, patterns, coincidenceLimit, cancellationToken) with
        {
            Options = OptionsOf(run, patterns, coincidenceLimit),
        };
    }

    private static IReadOnlyDictionary<string, int> CountLeftOut(IReadOnlyList<ClassifiedPattern> patterns)
    {
        var leftOut = patterns.FirstOrDefault(pattern => pattern.Whole is null)?.Family.LeftOut ?? new Dictionary<string, int>();
        return patterns.Count > 0 && patterns[0].Worth?.Appraisal is { LeftOut: > 0 and var cut }
            ? new Dictionary<string, int>(leftOut) { [LeftOutPatterns.NotAmongTop] = cut }
            : leftOut;
    }

    /// <summary>What every step of the way was asked for: the patterns carry it.</summary>
    private static string? OptionsOf(MiningRun run, IReadOnlyList<ClassifiedPattern> patterns, int coincidenceLimit) =>
        run.Origin is { } origin && patterns.Count > 0
            ? StoredOptions.Write([
                origin.Query,
                origin.Activity,
                run.Options,
                patterns[0].Options,
                .. patterns[0].Worth?.Appraisal is { } appraisal ? [appraisal.Options] : Array.Empty<object>(),
                patterns[0].Policy,
                new SaveOptions { CoincidenceLimit = coincidenceLimit },
            ])
            : null;
}
