namespace PatternAnalysis.Notification;

/// <summary>
/// Remembers which sink was told of what. Each time a pattern comes to wait for review is one thing to tell; it is told once to every sink,
/// whatever fails in between.
/// </summary>
public interface INotificationOutbox
{
    /// <summary>
    /// Takes, for one sink, what it was not told of: of the given patterns those that wait for review, and what failed to reach it earlier.
    /// Until the lease ends nobody else
    /// gets the same.
    /// </summary>
    /// <param name="sink">The sink's name.</param>
    /// <param name="patternIds">The patterns that may be told of.</param>
    /// <param name="lease">How long the claim holds when nobody completes or releases it.</param>
    /// <returns>The claim; without a pattern when there is nothing to tell.</returns>
    OutboxClaim Claim(string sink, IReadOnlyCollection<string> patternIds, TimeSpan lease);

    /// <summary>The patterns that wait for review and that a sink was not told of; nothing is claimed.</summary>
    /// <param name="sink">The sink's name.</param>
    IReadOnlyList<string> FindUntold(string sink);

    /// <summary>Notes that all of a claim was delivered.</summary>
    void Complete(OutboxClaim claim);

    /// <summary>Gives a claim back, so that the next attempt takes it up.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="reason">Why it could not be delivered.</param>
    void Release(OutboxClaim claim, string reason);
}

/// <summary>What one sender is about to tell one sink.</summary>
/// <param name="Token">Whose claim it is.</param>
/// <param name="Sink">The sink's name.</param>
/// <param name="Patterns">The patterns as they are stored now.</param>
/// <param name="NotificationId">The same for every attempt to tell the same, so that a receiver can drop what it got before.</param>
public sealed record OutboxClaim(string Token, string Sink, IReadOnlyList<PatternApproval> Patterns, string NotificationId);
