using System.Text.RegularExpressions;
using PatternAnalysis.Classification;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Copies;

/// <summary>Reads patterns of their properties.</summary>
internal static partial class PatternViews
{
    /// <summary>The pattern, as far as the properties tell of it; null when they tell of none.</summary>
    public static RepeatedPattern? Read(IObjectView view)
    {
        if (view.Text("ToolSequence") is not { Length: > 0 } text || view.Count("SessionCount") == 0 || view.Count("OccurrenceCount") == 0)
            return null;

        string[] steps = [.. StepText.Split(text)];
        PatternSession?[] sessions = [.. view.List("Sessions").Select(ReadSession)];
        var metric = MetricOf(view);
        var danger = view.Text("Status") is null ? DangerViews.Read(view["Danger"]) : RunDanger(view, steps);
        return PatternCopies.Read(
            new PatternCopy
            {
                Steps = steps,
                Sessions = view.Count("SessionCount"),
                Occurrences = view.Count("OccurrenceCount"),
                Raw = Math.Max(view.Count("RawCount"), view.Count("OccurrenceCount")),
                Sightings = sessions.Contains(null) ? [] : [.. sessions.Select((session, number) => Sighting(session!, number))],
                Danger = danger,
                Levels = LevelsOf(view),
                Metric = metric,
                Worth = WorthOf(view["Worth"]),
                Decision =
                    metric is null || view.Text("Status") is not { } status ? null : Decide(status, view, danger ?? LostDanger.Of(steps)),
                Source = new SourceCopy { SessionCount = Math.Max(view.Count("TotalSessionCount"), view.Count("SessionCount")) },
            }
        );
    }

    // A verdict of the policy on the names of tools is left out: the run did not give it.
    private static Danger.DangerVerdict? RunDanger(IObjectView view, string[] steps) =>
        DangerViews.Read(view["Danger"])
        ?? (
            view.Flag("IsDestructive")
                ? LostDanger.Of(steps) with
                {
                    Level = Danger.DangerLevel.Destructive,
                    Reason = "it was destructive when it was copied; why was lost",
                }
                : null
        );

    private static OccurrenceDanger? LevelsOf(IObjectView view) =>
        view.Has("SafeOccurrenceCount")
            ? new OccurrenceDanger(
                view.Count("SafeOccurrenceCount"),
                view.Count("UnknownOccurrenceCount"),
                view.Count("DestructiveOccurrenceCount"),
                []
            )
            : null;

    private static DecisionCopy Decide(string status, IObjectView view, Danger.DangerVerdict danger) =>
        new(
            status == PatternStatus.AutoApproved && danger.Level != Danger.DangerLevel.Safe ? PatternStatus.Pending : status,
            danger.Level == Danger.DangerLevel.Destructive,
            view.Texts("Reasons"),
            danger,
            StoredOptions.Write(new ClassificationPolicy())
        );

    private static MetricCopy? MetricOf(IObjectView view) =>
        view.Number("ConfidenceScore") is { } confidence && view.Number("EstimatedSavings") is { } savings
            ? new MetricCopy
            {
                Confidence = confidence,
                Expected = view.Number("ExpectedCount") ?? view.Count("OccurrenceCount"),
                PValue = view.Number("PValue") ?? 1,
                QValue = view.Number("QValue") ?? 1,
                Dispersion = view.Number("Dispersion"),
                FamilySize = Math.Max(view.Count("FamilySize"), 1),
                Savings = decimal.Round((decimal)Math.Clamp(savings, 0, 1e15), 2),
                Options = StoredOptions.Write(
                    new MetricOptions
                    {
                        ConfidenceModel = ViewValues.Choice<ConfidenceModel>(view["ConfidenceModel"]) ?? ConfidenceModel.SelfSufficiency,
                    }
                ),
            }
            : null;

    private static PatternWorthCopy? WorthOf(object? value) =>
        value switch
        {
            PatternWorth worth => PatternWorthCopy.Of(worth),
            IObjectView view when ViewValues.Choice<WorthKind>(view["Kind"]) is { } kind => new PatternWorthCopy
            {
                Kind = kind,
                Rank = view.Count("Rank"),
                PartOf = view.Text("PartOf"),
                SavedTurns = view.Number("SavedTurns") ?? 0,
                HitShare = view.Number("HitShare") ?? 0,
                SavedUsd = view.Number("SavedUsd") ?? 0,
                SavedWait = ViewValues.AsDuration(view["SavedWait"]) ?? TimeSpan.Zero,
                MarginalUsd = view.Number("MarginalUsd") ?? 0,
                MarginalTurns = view.Number("MarginalTurns") ?? 0,
                MarginalTokens = view.Number("MarginalTokens") ?? 0,
                MarginalWait = ViewValues.AsDuration(view["MarginalWait"]) ?? TimeSpan.Zero,
                WorthUsdPer30Days = view.Number("WorthUsdPer30Days"),
                IsAssumed = view.Flag("IsAssumed"),
                IntervalLow = view.Number("IntervalLow"),
                IntervalHigh = view.Number("IntervalHigh"),
                FailureShare = view.Number("FailureShare"),
                NeedlessRuns = NeedlessRunsOf(view["NeedlessRuns"]),
            },
            _ => null,
        };

    private static NeedlessRuns? NeedlessRunsOf(object? value) =>
        value switch
        {
            NeedlessRuns runs => runs,
            IObjectView view => new NeedlessRuns(view.Count("Count"), ViewValues.AsDuration(view["ToolTime"]) ?? TimeSpan.Zero),
            _ => null,
        };

    private static PatternSession? ReadSession(object? value) =>
        value switch
        {
            PatternSession session => session,
            IObjectView view when view.Text("SessionId") is { Length: > 0 } id => new PatternSession(
                id,
                view.Count("OccurrenceCount"),
                view.Time("ObservedFrom"),
                view.Time("ObservedTo")
            ),
            string text when Form().Match(text) is { Success: true } match && int.TryParse(match.Groups["count"].Value, out var count) =>
                new PatternSession(
                    match.Groups["id"].Value,
                    count,
                    ViewValues.AsTime(match.Groups["from"].Value),
                    ViewValues.AsTime(match.Groups["to"].Value)
                ),
            _ => null,
        };

    private static SightingCopy Sighting(PatternSession session, int number) =>
        new(
            number,
            session.SessionId,
            session.OccurrenceCount,
            session.ObservedFrom?.UtcTicks ?? 0,
            session.ObservedTo?.UtcTicks ?? 0,
            [],
            []
        );

    [GeneratedRegex(@"\A(?<count>[0-9]+) (?<from>\S+) (?<to>\S+) (?<id>.+)\z", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
