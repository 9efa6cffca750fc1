namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// The tables of derived steps. <c>pattern_steps</c> holds what each event stands for; a block says which events were derived by which
/// rules: events that no block of the right rules covers are not derived, whatever rows there are of them. Ids of sources, facts and
/// verdicts are hashes of what they stand for, so that several writers and several servers give the same ids without asking each other.
/// </summary>
internal static class StepSchema
{
    public const string Steps = "pattern_steps";
    public const string Sources = "pattern_step_sources";
    public const string Facts = "pattern_step_facts";
    public const string Verdicts = "pattern_step_verdicts";
    public const string Blocks = "pattern_step_blocks";
    public const string State = "pattern_step_state";

    /// <summary>In SQLite, where a step should take few bytes.</summary>
    public const string OnSqlite = """
        CREATE TABLE IF NOT EXISTS pattern_steps (
            event INTEGER PRIMARY KEY, -- the row of hook_events
            type INTEGER NOT NULL, -- of the event, numbered by the product
            at INTEGER, -- UTC, in units of 100 ns since the year 1; NULL when it can't be read
            source INTEGER NOT NULL,
            facts INTEGER, -- NULL when the event names no tool
            verdict INTEGER, -- NULL when nothing speaks against it
            call INTEGER, -- the hash of session and call
            message INTEGER, -- the hash of the model's message
            milliseconds INTEGER,
            error TEXT -- what the error of a call that failed begins with, masked
        );
        CREATE TABLE IF NOT EXISTS pattern_step_sources (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL, -- the hash of session_id
            session_id TEXT NOT NULL,
            source_app TEXT NOT NULL,
            agent_id TEXT NOT NULL,
            prompt_id TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS pattern_step_facts (
            id INTEGER PRIMARY KEY,
            tool TEXT NOT NULL,
            operation TEXT NOT NULL,
            name TEXT NOT NULL,
            hint INTEGER NOT NULL,
            is_known INTEGER NOT NULL,
            exact TEXT,
            exact_key INTEGER, -- the hash of tool and text: equal where the same is done
            form TEXT,
            form_key INTEGER, -- the hash of tool and form, words that may be sub-commands in braces
            parts TEXT, -- of the form, as JSON
            arguments TEXT NOT NULL -- as JSON
        );
        CREATE TABLE IF NOT EXISTS pattern_step_verdicts (
            id INTEGER PRIMARY KEY,
            level INTEGER NOT NULL,
            rule TEXT,
            category TEXT,
            reason TEXT,
            segment TEXT,
            disabled_rule TEXT,
            command TEXT
        );
        CREATE TABLE IF NOT EXISTS pattern_step_blocks (
            first_event INTEGER PRIMARY KEY,
            last_event INTEGER NOT NULL,
            first_mark INTEGER NOT NULL, -- the hash of the first event, and of the last: another one may get their number
            last_mark INTEGER NOT NULL,
            event_count INTEGER NOT NULL, -- of all types
            first_at INTEGER, -- of the steps' times
            last_at INTEGER,
            has_unreadable_times INTEGER NOT NULL,
            rules TEXT NOT NULL,
            derived_at INTEGER NOT NULL -- Unix seconds
        );
        CREATE TABLE IF NOT EXISTS pattern_step_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            is_kept INTEGER NOT NULL,
            removals INTEGER NOT NULL -- how often rows of sources, facts and verdicts were removed
        );
        """;

    /// <summary>
    /// In SQLite since many steps are in one row. Those of before are derived anew: the rows that say what is derived go.
    /// </summary>
    public const string PackedOnSqlite = """
        DROP TABLE IF EXISTS pattern_steps;
        DELETE FROM pattern_step_blocks;
        DELETE FROM pattern_step_sources;
        DELETE FROM pattern_step_facts;
        DELETE FROM pattern_step_verdicts;
        UPDATE pattern_step_state SET removals = removals + 1;
        CREATE TABLE pattern_steps (
            first_event INTEGER PRIMARY KEY, -- the rows of hook_events that the first and the last step are of
            last_event INTEGER NOT NULL,
            step_count INTEGER NOT NULL,
            sources TEXT NOT NULL, -- the ids that the steps name by their places, as JSON
            facts TEXT NOT NULL,
            verdicts TEXT NOT NULL,
            unreadable TEXT NOT NULL, -- the events whose time can't be read, as JSON
            steps BLOB NOT NULL -- for each: type, event, time (UTC, in units of 100 ns), places, milliseconds, hashes, error
        );
        """;

    /// <summary>In PostgreSQL, where steps may be spread over servers by their session.</summary>
    public const string OnPostgres = """
        CREATE TABLE IF NOT EXISTS pattern_steps (
            event BIGINT NOT NULL,
            session BIGINT NOT NULL,
            type SMALLINT NOT NULL,
            at BIGINT,
            source BIGINT NOT NULL,
            facts BIGINT,
            verdict BIGINT,
            call BIGINT,
            message BIGINT,
            milliseconds BIGINT,
            error TEXT,
            PRIMARY KEY (event, session)
        );
        CREATE TABLE IF NOT EXISTS pattern_step_sources (
            id BIGINT NOT NULL,
            session BIGINT NOT NULL,
            session_id TEXT NOT NULL,
            source_app TEXT NOT NULL,
            agent_id TEXT NOT NULL,
            prompt_id TEXT NOT NULL,
            PRIMARY KEY (id, session)
        );
        CREATE TABLE IF NOT EXISTS pattern_step_facts (
            id BIGINT PRIMARY KEY,
            tool TEXT NOT NULL,
            operation TEXT NOT NULL,
            name TEXT NOT NULL,
            hint SMALLINT NOT NULL,
            is_known SMALLINT NOT NULL,
            exact TEXT,
            exact_key BIGINT,
            form TEXT,
            form_key BIGINT,
            parts TEXT,
            arguments TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS pattern_step_verdicts (
            id BIGINT PRIMARY KEY,
            level SMALLINT NOT NULL,
            rule TEXT,
            category TEXT,
            reason TEXT,
            segment TEXT,
            disabled_rule TEXT,
            command TEXT
        );
        CREATE TABLE IF NOT EXISTS pattern_step_blocks (
            first_event BIGINT PRIMARY KEY,
            last_event BIGINT NOT NULL,
            first_mark BIGINT NOT NULL,
            last_mark BIGINT NOT NULL,
            event_count BIGINT NOT NULL,
            first_at BIGINT,
            last_at BIGINT,
            has_unreadable_times SMALLINT NOT NULL,
            rules TEXT NOT NULL,
            derived_at BIGINT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS pattern_step_state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            is_kept SMALLINT NOT NULL,
            removals BIGINT NOT NULL
        );
        """;
}
