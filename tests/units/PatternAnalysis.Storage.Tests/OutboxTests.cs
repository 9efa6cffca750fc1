using System.Data.Common;
using PatternAnalysis.Approvals;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Notification;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

public abstract class OutboxTests : IDisposable
{
    private readonly EventDatabase _events;
    private readonly ListSink _log = new("Log");
    private readonly ListSink _webhook = new("Webhook");

    protected OutboxTests(EventDatabase events)
    {
        _events = events;
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
    }

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Each_sink_is_told_once()
    {
        Assert.All(Notify(_log, _webhook), outcome => Assert.Equal(2, outcome.Patterns.Count));
        Assert.All(Notify(_log, _webhook), outcome => Assert.Empty(outcome.Patterns));

        Assert.Single(_log.Notifications);
        Assert.Single(_webhook.Notifications);
    }

    [StoreFact]
    public void What_failed_is_told_next_time_and_only_where_it_failed()
    {
        _webhook.Failure = new PatternAnalysisException(ErrorCatalogue.NotificationFailed, "down");
        Assert.Equal("down", Notify(_log, _webhook)[1].Error!.Message);

        // The next run need not even hold the patterns: what failed is taken up by itself.
        _webhook.Failure = null;
        var outcomes = new ReviewerNotifier(_events.Database.Outbox, [_log, _webhook]).Notify([]);
        Assert.Equal((0, 2), (outcomes[0].Patterns.Count, outcomes[1].Patterns.Count));
        Assert.Equal(
            2,
            _events.Scalar<long>("SELECT max(attempts) FROM pattern_outbox_deliveries WHERE sink = 'Webhook' AND delivered_at IS NOT NULL")
        );
    }

    [StoreFact]
    public void A_failure_that_nobody_foresaw_gives_the_claim_back()
    {
        _log.Failure = new InvalidOperationException("a bug");
        Assert.Throws<InvalidOperationException>(() => Notify(_log));

        _log.Failure = null;
        Assert.Equal(2, Notify(_log)[0].Patterns.Count);
    }

    [StoreFact]
    public void Two_senders_at_once_do_not_tell_the_same()
    {
        Parallel.For(0, 8, _ => Notify(_log));

        Assert.Equal(2, _log.Notifications.Sum(notification => notification.PatternCount));
    }

    [StoreFact]
    public void A_claim_holds_until_its_lease_ends()
    {
        var clock = new ManualClock();
        var outbox = new SqlNotificationOutbox(_events.Database.Sql, clock);
        var ids = Pending().Select(pattern => pattern.PatternId).ToArray();
        var killed = outbox.Claim("Log", ids, TimeSpan.FromMinutes(10));
        clock.Now += TimeSpan.FromMinutes(9);
        Assert.Empty(outbox.Claim("Log", ids, TimeSpan.FromMinutes(10)).Patterns);
        Assert.Equal(2, outbox.Claim("Mail", ids, TimeSpan.FromMinutes(10)).Patterns.Count);

        clock.Now += TimeSpan.FromMinutes(2);
        var second = outbox.Claim("Log", ids, TimeSpan.FromMinutes(10));
        Assert.Equal(2, second.Patterns.Count);
        Assert.Equal(killed.NotificationId, second.NotificationId);

        // The first sender lives after all; what it completes is no longer its own.
        outbox.Complete(killed);
        Assert.Equal(0, _events.Scalar<long>("SELECT count(*) FROM pattern_outbox_deliveries WHERE delivered_at IS NOT NULL"));
        outbox.Complete(second);
        Assert.Equal(2, _events.Scalar<long>("SELECT count(*) FROM pattern_outbox_deliveries WHERE delivered_at IS NOT NULL"));
    }

    [StoreFact]
    public void A_pattern_that_comes_to_wait_again_is_told_again()
    {
        Notify(_log);
        var strict = EventDatabase.LastDay() with { Policy = new() { RejectConfidence = 0.9999999 } };
        _events.Analyze(strict);
        Assert.Empty(Notify(_log)[0].Patterns);
        _events.Analyze();

        Assert.Equal(2, Notify(_log)[0].Patterns.Count);
        Assert.Empty(Notify(_log)[0].Patterns);
    }

    [StoreFact]
    public void A_pattern_that_was_decided_meanwhile_is_not_told()
    {
        _log.Failure = new PatternAnalysisException(ErrorCatalogue.NotificationFailed, "down");
        Notify(_log);
        _log.Failure = null;
        _events.Database.Approvals.Decide(new ReviewDecision(Pending()[0].PatternId, PatternStatus.Rejected, "ada", "no"));

        Assert.Single(Notify(_log)[0].Patterns);
        _events.Analyze();
        Assert.Empty(Notify(_log)[0].Patterns);
    }

    [StoreFact]
    public void Only_patterns_that_were_asked_for_are_told()
    {
        var one = Pending()[0];
        Assert.Equal(one.PatternId, new ReviewerNotifier(_events.Database.Outbox, [_log]).Notify([one])[0].Patterns.Single().PatternId);
        Assert.Single(Notify(_log)[0].Patterns);
    }

    [StoreFact]
    public void A_database_of_before_the_outbox_does_not_tell_again()
    {
        // What came after the outbox goes with it.
        string[] later =
        [
            "pattern_evidence DROP COLUMN horizon_from",
            "pattern_evidence DROP COLUMN horizon_to",
            "pattern_evidence DROP COLUMN horizon_is_regular",
            "pattern_evidence DROP COLUMN run_id",
            "pattern_runs DROP COLUMN evidence_since",
            "pattern_runs DROP COLUMN evidence_until",
            "pattern_runs DROP COLUMN options",
            "pattern_baselines DROP COLUMN decided_with",
        ];
        foreach (var change in later)
            _events.Execute($"ALTER TABLE {change}");
        _events.Execute(
            """
            DROP TABLE pattern_outbox; DROP TABLE pattern_outbox_deliveries;
            DROP TABLE pattern_evidence; DROP TABLE pattern_runs; DROP TABLE pattern_worth; DROP TABLE pattern_schema;
            CREATE TABLE pattern_notifications (pattern_id TEXT PRIMARY KEY, notified_at TIMESTAMP NOT NULL)
            """
        );
        _events.Execute("INSERT INTO pattern_notifications VALUES (@id, '2026-01-01 00:00:00')", new { id = Pending()[0].PatternId });

        Assert.All(Notify(_log, _webhook), outcome => Assert.Equal(Pending()[1].PatternId, outcome.Patterns.Single().PatternId));
        Assert.ThrowsAny<DbException>(() => _events.Scalar<long>("SELECT count(*) FROM pattern_notifications"));
        Assert.All(Notify(_log, _webhook), outcome => Assert.Empty(outcome.Patterns));
    }

    [StoreFact]
    public void A_pattern_that_another_program_stored_is_told()
    {
        _events.Execute(
            "INSERT INTO pattern_approvals (pattern_id, status, tool_sequence, confidence_score, "
                + "occurrence_count, estimated_savings_usd) VALUES ('abc', 'pending', 'x→y', 0.9, 3, 1)"
        );

        Assert.Equal(3, Notify(_log)[0].Patterns.Count);
        Assert.Empty(Notify(_log)[0].Patterns);
    }

    private IReadOnlyList<PatternApproval> Pending() =>
        _events.Database.Approvals.Find(new ApprovalQuery { Status = [PatternStatus.Pending] });

    private IReadOnlyList<DeliveryOutcome> Notify(params INotificationSink[] sinks) =>
        new ReviewerNotifier(_events.Database.Outbox, sinks).Notify(Pending());

    private sealed class ListSink(string name) : INotificationSink
    {
        private readonly List<ReviewNotification> _notifications = [];

        public string Name => name;

        public Exception? Failure { get; set; }

        public IReadOnlyList<ReviewNotification> Notifications => _notifications;

        public void Send(ReviewNotification notification, CancellationToken cancellationToken)
        {
            if (Failure is not null)
                throw Failure;
            lock (_notifications)
                _notifications.Add(notification);
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteOutboxTests() : OutboxTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOutboxTests() : OutboxTests(new PostgresEvents());
