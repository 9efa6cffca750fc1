using PatternAnalysis.Masking;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Approvals;

/// <summary>Which of a run's patterns get a row.</summary>
/// <param name="Stored">Those that do.</param>
/// <param name="Covered">Those that do not, because a person decided on about the same occurrences under another name.</param>
internal sealed record SaveChoice(IReadOnlyList<ClassifiedPattern> Stored, IReadOnlyList<CoveredPattern> Covered)
{
    // A decision on fewer, or on many more, occurrences was about something else.
    private const double SameOccurrences = 0.5;

    /// <summary>
    /// All get one but the least valuable of those that are too likely a coincidence, and those that a person has decided on under another
    /// name: what was rejected is not proposed in other words. No approval covers what is destructive: under the name that was approved the
    /// worst of it may not have been seen.
    /// </summary>
    /// <param name="patterns">The patterns of a run.</param>
    /// <param name="rows">The stored rows, by their ids.</param>
    /// <param name="evidence">What the rows that a person decided on were last measured by, as far as that is stored.</param>
    /// <param name="coincidenceLimit">At most so many of the coincidences get a row.</param>
    public static SaveChoice Of(
        IReadOnlyList<ClassifiedPattern> patterns,
        IReadOnlyDictionary<string, PatternApproval> rows,
        IReadOnlyDictionary<string, PatternEvidence> evidence,
        int coincidenceLimit
    )
    {
        var coincidences = patterns
            .Where(IsCoincidence)
            .OrderByDescending(pattern => pattern.EstimatedSavings)
            .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency)
            .Take(coincidenceLimit)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        var hasDecisions = rows.Values.Any(row => PatternStatus.IsHuman(row.Status));
        var (stored, covered) = (new List<ClassifiedPattern>(), new List<CoveredPattern>());
        foreach (var pattern in patterns)
        {
            if (rows.ContainsKey(pattern.PatternId))
                stored.Add(pattern);
            else if (IsCoincidence(pattern) && !coincidences.Contains(pattern))
                continue;
            else if (hasDecisions && DecidedAs(pattern, rows, evidence) is { } decided)
                covered.Add(Cover(pattern, decided));
            else
                stored.Add(pattern);
        }

        return new SaveChoice(stored, covered);
    }

    private static PatternApproval? DecidedAs(
        ClassifiedPattern pattern,
        IReadOnlyDictionary<string, PatternApproval> rows,
        IReadOnlyDictionary<string, PatternEvidence> evidence
    ) =>
        OtherNames
            .IdsOf(pattern)
            .Select(rows.GetValueOrDefault)
            .FirstOrDefault(row =>
                row is not null
                && PatternStatus.IsHuman(row.Status)
                && !(pattern.IsDestructive && PatternStatus.IsApproved(row.Status))
                && AreAlike(pattern.OccurrenceCount, evidence.GetValueOrDefault(row.PatternId)?.OccurrenceCount ?? row.OccurrenceCount)
            );

    // Both counts are of one horizon; the row's own count goes back to its first night.
    private static bool AreAlike(long one, long other) => one >= SameOccurrences * other && other >= SameOccurrences * one;

    private static CoveredPattern Cover(ClassifiedPattern pattern, PatternApproval decided) =>
        new()
        {
            PatternId = pattern.PatternId,
            ToolSequence = SecretMasker.Mask(pattern.ToolSequence),
            OccurrenceCount = pattern.OccurrenceCount,
            DecidedId = decided.PatternId,
            DecidedSequence = decided.ToolSequence,
            Decision = decided.Status,
        };

    private static bool IsCoincidence(ClassifiedPattern pattern) => PatternStatus.IsRejected(pattern.Status) && !pattern.IsDestructive;
}
