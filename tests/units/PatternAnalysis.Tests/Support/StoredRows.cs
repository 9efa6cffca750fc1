using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;

namespace PatternAnalysis.Tests.Support;

/// <summary>Rows and evidence of a pattern, with no more in them than must be.</summary>
internal static class StoredRows
{
    public static PatternEvidence Evidence(int occurrences) =>
        new()
        {
            ConfidenceModel = nameof(ConfidenceModel.SelfSufficiency),
            SessionCount = 1,
            OccurrenceCount = occurrences,
            TotalSessions = 1,
            ExpectedCount = 1,
            PValue = 1,
            QValue = 1,
            FamilySize = 1,
            MinimumSessions = 2,
            MinimumLift = 1,
            ObservedFrom = 0,
            ObservedTo = 0,
        };

    public static PatternApproval Row(string id) =>
        new()
        {
            PatternId = id,
            Status = PatternStatus.Pending,
            ToolSequence = "a→b",
        };
}
