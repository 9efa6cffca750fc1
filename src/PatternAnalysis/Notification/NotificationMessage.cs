using System.Globalization;
using System.Text;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Notification;

/// <summary>What reviewers are told of new patterns that wait for them.</summary>
public static class NotificationMessage
{
    private const int Shown = 5;

    /// <summary>The message: how many there are, the five with the highest impact, and how to review them.</summary>
    public static string Format(IReadOnlyCollection<PatternApproval> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var message = new StringBuilder()
            .AppendLine("New Patterns Requiring Review")
            .AppendLine("==============================")
            .AppendLine()
            .AppendLine(Text($"{patterns.Count} new {(patterns.Count == 1 ? "pattern" : "patterns")} discovered that require manual approval."))
            .AppendLine();
        foreach (var pattern in patterns.OrderByDescending(pattern => pattern.Impact).ThenBy(pattern => pattern.ToolSequence, StringComparer.Ordinal).Take(Shown))
        {
            message
                // Masked when it was saved; but another program may have written the row.
                .AppendLine($"Pattern: {SecretMasker.Mask(pattern.ToolSequence)}")
                .AppendLine($"Id: {pattern.PatternId}")
                .AppendLine(Text($"Confidence: {Math.Floor(pattern.ConfidenceScore * 1000) / 10:0.0}%"))
                .AppendLine(Text($"Occurrences: {pattern.OccurrenceCount}"))
                .AppendLine(Text($"Estimated Savings: ${pattern.EstimatedSavings:N2}"))
                .AppendLine("---");
        }

        if (patterns.Count > Shown)
            message.AppendLine(Text($"... and {patterns.Count - Shown} more."));
        return message
            .AppendLine()
            .AppendLine("Review in PowerShell: Get-PatternApproval -Status pending, then Approve-Pattern or Deny-Pattern -Reason ...")
            .Append("Review on the command line: pattern-analysis review --list --status pending --database FILE")
            .ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
