namespace PatternAnalysis.Notification;

/// <summary>Where notifications go.</summary>
public interface INotificationSink
{
    /// <summary>
    /// The name that the outbox knows it by. It does not change with the address: who moves a webhook is not told everything again.
    /// </summary>
    string Name { get; }

    /// <summary>Delivers a notification.</summary>
    /// <exception cref="PatternAnalysisException">It could not be delivered; the message holds no secret.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Send(ReviewNotification notification, CancellationToken cancellationToken);
}
