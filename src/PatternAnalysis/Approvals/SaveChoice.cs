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
    /// name: what was rejected is not proposed in other words.
    /// </summary>
    public static SaveChoice Of(
        IReadOnlyList<ClassifiedPattern> patterns,
        IReadOnlyDictionary<string, PatternApproval> rows,
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
            else if (hasDecisions && DecidedAs(pattern, rows) is { } decided)
                covered.Add(Cover(pattern, decided));
            else
                stored.Add(pattern);
        }

        return new SaveChoice(stored, covered);
    }

    private static PatternApproval? DecidedAs(ClassifiedPattern pattern, IReadOnlyDictionary<string, PatternApproval> rows) =>
        OtherNames
            .IdsOf(pattern)
            .Select(rows.GetValueOrDefault)
            .FirstOrDefault(row =>
                row is not null
                && PatternStatus.IsHuman(row.Status)
                && pattern.OccurrenceCount >= SameOccurrences * row.OccurrenceCount
                && row.OccurrenceCount >= SameOccurrences * pattern.OccurrenceCount
            );

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
