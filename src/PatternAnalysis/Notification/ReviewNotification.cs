using PatternAnalysis.Approvals;

namespace PatternAnalysis.Notification;

/// <summary>What reviewers are told: how many patterns wait, the most valuable of them, and how to review them.</summary>
public sealed record ReviewNotification
{
    private const int Shown = 5;

    /// <summary>Makes a notification of patterns in any order.</summary>
    public ReviewNotification(IReadOnlyCollection<PatternApproval> patterns, string notificationId)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        NotificationId = notificationId;
        PatternCount = patterns.Count;
        Top = [.. ApprovalSort.ByWorth(patterns).Take(Shown)];
    }

    /// <summary>The same for every attempt to tell the same.</summary>
    public string NotificationId { get; }

    /// <summary>How many patterns it is about.</summary>
    public int PatternCount { get; }

    /// <summary>The patterns that are worth the most, in this order.</summary>
    public IReadOnlyList<PatternApproval> Top { get; }

    /// <summary>How many patterns are not among <see cref="Top"/>.</summary>
    public int RestCount => PatternCount - Top.Count;

    /// <summary>The number of patterns in a sentence.</summary>
    public string Headline => $"{PatternCount} new {(PatternCount == 1 ? "pattern" : "patterns")} discovered that require manual approval.";

    /// <summary>How to review, a line for each way.</summary>
    public static IReadOnlyList<string> HowToReview { get; } =
    [
        "Review in PowerShell: Get-PatternApproval -Status pending, then Approve-Pattern or Deny-Pattern -Reason ...",
        "Review on the command line: pattern-analysis review --list --status pending --database FILE",
    ];
}
