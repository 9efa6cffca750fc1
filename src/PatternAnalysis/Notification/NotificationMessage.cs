using System.Text;
using PatternAnalysis.Approvals;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Notification;

/// <summary>A notification as text, for a log or a mail.</summary>
public static class NotificationMessage
{
    private const int LongestSequence = 1000;

    /// <summary>The text.</summary>
    public static string Format(ReviewNotification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        var message = new StringBuilder()
            .AppendLine("New Patterns Requiring Review")
            .AppendLine("==============================")
            .AppendLine()
            .AppendLine(notification.Headline)
            .AppendLine();
        foreach (var (pattern, parts) in notification.Top)
        {
            message
                .AppendLine(ShowWorth(pattern, parts))
                .AppendLine($"Pattern: {ShowSequence(pattern, LongestSequence)}")
                .AppendLine($"Id: {SurfaceText.Line(pattern.PatternId)}")
                .AppendLine($"Confidence: {ShowConfidence(pattern)}")
                .AppendLine(Text($"Occurrences: {pattern.OccurrenceCount}"))
                .AppendLine(Text($"Estimated Savings: ${pattern.EstimatedSavings:N2}"))
                .AppendLine("---");
        }

        if (notification.RestCount > 0)
            message.AppendLine(Text($"... and {notification.RestCount} more."));
        return message.AppendLine().Append(string.Join(Environment.NewLine, ReviewNotification.HowToReview)).ToString();
    }

    /// <summary>What a pattern is worth, in a sentence, and how many others are parts of it.</summary>
    public static string ShowWorth(PatternApproval pattern, IReadOnlyList<PatternApproval> parts)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Count == 0
            ? WorthText.Describe(pattern)
            : Text($"{WorthText.Describe(pattern)} {parts.Count:N0} more {(parts.Count == 1 ? "pattern is" : "patterns are")} part of it.");
    }

    /// <summary>A pattern's steps as they may be shown to others: on one line, masked, cut to a length.</summary>
    public static string ShowSequence(PatternApproval pattern, int maximumLength)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return SurfaceText.Masked(pattern.ToolSequence, maximumLength);
    }

    /// <summary>A confidence in percent, rounded down: 99.97 % must not read as certainty.</summary>
    public static string ShowConfidence(PatternApproval pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Text($"{Math.Floor(pattern.ConfidenceScore * 1000) / 10:0.0}%");
    }

    private static string Text(InvariantText text) => text.Take();
}
