using PatternAnalysis.Notification;

namespace PatternAnalysis.Tests.Notification;

public class NotificationMessageTests
{
    [Fact]
    public void The_message_shows_the_five_with_the_highest_impact_and_how_to_review()
    {
        var patterns = Enumerable
            .Range(1, 7)
            .Select(number => new PatternApproval
            {
                PatternId = $"{number:x16}",
                Status = PatternStatus.Pending,
                ToolSequence = $"Read→Tool{number}",
                ConfidenceScore = 0.98999,
                OccurrenceCount = 10 * number,
                EstimatedSavings = 1234.5m,
            })
            .ToArray();

        var message = NotificationMessage.Format(new ReviewNotification(patterns, "id"));

        Assert.StartsWith("New Patterns Requiring Review", message, StringComparison.Ordinal);
        Assert.Contains("7 new patterns discovered that require manual approval.", message, StringComparison.Ordinal);
        Assert.Equal(
            [7, 6, 5, 4, 3],
            System.Text.RegularExpressions.Regex.Matches(message, @"Tool(\d)").Select(match => int.Parse(match.Groups[1].Value))
        );
        Assert.Contains("Confidence: 98.9%", message, StringComparison.Ordinal);
        Assert.Contains("Estimated Savings: $1,234.50", message, StringComparison.Ordinal);
        Assert.Contains("... and 2 more.", message, StringComparison.Ordinal);
        Assert.Contains("pattern-analysis review --list", message, StringComparison.Ordinal);
    }
}
