namespace PatternAnalysis.Storage.Sqlite;

/// <summary>The tables that the product writes. The first two are those of the original's schema; the others are its own.</summary>
internal static class SqliteSchema
{
    /// <summary>What each version adds to the one before.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        """
            CREATE TABLE IF NOT EXISTS pattern_approvals (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                pattern_id TEXT NOT NULL UNIQUE,
                status TEXT NOT NULL DEFAULT 'pending'
                    CHECK (status IN ('pending', 'approved', 'rejected', 'auto-approved', 'auto-rejected')),
                reviewed_by TEXT,
                reviewed_at TEXT,
                approval_notes TEXT,
                confidence_score REAL NOT NULL,
                occurrence_count INTEGER NOT NULL,
                estimated_savings_usd REAL NOT NULL,
                tool_sequence TEXT NOT NULL,
                pattern_context TEXT,
                example_sessions TEXT,
                created_at TEXT DEFAULT CURRENT_TIMESTAMP,
                updated_at TEXT DEFAULT CURRENT_TIMESTAMP
            );
            CREATE INDEX IF NOT EXISTS idx_pattern_approvals_status ON pattern_approvals (status);

            CREATE TABLE IF NOT EXISTS pattern_review_history (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                pattern_id TEXT NOT NULL REFERENCES pattern_approvals (pattern_id) ON DELETE CASCADE,
                action TEXT NOT NULL CHECK (action IN ('approved', 'rejected', 'flagged', 'commented')),
                reviewer TEXT,
                notes TEXT,
                created_at TEXT DEFAULT CURRENT_TIMESTAMP
            );
            CREATE INDEX IF NOT EXISTS idx_pattern_review_history_pattern_id ON pattern_review_history (pattern_id);

            -- How often each session holds a pattern, and which part of the session was looked at (Unix milliseconds).
            CREATE TABLE IF NOT EXISTS pattern_sightings (
                pattern_id TEXT NOT NULL,
                session_id TEXT NOT NULL,
                occurrence_count INTEGER NOT NULL,
                observed_from INTEGER,
                observed_to INTEGER,
                PRIMARY KEY (pattern_id, session_id)
            ) WITHOUT ROWID;

            -- The statistics that a pattern's confidence comes from.
            CREATE TABLE IF NOT EXISTS pattern_evidence (
                pattern_id TEXT PRIMARY KEY,
                confidence_model TEXT NOT NULL,
                session_count INTEGER NOT NULL,
                occurrence_count INTEGER NOT NULL,
                total_sessions INTEGER NOT NULL,
                expected_count REAL NOT NULL,
                p_value REAL NOT NULL,
                q_value REAL NOT NULL,
                dispersion REAL,
                family_size INTEGER NOT NULL,
                minimum_sessions INTEGER NOT NULL,
                minimum_lift REAL NOT NULL,
                observed_from INTEGER,
                observed_to INTEGER
            );

            -- One row for each run that was saved, so that "no patterns" and "did not run" are different.
            CREATE TABLE IF NOT EXISTS pattern_runs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                started_at TEXT NOT NULL,
                finished_at TEXT NOT NULL,
                window_since TEXT,
                window_until TEXT,
                outcome TEXT NOT NULL CHECK (outcome IN ('completed', 'failed')),
                error TEXT,
                sessions INTEGER NOT NULL DEFAULT 0,
                events INTEGER NOT NULL DEFAULT 0,
                excluded TEXT,
                patterns_found INTEGER NOT NULL DEFAULT 0,
                patterns_not_stored INTEGER NOT NULL DEFAULT 0,
                new_patterns INTEGER NOT NULL DEFAULT 0,
                updated_patterns INTEGER NOT NULL DEFAULT 0,
                unchanged_patterns INTEGER NOT NULL DEFAULT 0,
                auto_approved INTEGER NOT NULL DEFAULT 0,
                pending INTEGER NOT NULL DEFAULT 0,
                auto_rejected INTEGER NOT NULL DEFAULT 0,
                total_savings_usd REAL NOT NULL DEFAULT 0
            );

            CREATE TABLE IF NOT EXISTS pattern_notifications (
                pattern_id TEXT PRIMARY KEY,
                notified_at TEXT NOT NULL
            );
            """,
        """
            -- How dangerous the worst occurrence of any run is, by which rule and command; it outlasts the run that saw it.
            ALTER TABLE pattern_evidence ADD COLUMN danger_level TEXT;
            ALTER TABLE pattern_evidence ADD COLUMN danger_rule TEXT;
            ALTER TABLE pattern_evidence ADD COLUMN danger_category TEXT;
            ALTER TABLE pattern_evidence ADD COLUMN danger_reason TEXT;
            ALTER TABLE pattern_evidence ADD COLUMN danger_segment TEXT;
            """,
        Approvals.BaselineTable.Create,
        Notification.OutboxSchema.Create,
        """
            -- The time whose sessions a pattern's numbers come from (Unix milliseconds), and that of each run.
            ALTER TABLE pattern_evidence ADD COLUMN horizon_from INTEGER;
            ALTER TABLE pattern_evidence ADD COLUMN horizon_to INTEGER;
            ALTER TABLE pattern_evidence ADD COLUMN horizon_is_regular INTEGER;
            ALTER TABLE pattern_runs ADD COLUMN evidence_since TEXT;
            ALTER TABLE pattern_runs ADD COLUMN evidence_until TEXT;
            """,
        Usage.UsageSchema.Create,
        Approvals.RunTable.AddOptions,
        Import.SqlImportMemory.Create,
        Approvals.RunTable.AddKind,
        Approvals.WorthTable.Create,
        """
            -- How many of the counted occurrences are safe, unknown and destructive, and the worst ones (JSON): session, time, command.
            ALTER TABLE pattern_evidence ADD COLUMN safe_occurrences INTEGER;
            ALTER TABLE pattern_evidence ADD COLUMN unknown_occurrences INTEGER;
            ALTER TABLE pattern_evidence ADD COLUMN destructive_occurrences INTEGER;
            ALTER TABLE pattern_evidence ADD COLUMN worst_occurrences TEXT;
            """,
        Approvals.BaselineTable.AddDecidedWith,
        Approvals.EffectTable.Create,
        Approvals.CoveredTable.Create,
        Approvals.WorthTable.AddInterval,
        Approvals.RunTable.AddClasses,
        Approvals.EvidenceTable.AddEnd,
        Steps.StepSchema.OnSqlite,
        Steps.StepSchema.PackedOnSqlite,
    ];
}
