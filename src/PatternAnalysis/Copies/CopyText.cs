using System.Text.Json;
using System.Text.Json.Serialization;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;

namespace PatternAnalysis.Copies;

/// <summary>The text of copies: JSON that leaves out what has no value.</summary>
internal static class CopyText
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

        // Tuples keep their values in fields.
        IncludeFields = true,
    };

    public static string Write<T>(T copy) => JsonSerializer.Serialize(copy, s_json);

    /// <summary>The copy, or null when the text is none.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, s_json);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // ArgumentException is what a type says of values that it can't have.
            return null;
        }
    }
}

/// <summary>Where sequences and patterns come from, as a copy says it.</summary>
internal sealed record SourceCopy
{
    /// <summary>What tells a run from another one; null for sequences.</summary>
    public string? Id { get; init; }

    public long? Since { get; init; }

    public long? Until { get; init; }

    public long EventCount { get; init; }

    public IReadOnlyDictionary<string, long>? Excluded { get; init; }

    /// <summary>The options, as <see cref="Options.StoredOptions"/> writes them.</summary>
    public string? Options { get; init; }

    /// <summary>Whether the options say how events became sequences.</summary>
    public bool HasOrigin { get; init; }

    public int SessionCount { get; init; }

    public long ObservedFrom { get; init; }

    public long ObservedTo { get; init; }

    public IReadOnlyDictionary<string, int>? LeftOut { get; init; }
}

/// <summary>A sequence.</summary>
internal sealed record SequenceCopy
{
    public required string Session { get; init; }

    public required string[] Steps { get; init; }

    public int Events { get; init; }

    /// <summary>When the first and the last step happened, in UTC ticks; 0 when that is not known.</summary>
    public long First { get; init; }

    public long Last { get; init; }

    /// <summary>When each step happened, in UTC ticks.</summary>
    public long[] Times { get; init; } = [];

    public int[] Outcomes { get; init; } = [];

    public long[] Milliseconds { get; init; } = [];

    /// <summary>The number of each step's verdict, from 1; 0 for safe.</summary>
    public int[] Verdict { get; init; } = [];

    public DangerVerdict[] Verdicts { get; init; } = [];

    /// <summary>Whether what danger is judged by was lost.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Whether it was known what each step was given, and what its turn cost.</summary>
    public bool HadRecords { get; init; }

    public SourceCopy? Source { get; init; }
}

/// <summary>A pattern, and what was said of it so far.</summary>
internal sealed record PatternCopy
{
    public required string[] Steps { get; init; }

    public int Sessions { get; init; }

    public int Occurrences { get; init; }

    public int Raw { get; init; }

    public SightingCopy[] Sightings { get; init; } = [];

    public DangerVerdict? Danger { get; init; }

    public OccurrenceDanger? Levels { get; init; }

    public MetricCopy? Metric { get; init; }

    public PatternWorthCopy? Worth { get; init; }

    public DecisionCopy? Decision { get; init; }

    public required SourceCopy Source { get; init; }
}

/// <summary>Where a pattern stands in a sequence.</summary>
internal sealed record SightingCopy(int Sequence, string Session, int Count, long From, long To, int[] Starts, long[] Ticks);

/// <summary>What was measured.</summary>
internal sealed record MetricCopy
{
    public double Confidence { get; init; }

    public double Expected { get; init; }

    public double PValue { get; init; }

    public double QValue { get; init; }

    public double? Dispersion { get; init; }

    public int FamilySize { get; init; }

    public string? LeftOutBecause { get; init; }

    /// <summary>What it would save, in US dollars; null before a stage was asked for it.</summary>
    public decimal? Savings { get; init; }

    /// <summary>The options, as <see cref="Options.StoredOptions"/> writes them.</summary>
    public required string Options { get; init; }
}

/// <summary>What was decided.</summary>
internal sealed record DecisionCopy(string Status, bool IsDestructive, string[] Reasons, DangerVerdict Danger, string Policy);

/// <summary>What it is worth.</summary>
internal sealed record PatternWorthCopy
{
    public WorthKind Kind { get; init; }

    public int Rank { get; init; }

    public string? PartOf { get; init; }

    public double SavedTurns { get; init; }

    public double HitShare { get; init; }

    public double SavedUsd { get; init; }

    public TimeSpan SavedWait { get; init; }

    public double MarginalUsd { get; init; }

    public double MarginalTurns { get; init; }

    public double MarginalTokens { get; init; }

    public TimeSpan MarginalWait { get; init; }

    public double? WorthUsdPer30Days { get; init; }

    public bool IsAssumed { get; init; }

    public ConditionCount[] Conditions { get; init; } = [];

    public NeedlessRuns? NeedlessRuns { get; init; }

    public double? FailureShare { get; init; }

    public RoutineCoverage? CoveredBy { get; init; }

    public StepWorth[] Steps { get; init; } = [];

    public double? IntervalLow { get; init; }

    public double? IntervalHigh { get; init; }

    /// <summary>What turns were priced with, as <see cref="StoredOptions"/> writes it; null where that is not known.</summary>
    public string? Options { get; init; }

    /// <summary>How many more were appraised with it and are not shown.</summary>
    public int LeftOut { get; init; }

    public static PatternWorthCopy? Of(PatternWorth? worth) =>
        worth is null
            ? null
            : new PatternWorthCopy
            {
                Kind = worth.Kind,
                Rank = worth.Rank,
                PartOf = worth.PartOf,
                SavedTurns = worth.SavedTurns,
                HitShare = worth.HitShare,
                SavedUsd = worth.SavedUsd,
                SavedWait = worth.SavedWait,
                MarginalUsd = worth.MarginalUsd,
                MarginalTurns = worth.MarginalTurns,
                MarginalTokens = worth.MarginalTokens,
                MarginalWait = worth.MarginalWait,
                WorthUsdPer30Days = worth.WorthUsdPer30Days,
                IsAssumed = worth.IsAssumed,
                Conditions = worth.Conditions,
                NeedlessRuns = worth.NeedlessRuns,
                FailureShare = worth.FailureShare,
                CoveredBy = worth.CoveredBy,
                Steps = worth.Steps,
                IntervalLow = worth.IntervalLow,
                IntervalHigh = worth.IntervalHigh,
                Options = worth.Appraisal is { } appraisal ? StoredOptions.Write(appraisal.Options) : null,
                LeftOut = worth.Appraisal?.LeftOut ?? 0,
            };

    public PatternWorth ToWorth()
    {
        var worth = new PatternWorth(() => Steps, IntervalLow is { } low && IntervalHigh is { } high ? (low, high) : null)
        {
            Kind = Kind,
            Rank = Rank,
            PartOf = PartOf,
            SavedTurns = SavedTurns,
            HitShare = HitShare,
            SavedUsd = SavedUsd,
            SavedWait = SavedWait,
            MarginalUsd = MarginalUsd,
            MarginalTurns = MarginalTurns,
            MarginalTokens = MarginalTokens,
            MarginalWait = MarginalWait,
            WorthUsdPer30Days = WorthUsdPer30Days,
            IsAssumed = IsAssumed,
            Conditions = Conditions,
            NeedlessRuns = NeedlessRuns,
            FailureShare = FailureShare,
        };
        worth = worth.In(StoredOptions.Read<WorthOptions>(Options) is { } options ? new Appraisal(options, LeftOut) : null);
        return CoveredBy is { } coverage ? worth.Covered(coverage) : worth;
    }
}
