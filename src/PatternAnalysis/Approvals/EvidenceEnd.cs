using System.Globalization;
using PatternAnalysis.Classification;

namespace PatternAnalysis.Approvals;

/// <summary>
/// What becomes of a stored pattern whose evidence left the horizon. Its numbers stay as they were last measured and say until when; an
/// approval that only the policy gave rests on nothing then, and waits for a person. A person's decision stays.
/// </summary>
internal static class EvidenceEnd
{
    private const string Withdrawn = "only a person approves a pattern whose evidence left the horizon";

    /// <summary>What a regular run that does not find a stored pattern changes of it; null when that is nothing.</summary>
    public static PatternChange? Plan(StoredPattern stored, EvidenceHorizon horizon)
    {
        if (stored.Evidence is not { EndedAt: 0 } evidence || !HasEnded(evidence, stored.Sightings.Values, horizon))
            return null;

        // Only a run over later days takes this back: one that measures the old days again learns nothing new.
        var ended = evidence with
        {
            EndedAt = stored.Sightings.Values.Max(sighting => sighting.ObservedTo),
            Horizon = horizon,
        };
        var withdrawn = stored.Row.Status == PatternStatus.AutoApproved;
        var row = stored.Row with
        {
            Status = withdrawn ? PatternStatus.Pending : stored.Row.Status,
            PatternContext =
                Describe(ended)
                + (withdrawn ? $"By policy {PatternStatus.Pending}: {Withdrawn}. Before: " : "")
                + stored.Row.PatternContext,
        };
        return new PatternChange(
            PatternChangeKind.Updated,
            row,
            ended,
            new Dictionary<string, PatternSighting>(),
            withdrawn ? stored.Row.Status : null,
            Flag: null,
            Baseline: null
        );
    }

    /// <summary>Until when there was evidence, in words; nothing while there is.</summary>
    public static string Describe(PatternEvidence evidence) =>
        evidence.EndedAt == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Last evidence until {new DateTime(evidence.EndedAt):yyyy-MM-dd HH:mm} UTC: "
                    + $"no run since found it as a pattern of its own in enough sessions of the horizon. "
            );

    /// <summary>What the policy decides, but for an approval on evidence that has ended.</summary>
    public static PolicyDecision Withhold(PolicyDecision decision, PatternEvidence evidence) =>
        evidence.EndedAt != 0 && decision.Status == PatternStatus.AutoApproved
            ? new PolicyDecision(PatternStatus.Pending, IsDestructive: false, [Withdrawn])
            : decision;

    /// <summary>
    /// Whether fewer sessions of the horizon hold a pattern than a pattern must occur in. A horizon shorter than the one that it was
    /// measured over ends nothing before that one does.
    /// </summary>
    private static bool HasEnded(PatternEvidence evidence, IEnumerable<PatternSighting> sightings, EvidenceHorizon horizon)
    {
        if (!horizon.IsRegular || evidence.Horizon?.Until > horizon.Until)
            return false;

        var since = Math.Min(horizon.Since, horizon.Until - (evidence.Horizon?.Length ?? 0));
        var (all, held) = (0, 0);
        foreach (var sighting in sightings)
        {
            // Nobody can tell when a session without times was.
            if (sighting.ObservedTo == 0)
                return false;
            all++;
            held += sighting.ObservedTo >= since ? 1 : 0;
        }

        return all > 0 && held < Math.Max(1, evidence.MinimumSessions);
    }
}
