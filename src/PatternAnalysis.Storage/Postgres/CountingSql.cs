namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// The statements that count patterns. The inner query makes one text of each session, a character a step; what is counted of it is counted a session at a time.
/// Only names that the product knows stand in the texts; values are parameters.
/// </summary>
internal sealed class CountingSql
{
    private readonly HookEventTable _table;
    private readonly string _sessions;

    public CountingSql(HookEventTable table, TimeWindow window)
    {
        _table = table;
        var inWindow = (window.Since is null ? "" : """ AND "timestamp" >= @since""") + (window.Until is null ? "" : """ AND "timestamp" < @until""");
        var order = $"\"timestamp\", {table.InsertionOrder}";

        // The characters before '!' are free for marks. The empty beginning of the name lends the character the column's collation:
        // postgres_fdw hands a node no aggregation of texts that don't come from the node's own columns.
        const string step = "left(tool_name::text, 0) || chr(32 + array_position(@tools, tool_name::text))";
        _sessions = $"""
            SELECT session_id AS session, string_agg({step}, '' ORDER BY {order}) AS steps,
                min("timestamp") AS first_seen, max("timestamp") AS last_seen
            FROM hook_events
            WHERE event_type::text = ANY (@types) AND tool_name::text = ANY (@tools) AND session_id::text <> '' AND isfinite("timestamp"){inWindow}
            GROUP BY session_id
            """;
        Activities = $"""
            SELECT CASE WHEN coalesce(session_id::text, '') = '' THEN 'no_session' WHEN coalesce(tool_name::text, '') = '' THEN 'no_tool'
                    WHEN "timestamp" IS NULL OR NOT isfinite("timestamp") THEN 'unreadable_timestamp' END AS reason, tool_name::text, count(*)
            FROM hook_events
            WHERE event_type::text = ANY (@types) AND ("timestamp" IS NULL OR NOT isfinite("timestamp") OR (true{inWindow}))
            GROUP BY 1, 2
            """;
        Session = $"""
            SELECT string_agg({step}, '' ORDER BY {order}) AS steps, array_agg("timestamp" ORDER BY {order}) AS times
            FROM hook_events
            WHERE event_type::text = ANY (@types) AND tool_name::text = ANY (@tools) AND session_id::text = @sessionId AND isfinite("timestamp"){inWindow}
            """;
    }

    /// <summary>The activities, and what is left out, with their counts.</summary>
    public string Activities { get; }

    /// <summary>How many sessions there are, the first step and the last.</summary>
    public string Sessions => $"SELECT count(*), min(first_seen), max(last_seen) FROM ({_sessions}) s";

    /// <summary>The steps of @sessionId and their times.</summary>
    public string Session { get; }

    /// <summary>The sub-sequences of @from to @to steps. What precedes them is negative at the start of a session.</summary>
    public string CountSequences => $"""
        SELECT part, sum(raw)::bigint, sum(occurrences)::bigint, count(*)::int
        FROM ({_sessions}) s CROSS JOIN LATERAL (
            SELECT part, count(*) AS raw, min(before) AS least, max(before) AS greatest,
                CASE WHEN count(*) = 1 THEN 1 ELSE (length(steps) - length(replace(steps, part, ''))) / length(part) END AS occurrences
            FROM (
                SELECT substr(steps, at, wide) AS part, CASE WHEN at > 1 THEN ascii(substr(steps, at - 1, 1)) ELSE -1 END AS before
                FROM generate_series(1, length(steps) - @from + 1) at CROSS JOIN generate_series(@from, least(@to, length(steps))) wide
                WHERE at + wide - 1 <= length(steps) AND (@prefixes::text[] IS NULL OR substr(steps, at, @from - 1) = ANY (@prefixes))) here
            GROUP BY part) counted
        GROUP BY part
        HAVING count(*) >= @minimumSessions AND (min(least) < 0 OR min(least) <> max(greatest))
        """;

    /// <summary>
    /// The sums of cuts: the parts are counted a session at a time; then each cut meets the sessions that hold its longer part, and of those the counts of its
    /// shorter part and of the pattern itself.
    /// </summary>
    public string SumCuts => $"""
        WITH counts AS MATERIALIZED (
            SELECT session, length(steps) AS steps, part, raw::float8 AS raw,
                CASE WHEN raw = 1 THEN 1 ELSE (length(steps) - length(replace(steps, part, ''))) / length(part) END::float8 AS occurrences
            FROM ({_sessions}) s CROSS JOIN LATERAL (
                SELECT part, count(*) AS raw
                FROM (
                    SELECT substr(steps, at, wide) AS part
                    FROM generate_series(1, length(steps)) at CROSS JOIN unnest(@lengths) wide
                    WHERE at + wide - 1 <= length(steps)) here
                WHERE part = ANY (@parts)
                GROUP BY part) counted)
        SELECT cut::int, sum(mean), sum(least(greatest(mean - mean * mean + both_vary, 0), mean)), sum(t * t), sum(t * mean), sum(mean * mean)
        FROM unnest(@patterns, @longer, @shorter, @inside) WITH ORDINALITY c (pattern, longer, shorter, inside, cut)
            JOIN counts l ON l.part = c.longer
            LEFT JOIN counts r ON r.session = l.session AND r.part = c.shorter
            LEFT JOIN counts w ON w.session = l.session AND w.part = c.pattern
            CROSS JOIN LATERAL (
                SELECT l.raw AS x, greatest(0, coalesce(r.raw, 0) - inside) AS b, (l.steps - length(longer) + 1)::float8 AS g, coalesce(w.occurrences, 0) AS t) n
            CROSS JOIN LATERAL (
                SELECT x * b / g AS mean, CASE WHEN g > 1 THEN x * (x - 1) * b * (b - 1) / (g * (g - 1)) ELSE 0 END AS both_vary) e
        GROUP BY cut
        """;

    /// <summary>The sessions that hold @sequences.</summary>
    public string Sightings => $"""
        SELECT part, session::text, (length(steps) - length(replace(steps, part, ''))) / length(part), first_seen, last_seen
        FROM ({_sessions}) s CROSS JOIN unnest(@sequences) part
        WHERE strpos(steps, part) > 0
        ORDER BY first_seen, session::text COLLATE "C"
        """;

    /// <summary>How many steps @sequences cover, each taking what those before it left; taken steps are marked.</summary>
    public string CountCoveredSteps => $"""
        WITH RECURSIVE taking (steps, parts, next) AS (
            SELECT steps, ARRAY (SELECT part FROM unnest(@sequences) WITH ORDINALITY o (part, rank) WHERE strpos(steps, part) > 0 ORDER BY rank), 1
            FROM ({_sessions}) s
            UNION ALL
            SELECT replace(steps, parts[next], repeat(chr(1), length(parts[next]))), parts, next + 1 FROM taking WHERE next <= cardinality(parts))
        SELECT coalesce(sum(length(steps) - length(replace(steps, chr(1), ''))), 0)::bigint FROM taking WHERE next > cardinality(parts)
        """;

    /// <summary>An instant as the column stores it.</summary>
    public DateTime Instant(long utcTicks) => new(utcTicks, _table.Timestamp == TimestampForm.Zoned ? DateTimeKind.Utc : DateTimeKind.Unspecified);
}
