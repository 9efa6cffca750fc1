using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery.Tests.Support;

internal static class Patterns
{
    public static PatternApproval Pending(string sequence, double impact = 1) =>
        new()
        {
            PatternId = RepeatedPattern.IdOf(sequence),
            Status = PatternStatus.Pending,
            ToolSequence = sequence,
            ConfidenceScore = 0.9997,
            OccurrenceCount = 12,
            EstimatedSavings = (decimal)impact,
        };

    public static ReviewNotification Notification(params string[] sequences) =>
        new([.. sequences.Select((sequence, number) => Pending(sequence, number + 1))], "0123456789abcdef");
}
