namespace PatternAnalysis.Storage.Usage;

/// <summary>The tables of what messages took and what is kept of answers, in SQL that every kind of database reads.</summary>
internal static class UsageSchema
{
    /// <summary>Makes the tables. The message's id comes first in the key: who else holds it is asked at every write.</summary>
    public const string Create = """
        -- What each message of a model took. Times are Unix milliseconds.
        CREATE TABLE IF NOT EXISTS pattern_messages (
            session_id TEXT NOT NULL,
            message_id TEXT NOT NULL,
            agent_id TEXT,
            prompt_id TEXT,
            source_app TEXT,
            model TEXT,
            observed_at BIGINT NOT NULL,
            input_tokens BIGINT NOT NULL,
            output_tokens BIGINT NOT NULL,
            cache_write_tokens BIGINT NOT NULL,
            cache_read_tokens BIGINT NOT NULL,
            call_count INTEGER NOT NULL,
            PRIMARY KEY (message_id, session_id)
        );

        -- Paths and ids of what calls answered, masked: a JSON array of texts.
        CREATE TABLE IF NOT EXISTS pattern_call_results (
            session_id TEXT NOT NULL,
            tool_use_id TEXT NOT NULL,
            observed_at BIGINT NOT NULL,
            tokens TEXT NOT NULL,
            PRIMARY KEY (tool_use_id, session_id, observed_at)
        );
        """;
}
