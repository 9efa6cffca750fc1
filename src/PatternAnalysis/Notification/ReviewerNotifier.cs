namespace PatternAnalysis.Notification;

/// <summary>
/// Tells reviewers of patterns that wait for them: once for each time a pattern comes to wait, at each sink, across failed attempts.
/// </summary>
/// <param name="outbox">What was told.</param>
/// <param name="sinks">Where it is told; one that fails does not keep the others from being told.</param>
public sealed class ReviewerNotifier(INotificationOutbox outbox, IReadOnlyList<INotificationSink> sinks)
{
    // Longer than any sink takes with all its attempts, so that a claim only ends by itself when its sender was killed.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Tells every sink of those of <paramref name="patterns"/> that are pending, that it was not told of, and that hold anything to
    /// automate or to make rarer.
    /// </summary>
    /// <returns>What happened at each sink.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was not delivered is delivered next time.</exception>
    public IReadOnlyList<DeliveryOutcome> Notify(IEnumerable<PatternApproval> patterns, CancellationToken cancellationToken = default)
    {
        var pending = Worthy(patterns);
        return [.. sinks.Select(sink => Notify(sink, pending, cancellationToken))];
    }

    /// <summary>How many of <paramref name="patterns"/> would be told now, at one sink at least.</summary>
    public int CountUntold(IEnumerable<PatternApproval> patterns)
    {
        var pending = Worthy(patterns);
        return pending.Length == 0 ? 0 : pending.Intersect(sinks.SelectMany(sink => outbox.FindUntold(sink.Name))).Count();
    }

    private static string[] Worthy(IEnumerable<PatternApproval> patterns) =>
        [
            .. patterns
                .Where(pattern => PatternStatus.IsWaiting(pattern.Status) && pattern.Kind != WorthKind.None)
                .Select(pattern => pattern.PatternId),
        ];

    private DeliveryOutcome Notify(INotificationSink sink, string[] pending, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var claim = outbox.Claim(sink.Name, pending, s_lease);
        if (claim.Patterns.Count == 0)
            return new DeliveryOutcome(sink.Name, [], null);

        try
        {
            sink.Send(new ReviewNotification(claim.Patterns, claim.NotificationId), cancellationToken);
        }
        catch (PatternAnalysisException error)
        {
            outbox.Release(claim, error.Message);
            return new DeliveryOutcome(sink.Name, claim.Patterns, error);
        }
        catch (Exception error)
        {
            outbox.Release(claim, error.GetType().Name);
            throw;
        }

        outbox.Complete(claim);
        return new DeliveryOutcome(sink.Name, claim.Patterns, null);
    }
}

/// <summary>What happened at a sink.</summary>
/// <param name="Sink">The sink's name.</param>
/// <param name="Patterns">The patterns that it was told of, or was to be told of; none when there was nothing to tell.</param>
/// <param name="Error">Why it could not be told; null when all is well.</param>
public sealed record DeliveryOutcome(string Sink, IReadOnlyList<PatternApproval> Patterns, PatternAnalysisException? Error);
