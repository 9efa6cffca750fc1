using PatternAnalysis.Workflows;

namespace PatternAnalysis.Tests.Support;

/// <summary>Drafts of what was recorded.</summary>
internal static class Drafts
{
    public static PatternApproval Approved(string sequence, params string[] examples) =>
        new()
        {
            PatternId = RepeatedPattern.IdOf(sequence),
            Status = PatternStatus.Approved,
            ToolSequence = sequence,
            ConfidenceScore = 0.9997,
            OccurrenceCount = 12,
            EstimatedSavings = 50,
            ExampleSessions = examples.Length > 0 ? examples : ["s"],
        };

    public static WorkflowDraft Of(RecordedCalls calls, string sequence, params string[] examples) =>
        new WorkflowDrafter(calls).Draft(Approved(sequence, examples));
}
