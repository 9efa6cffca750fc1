using PatternAnalysis.Approvals;

namespace PatternAnalysis.Notification;

/// <summary>Tells reviewers of patterns that wait for them, once for each pattern.</summary>
public sealed class ReviewerNotifier(IPatternApprovalStore store, INotificationSink sink)
{
    /// <summary>Sends one message about those of <paramref name="patterns"/> that are pending and that nobody was told of.</summary>
    /// <returns>The patterns that the message is about; none when there was nothing to tell, and then nothing is sent.</returns>
    public IReadOnlyList<PatternApproval> Notify(IEnumerable<PatternApproval> patterns)
    {
        var pending = patterns.Where(pattern => pattern.Status == PatternStatus.Pending).ToArray();
        var unnotified = store.WhichUnnotified([.. pending.Select(pattern => pattern.PatternId)]).ToHashSet();
        PatternApproval[] told = [.. pending.Where(pattern => unnotified.Contains(pattern.PatternId))];
        if (told.Length == 0)
            return told;

        // Marked after sending: a message twice is a smaller harm than none.
        sink.Send(NotificationMessage.Format(told));
        store.MarkNotified([.. told.Select(pattern => pattern.PatternId)]);
        return told;
    }
}
