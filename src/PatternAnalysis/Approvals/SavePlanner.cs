using System.Globalization;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Approvals;

/// <summary>
/// Decides what a run changes in the stored patterns: counts come from sightings, so that a second look at the same events changes nothing;
/// an automatic state is decided anew from the evidence of the horizon; a human decision stays.
/// </summary>
internal static class SavePlanner
{
    /// <summary>What one pattern of a run changes.</summary>
    public static PatternChange Plan(ClassifiedPattern pattern, StoredPattern? stored, EvidenceHorizon horizon)
    {
        var changes = SightingMerge.Changes(pattern, stored?.Sightings ?? new Dictionary<string, PatternSighting>());
        var sightings = changes;
        if (stored?.Sightings.Count > 0)
        {
            sightings = new Dictionary<string, PatternSighting>(stored.Sightings);
            foreach (var (session, sighting) in changes)
                sightings[session] = sighting;
        }

        var evidence = EvidenceOf(pattern) with { Horizon = horizon };
        var confidence = pattern.ConfidenceScore;
        var worth = StoredWorth.Newest(stored?.Row.Worth, StoredWorth.Of(pattern));
        if (stored?.Evidence is { } before && (!evidence.Supersedes(before) || evidence.SaysSameAs(before)))
        {
            // The evidence is the same, but the rank may be another, because other patterns changed.
            worth = evidence.Supersedes(before) ? worth : stored.Row.Worth;
            evidence = before;
            // A column of single precision gives back less than the run knows.
            if ((float)confidence != (float)stored.Row.ConfidenceScore)
                confidence = stored.Row.ConfidenceScore;
        }

        // Which rule is disabled is not stored; that one is stands in the reason.
        evidence = evidence with
        {
            Danger = WorstDanger(pattern, stored) with { DisabledRuleId = null },
        };
        evidence = evidence with { WorstOccurrences = WorstOccurrences(pattern, stored?.Evidence, evidence.Danger) };

        // What is shown counts all that was ever seen. The state follows from the horizon: its count, and the confidence in that count.
        var occurrences = sightings.Values.Sum(sighting => sighting.OccurrenceCount);
        var savings = pattern.SavingsOf(occurrences);
        var decision = EvidenceEnd.Withhold(
            new PatternClassifier(pattern.Policy).Decide(
                evidence.Danger,
                confidence,
                evidence.OccurrenceCount,
                pattern.SavingsOf(evidence.OccurrenceCount),
                pattern.Without,
                worth?.Kind ?? WorthKind.NotAssessed,
                worth?.WorthUsdPer30Days
            ),
            evidence
        );
        var isDecided = stored is not null && PatternStatus.IsHuman(stored.Row.Status);
        var status = isDecided ? stored!.Row.Status : decision.Status;
        var now = isDecided ? new ReviewBaseline(decision.Status, evidence.Danger.Level, occurrences) : null;
        var flag = now is not null && stored!.Baseline is { } then ? MaterialChange.Describe(then, now, evidence.Danger) : null;
        var baseline = flag is not null || stored?.Baseline is null ? now : null;
        var row = (
            stored?.Row
            ?? new PatternApproval
            {
                PatternId = pattern.PatternId,
                Status = status,
                ToolSequence = pattern.ToolSequence,
            }
        ) with
        {
            Status = status,
            ConfidenceScore = confidence,
            OccurrenceCount = occurrences,
            EstimatedSavings = savings,
            PatternContext = Describe(occurrences, sightings.Count, evidence, confidence, decision),
            ExampleSessions = ExampleSessions.Of(sightings.Select(sighting => (sighting.Key, sighting.Value.OccurrenceCount))),
            Worth = worth,
        };
        var kind =
            stored is null ? PatternChangeKind.New
            : changes.Count > 0 || evidence != stored.Evidence || baseline is not null || !SameRow(row, stored.Row)
                ? PatternChangeKind.Updated
            : PatternChangeKind.Unchanged;
        return new PatternChange(
            kind,
            row,
            evidence,
            changes,
            stored is null || stored.Row.Status == status ? null : stored.Row.Status,
            flag,
            baseline
        )
        {
            Worth = worth is not null && worth != stored?.Row.Worth ? pattern.Worth : null,
        };
    }

    /// <summary>
    /// The worst occurrence of any run decides: a later run that does not hold it does not undo it. It is forgotten when its rule is no
    /// longer in force, and what nobody knew also when a run judges all that was seen of the pattern anew.
    /// </summary>
    private static DangerVerdict WorstDanger(ClassifiedPattern pattern, StoredPattern? stored)
    {
        if (stored?.Evidence?.Danger is not { } before || !pattern.Run.IsInForce(before))
            return pattern.Danger;
        return before.Level == DangerLevel.Unknown && SightingMerge.CoversAll(pattern, stored.Sightings)
            ? pattern.Danger
            : DangerVerdict.Worst(before, pattern.Danger);
    }

    /// <summary>Those of this run and of earlier ones that are as bad as the worst.</summary>
    private static DangerousOccurrence[] WorstOccurrences(ClassifiedPattern pattern, PatternEvidence? before, DangerVerdict worst)
    {
        DangerousOccurrence[] known =
        [
            .. (before?.WorstOccurrences ?? [])
                .Concat(pattern.WorstOccurrences)
                .Where(occurrence => occurrence.Level == worst.Level && worst.Level > DangerLevel.Safe)
                .Distinct()
                .OrderBy(occurrence => occurrence.At)
                .Take(OccurrenceDanger.WorstShown),
        ];
        return before is not null && known.SequenceEqual(before.WorstOccurrences) ? before.WorstOccurrences : known;
    }

    private static PatternEvidence EvidenceOf(ClassifiedPattern pattern)
    {
        var (from, to) = pattern.Run.ObservedTicks;
        return new PatternEvidence
        {
            ConfidenceModel = pattern.ConfidenceModel.ToString(),
            SessionCount = pattern.SessionCount,
            OccurrenceCount = pattern.OccurrenceCount,
            TotalSessions = pattern.TotalSessionCount,
            ExpectedCount = pattern.ExpectedCount,
            PValue = pattern.PValue,
            QValue = pattern.QValue,
            Dispersion = pattern.Dispersion,
            FamilySize = pattern.FamilySize,
            MinimumSessions = pattern.Run.Options.MinimumSessions,
            MinimumLift = pattern.Options.MinimumLift,
            Levels = pattern.Levels,
            ObservedFrom = from,
            ObservedTo = to,
        };
    }

    private static string Describe(long occurrences, int sessions, PatternEvidence evidence, double confidence, PolicyDecision decision) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{EvidenceEnd.Describe(evidence)}Seen {occurrences:N0} times in {sessions:N0} sessions. "
                + $"Confidence {confidence:0.######} ({evidence.ConfidenceModel}): {evidence.OccurrenceCount:N0} "
                + $"occurrences in {evidence.SessionCount:N0} of {evidence.TotalSessions:N0} sessions, "
                + $"{evidence.ExpectedCount:0.##} expected by chance, p {evidence.PValue:0.##e+0}, "
                + $"q {evidence.QValue:0.##e+0}, {evidence.FamilySize:N0} patterns tested. "
                + $"By policy {decision.Status}: {string.Join("; ", decision.Reasons)}."
        );

    // The original's PostgreSQL schema keeps these numbers in single precision: what comes back differs from what was written, but not in
    // that precision.
    private static bool SameRow(PatternApproval a, PatternApproval b) =>
        (a.Status, (float)a.ConfidenceScore, a.OccurrenceCount, (float)a.EstimatedSavings, a.PatternContext)
            == (b.Status, (float)b.ConfidenceScore, b.OccurrenceCount, (float)b.EstimatedSavings, b.PatternContext)
        && a.ExampleSessions.SequenceEqual(b.ExampleSessions);
}
