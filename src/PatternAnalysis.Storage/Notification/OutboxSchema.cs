namespace PatternAnalysis.Storage.Notification;

/// <summary>The outbox's tables, in SQL that every kind of database reads.</summary>
internal static class OutboxSchema
{
    /// <summary>Makes the tables, in the place of <c>pattern_notifications</c>.</summary>
    public const string Create = """
        -- One row for each time that a pattern came to wait for review, written with the change itself.
        CREATE TABLE pattern_outbox (
            pattern_id TEXT NOT NULL,
            change INTEGER NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (pattern_id, change)
        );

        -- What each sink was told; the sink '*' stands for all of them.
        CREATE TABLE pattern_outbox_deliveries (
            pattern_id TEXT NOT NULL,
            change INTEGER NOT NULL,
            sink TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            claimed_by TEXT,
            claimed_until TEXT,
            delivered_at TEXT,
            error TEXT,
            PRIMARY KEY (pattern_id, change, sink)
        );

        -- What reviewers were told of before there was an outbox: no sink tells of it again.
        INSERT INTO pattern_outbox (pattern_id, change, created_at)
        SELECT pattern_id, 1, notified_at FROM pattern_notifications;

        INSERT INTO pattern_outbox_deliveries (pattern_id, change, sink, delivered_at)
        SELECT pattern_id, 1, '*', notified_at FROM pattern_notifications;

        DROP TABLE pattern_notifications;
        """;
}
