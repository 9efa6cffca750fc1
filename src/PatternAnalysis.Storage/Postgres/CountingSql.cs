namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// The statements that count patterns. The inner query makes one text of each session, a character a step; what is counted of it is counted
/// a session at a time.
/// Only names that the product knows stand in the texts; values are parameters.
/// </summary>
/// <param name="table">The events.</param>
/// <param name="window">Which of them.</param>
/// <param name="inBytes">Whether every character of a step is a byte. To find the n-th character of a text the server walks through it;
/// bytes it addresses.</param>
internal sealed class CountingSql(HookEventTable table, TimeWindow window, bool inBytes)
{
    // The empty beginning of the name lends the character the column's collation: postgres_fdw hands a node no aggregation of texts
    // that don't come from the node's own columns.
    private const string Step = "left(tool_name::text, 0) || chr(32 + array_position(@tools, tool_name::text))";

    // Always so. The server takes a series for a thousand rows, and a thousand for each of those; with this it takes them for as few as a
    // session has,
    // and plans in memory what it would plan on disk.
    private const string FewPlaces = "at BETWEEN 1 AND 2147483646";

    // The parts that are the shorter of a cut have the first numbers; there are few, and what is looked up in millions of rows should be
    // small.
    private const string ShorterCounts = "(SELECT session, part, raw FROM counts WHERE part <= @shorterParts)";

    private readonly string _text = inBytes ? "convert_from(part, 'UTF8')" : "part";
    private readonly string _before = inBytes ? "get_byte(units, at - 2)" : "ascii(substr(units, at - 1, 1))";
    private readonly string _inWindow =
        (window.Since is null ? "" : """ AND "timestamp" >= @since""") + (window.Until is null ? "" : """ AND "timestamp" < @until""");

    /// <summary>Whether every character of a step is a byte.</summary>
    public bool InBytes => inBytes;

    /// <summary>The activities, and what is left out, with their counts.</summary>
    public string Activities =>
        $"""
            SELECT CASE WHEN coalesce(session_id::text, '') = '' THEN 'no_session' WHEN coalesce(tool_name::text, '') = '' THEN 'no_tool'
                    WHEN "timestamp" IS NULL OR NOT isfinite("timestamp") THEN 'unreadable_timestamp' END AS reason, tool_name::text,
                        count(*)
            FROM hook_events
            WHERE event_type::text = ANY (@types) AND ("timestamp" IS NULL OR NOT isfinite("timestamp") OR (true{_inWindow}))
            GROUP BY 1, 2
            """;

    /// <summary>How many sessions there are, the first step and the last.</summary>
    public string Sessions => $"SELECT count(*), min(first_seen), max(last_seen) FROM ({SessionTexts}) s";

    /// <summary>The texts of the sessions of at most @longest steps, each with how many sessions are just that.</summary>
    public string ShortSessions => $"SELECT steps, count(*) FROM ({SessionTexts}) s WHERE length(steps) <= @longest GROUP BY steps";

    /// <summary>The steps of @sessionId and their times.</summary>
    public string Session =>
        $"""
            SELECT string_agg({Step}, '' ORDER BY {Order}) AS steps, array_agg("timestamp" ORDER BY {Order}) AS times
            FROM hook_events
            WHERE event_type::text = ANY (@types) AND tool_name::text = ANY (@tools) AND session_id::text = @sessionId
                AND isfinite("timestamp"){_inWindow}
            """;

    /// <summary>The sub-sequences of @from to @to steps. What precedes them is negative at the start of a session.</summary>
    public string CountSequences =>
        $"""
            SELECT {_text}, sum(raw)::bigint, sum(occurrences)::bigint, count(*)::int, sum(occurrences::float8 * occurrences)
            FROM ({SessionTexts}) s CROSS JOIN LATERAL (
                SELECT part, count(*) AS raw, min(before) AS least, max(before) AS greatest,
                    CASE WHEN count(*) = 1 THEN 1 ELSE {OccurrencesOf(_text)} END AS occurrences
                FROM (
                    SELECT substr(units, at, wide) AS part, CASE WHEN at > 1 THEN {_before} ELSE -1 END AS before
                    FROM (
                        SELECT at, generate_series(@from, least(@to, length(units) - at + 1)) AS wide
                        FROM (SELECT generate_series(1, length(units) - @from + 1) AS at) starts
                        WHERE {FewPlaces} AND (@anywhere OR substr(units, at, @from - 1) = ANY (@prefixes))) places) here
                GROUP BY part) counted
            GROUP BY part
            HAVING count(*) >= @minimumSessions AND (min(least) < 0 OR min(least) <> max(greatest))
            """;

    /// <summary>What each cut expects: the sum over the sessions that hold its longer part.</summary>
    public string SumExpected =>
        $"""
            WITH counts AS MATERIALIZED ({PartCounts(withOccurrences: false)})
            SELECT cut::int, sum(l.raw / l.places * greatest(0, r.raw - inside))
            FROM unnest(@longer, @shorter, @inside) WITH ORDINALITY c (longer, shorter, inside, cut)
                JOIN counts l ON l.part = longer
                JOIN {ShorterCounts} r ON r.part = shorter AND r.session = l.session
            GROUP BY cut
            """;

    /// <summary>The further sums of cuts. Where the shorter part is missing all of them are 0.</summary>
    public string SumCuts =>
        $"""
            WITH counts AS MATERIALIZED ({PartCounts(withOccurrences: true)})
            SELECT cut::int, sum(least(greatest(mean - mean * mean + both_vary, 0), mean)), sum(coalesce(w.occurrences, 0) * mean),
                sum(mean * mean)
            FROM unnest(@patterns, @longer, @shorter, @inside) WITH ORDINALITY c (pattern, longer, shorter, inside, cut)
                JOIN counts l ON l.part = longer
                JOIN {ShorterCounts} r ON r.part = shorter AND r.session = l.session
                LEFT JOIN counts w ON w.part = pattern AND w.session = l.session
                CROSS JOIN LATERAL (SELECT l.raw AS x, greatest(0, r.raw - inside) AS b, l.places AS g) n
                CROSS JOIN LATERAL (
                    SELECT x * b / g AS mean, CASE WHEN g > 1 THEN x * (x - 1) * b * (b - 1) / (g * (g - 1)) ELSE 0 END AS both_vary) e
            GROUP BY cut
            """;

    /// <summary>The sessions that hold @sequences.</summary>
    public string Sightings =>
        $"""
            SELECT part, session::text, {OccurrencesOf("part")}, first_seen, last_seen
            FROM ({SessionTexts}) s CROSS JOIN unnest(@sequences) part
            WHERE strpos(steps, part) > 0
            ORDER BY first_seen, session::text COLLATE "C"
            """;

    /// <summary>How many steps @sequences cover, each taking what those before it left; taken steps are marked.</summary>
    public string CountCoveredSteps =>
        $"""
            WITH RECURSIVE taking (steps, parts, next) AS (
                SELECT steps, ARRAY (SELECT part FROM unnest(@sequences) WITH ORDINALITY o (part, rank) WHERE strpos(steps, part) > 0
                    ORDER BY rank), 1
                FROM ({SessionTexts}) s
                UNION ALL
                SELECT replace(steps, parts[next], repeat(chr(1), length(parts[next]))), parts, next + 1 FROM taking
                    WHERE next <= cardinality(parts))
            SELECT coalesce(sum(length(steps) - length(replace(steps, chr(1), ''))), 0)::bigint FROM taking WHERE next > cardinality(parts)
            """;

    private string Order => $"\"timestamp\", {table.InsertionOrder}";

    /// <summary>
    /// One row for each session: its steps as characters, which begin with '!' (those before are free for marks), and as what they are cut
    /// in.
    /// </summary>
    private string SessionTexts
    {
        get
        {
            var steps = $"string_agg({Step}, '' ORDER BY {Order})";
            return $"""
                SELECT session_id AS session, {steps} AS steps, {(inBytes ? $"convert_to({steps}, 'UTF8')" : steps)} AS units,
                    min("timestamp") AS first_seen, max("timestamp") AS last_seen
                FROM hook_events
                WHERE event_type::text = ANY (@types) AND tool_name::text = ANY (@tools) AND session_id::text <> ''
                    AND isfinite("timestamp"){_inWindow}
                GROUP BY session_id
                """;
        }
    }

    /// <summary>
    /// How often each of @parts, which have @lengths, occurs in each session, and in how many places it could; sessions and parts are
    /// numbers,
    /// so that they are joined quickly.
    /// </summary>
    private string PartCounts(bool withOccurrences) =>
        $"""
            SELECT session, (length(units) - length(p.text) + 1)::float8 AS places, number AS part, raw{(
                withOccurrences ? ", occurrences" : ""
            )}
            FROM (SELECT (row_number() OVER ())::int AS session, steps, units FROM ({SessionTexts}) t) s
                CROSS JOIN LATERAL (
                    SELECT part, count(*)::float8 AS raw{(
                withOccurrences ? $", CASE WHEN count(*) = 1 THEN 1 ELSE {OccurrencesOf(_text)} END AS occurrences" : ""
            )}
                    FROM (
                        SELECT substr(units, at, wide) AS part
                        FROM (SELECT at, unnest(@lengths) AS wide FROM (SELECT generate_series(1, length(units)) AS at) starts) places
                        WHERE {FewPlaces} AND at + wide - 1 <= length(units)) here
                    WHERE part = ANY (@parts)
                    GROUP BY part) counted
                JOIN (SELECT text, min(number)::int AS number FROM unnest(@parts) WITH ORDINALITY n (text, number)
                    GROUP BY text) p ON p.text = counted.part
            """;

    // Lengths in octets, because the server knows them; a text and its parts are measured alike.
    private static string OccurrencesOf(string part) =>
        $"(octet_length(steps) - octet_length(replace(steps, {part}, ''))) / octet_length({part})";

    /// <summary>An instant as the column stores it.</summary>
    public DateTime Instant(long utcTicks) =>
        new(utcTicks, table.Timestamp == TimestampForm.Zoned ? DateTimeKind.Utc : DateTimeKind.Unspecified);
}
