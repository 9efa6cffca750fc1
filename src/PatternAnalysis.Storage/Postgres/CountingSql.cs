using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// The statements that count patterns, over temporary tables that go with the transaction: <c>counted_step</c> has a row for each step,
/// which knows the next three, <c>counted_case</c> one for each case, with its steps as a text, a character each; <c>counted_place_0</c>
/// and <c>_1</c> take turns to hold where the sub-sequences of a length start, <c>counted_group</c> holds how often each is followed by
/// each step in each case, <c>counted_part</c> how often each case holds what recurs, and <c>counted_first</c> the same of
/// steps and pairs, side by side.
/// Only names that the product knows stand in the texts; values are parameters.
/// </summary>
/// <param name="table">The events.</param>
/// <param name="window">Which of them.</param>
/// <param name="hasApplications">Whether only some source applications are asked for.</param>
/// <param name="hasSessions">Whether only some sessions are asked for.</param>
/// <param name="isShared">Whether several count, each its share of the sessions.</param>
internal sealed class CountingSql(HookEventTable table, TimeWindow window, bool hasApplications, bool hasSessions, bool isShared)
{
    /// <summary>How many steps a row holds ahead, 16 bits each.</summary>
    public const int Ahead = 4;

    private const string NextStep = "((ahead >> 48) & 65535)::int";

    // An application of null is the empty name. Its wildcards were matched where names are compared as PowerShell does.
    private const string IsApplication = "coalesce(source_app::text, '') = ANY (@applications)";

    private readonly string _inWindow = IsIn(window);

    private readonly string _type = table.Timestamp == TimestampForm.Zoned ? "timestamptz" : "timestamp";

    // A session is the share of one, whatever partition or node it is on.
    private readonly string _share = isShared
        ? """ AND abs(hashtextextended(coalesce(session_id::text, '') COLLATE "C", 0) % @shares) = @share"""
        : "";

    /// <summary>The condition of a window, as the end of others.</summary>
    public static string IsIn(TimeWindow window) =>
        (window.Since is null ? "" : """ AND "timestamp" >= @since""") + (window.Until is null ? "" : """ AND "timestamp" < @until""");

    /// <summary>The source applications.</summary>
    public static string Applications => $"SELECT DISTINCT coalesce(source_app::text, '') FROM {HookEventTable.Name}";

    /// <summary>The sessions that have a step.</summary>
    public string SessionNames =>
        $"SELECT DISTINCT session_id::text FROM {HookEventTable.Name} WHERE event_type::text = ANY (@types){_inWindow}{_share}";

    /// <summary>The tools, and what is left out, with their counts.</summary>
    public string Activities =>
        $"""
            SELECT CASE WHEN coalesce(session_id::text, '') = '' THEN 'no_session' WHEN coalesce(tool_name::text, '') = '' THEN 'no_tool'
                    WHEN "timestamp" IS NULL OR NOT isfinite("timestamp") THEN 'unreadable_timestamp' END AS reason, tool_name::text,
                        count(*)
            FROM {HookEventTable.Name}
            WHERE event_type::text = ANY (@types) AND ("timestamp" IS NULL OR NOT isfinite("timestamp") OR (true{_inWindow}))
                {(hasSessions ? "AND (coalesce(session_id::text, '') = '' OR session_id::text = ANY (@sessions))" : "")}
                {(hasApplications ? $"AND {IsApplication}" : "")}{_share}
            GROUP BY 1, 2
            """;

    /// <summary>Makes the tables.</summary>
    public string CreateTables =>
        $"""
            CREATE TEMP TABLE counted_step (ahead BIGINT, at {_type}, pos INT, case_no INT, unit INT, before INT, source TEXT, label TEXT)
                ON COMMIT DROP;
            CREATE TEMP TABLE counted_case (source_from {_type}, first_seen {_type}, last_seen {_type}, case_no INT, length INT,
                source TEXT, name TEXT, steps TEXT) ON COMMIT DROP;
            ALTER TABLE pg_temp.counted_case ALTER steps SET STORAGE EXTERNAL;
            CREATE TEMP TABLE counted_place_0 (ahead BIGINT, pos INT, case_no INT, before INT, node INT) ON COMMIT DROP;
            CREATE TEMP TABLE counted_place_1 (LIKE pg_temp.counted_place_0) ON COMMIT DROP;
            CREATE TEMP TABLE counted_group (parent INT, step INT, case_no INT, raw INT, least INT, greatest INT) ON COMMIT DROP;
            CREATE TEMP TABLE counted_part (node INT, case_no INT, raw INT, occurrences INT, places INT) ON COMMIT DROP;
            CREATE TEMP TABLE counted_first (case_no INT, counts INT[]) ON COMMIT DROP
            """;

    /// <summary>
    /// Cuts the events into cases, and lays their steps side by side: by session, time and insertion. A session that is named only
    /// "unknown" is whatever had no name, and is cut at pauses.
    /// </summary>
    public string InsertSteps =>
        $"""
            INSERT INTO pg_temp.counted_step (ahead, at, pos, case_no, unit, before, source, label)
            SELECT (unit::bigint << 48) | CASE WHEN starts_1 THEN 0 ELSE (unit_1::bigint << 32) | CASE WHEN starts_2 THEN 0 ELSE
                    (unit_2::bigint << 16) | CASE WHEN starts_3 THEN 0 ELSE unit_3 END END END,
                at, pos, case_no, unit, CASE WHEN starts THEN -1 ELSE unit_before END, CASE WHEN starts THEN session END,
                CASE WHEN starts AND nameless THEN '#' || to_char({AtUtc}, 'YYYYMMDD"T"HH24MISS.MS"Z"') ELSE '' END
            FROM (
                SELECT *, count(*) FILTER (WHERE starts) OVER v AS case_no, lag(unit) OVER v AS unit_before,
                    lead(unit) OVER v AS unit_1, lead(unit, 2) OVER v AS unit_2, lead(unit, 3) OVER v AS unit_3,
                    lead(starts, 1, true) OVER v AS starts_1, lead(starts, 2, true) OVER v AS starts_2,
                    lead(starts, 3, true) OVER v AS starts_3
                FROM (
                    SELECT *, (row_number() OVER v)::int AS pos,
                        session IS DISTINCT FROM lag(session) OVER v OR (nameless AND at - lag(at) OVER v > @gap) AS starts
                    FROM (
                        SELECT session_id::text COLLATE "C" AS session,
                            lower(split_part(session_id::text COLLATE "C", '/', 1)) = ANY (@nameless)
                            OR lower(split_part(session_id::text COLLATE "C", '/', 1) || '/'
                                || split_part(session_id::text COLLATE "C", '/', 2)) = ANY (@nameless) AS nameless,
                            "timestamp"::{_type} AS at, e.{table.InsertionOrder} AS inserted,
                            unit::int AS unit
                        FROM {HookEventTable.Name} e JOIN unnest(@tools) WITH ORDINALITY t (tool, unit) ON tool = tool_name::text
                        WHERE event_type::text = ANY (@types) AND session_id::text <> '' AND isfinite("timestamp"){_inWindow}
                            {(hasSessions ? "AND session_id::text = ANY (@sessions)" : "")}
                            {(hasApplications ? $"AND {IsApplication}" : "")}{_share}) chosen
                    WINDOW v AS (ORDER BY session, at, inserted)) ordered
                WINDOW v AS (ORDER BY session, at, inserted)) cut;
            INSERT INTO pg_temp.counted_case (source_from, first_seen, last_seen, case_no, length, source, name, steps)
            SELECT min(first_seen) OVER (PARTITION BY source), first_seen, last_seen, case_no, length, source, source || label, steps
            FROM (
                SELECT case_no, min(at) AS first_seen, max(at) AS last_seen, count(*) AS length, max(source) AS source, max(label) AS label,
                    string_agg(chr(32 + unit), '' ORDER BY pos) AS steps
                FROM pg_temp.counted_step GROUP BY case_no) cases;
            INSERT INTO pg_temp.counted_place_0 SELECT ahead, pos, case_no, before, 0 FROM pg_temp.counted_step
            """;

    private string AtUtc => table.Timestamp == TimestampForm.Zoned ? "at AT TIME ZONE 'UTC'" : "at";

    /// <summary>How many cases and steps there are, the first step and the last.</summary>
    public static string Cases =>
        "SELECT count(*), coalesce(sum(length), 0)::bigint, min(first_seen), max(last_seen) FROM pg_temp.counted_case";

    /// <summary>
    /// How often the sub-sequences of a length are followed by each step. What precedes is negative at a case's start.
    /// </summary>
    public static string CountLevel(int length) =>
        $"""
            TRUNCATE pg_temp.counted_group;
            INSERT INTO pg_temp.counted_group
            SELECT node, {NextStep} AS step, case_no, count(*), min(before), max(before)
            FROM {PlacesOf(length)} WHERE {NextStep} > 0 GROUP BY 1, 2, 3
            """;

    /// <summary>What of it is in @least cases.</summary>
    public static string FrequentGroups => $"{SumOfGroups} GROUP BY parent, step HAVING count(*) >= @least";

    /// <summary>The same of some, by @parents and @steps.</summary>
    public static string Groups =>
        $"{SumOfGroups} JOIN unnest(@parents, @steps) asked (parent, step) USING (parent, step) GROUP BY parent, step";

    private const string SumOfGroups =
        "SELECT parent, step, sum(raw)::bigint, count(*)::int, min(least), max(greatest) FROM pg_temp.counted_group";

    /// <summary>
    /// Goes on with those that recur, which get numbers, and counts the occurrences of each: without overlap those of @texts, which alone
    /// can overlap themselves, and which the server takes out of the text of their case.
    /// </summary>
    public static string KeepLevel(int length)
    {
        // All steps that a row held ahead are used up: the next ones are those of the row so many further on.
        var refills = (length + 1) % Ahead == 0;
        return $"""
            TRUNCATE {PlacesOf(length + 1)};
            INSERT INTO {PlacesOf(length + 1)}
            SELECT {(refills ? "coalesce(s.ahead, 0)" : "p.ahead << 16")}, p.pos, p.case_no, p.before, kept.node
            FROM {PlacesOf(length)} p
                JOIN unnest(@parents, @steps, @nodes) kept (parent, step, node) ON parent = p.node AND step = ((p.ahead >> 48) & 65535)::int
                {(refills ? $"LEFT JOIN pg_temp.counted_step s ON s.pos = p.pos + {length + 1} AND s.case_no = p.case_no" : "")};
            WITH added AS (
                INSERT INTO pg_temp.counted_part
                SELECT kept.node, case_no, raw, CASE WHEN raw = 1 OR kept.text = '' THEN raw ELSE {OccurrencesOf("kept.text")} END,
                    c.length - {length}
                FROM pg_temp.counted_group g JOIN pg_temp.counted_case c USING (case_no)
                    JOIN unnest(@parents, @steps, @nodes, @texts) kept (parent, step, node, text)
                        ON kept.parent = g.parent AND kept.step = g.step
                RETURNING node, occurrences)
            SELECT node, sum(occurrences)::bigint, sum(occurrences::float8 * occurrences) FROM added GROUP BY node
            """;
    }

    /// <summary>
    /// Lays the counts of the first @count parts side by side in each case: of steps and pairs of steps, which are the shorter parts of
    /// most cuts. What is looked up in millions of rows is found by its place there. What a case has none of is filled up, or beyond its
    /// end.
    /// </summary>
    public static string LayOutFirst =>
        """
            INSERT INTO pg_temp.counted_first
            SELECT case_no, ('{' || string_agg(repeat('0,', skipped) || raw, ',' ORDER BY node) || '}')::int[]
            FROM (
                SELECT case_no, node, raw, node - lag(node, 1, 0) OVER (PARTITION BY case_no ORDER BY node) - 1 AS skipped
                FROM pg_temp.counted_part WHERE node <= @count) held
            GROUP BY case_no
            """;

    /// <summary>What each cut expects: the sum over the cases that hold its longer part.</summary>
    public static string SumExpected(bool isFirst) => $"SELECT cut, sum(rate * {BesideOf(isFirst)}) FROM {CutParts(isFirst)} GROUP BY cut";

    /// <summary>
    /// The further sums of cuts. Where the shorter part is missing all of them are 0. OFFSET 0 has the server work out once what is used
    /// several times.
    /// </summary>
    public static string SumCuts(bool isFirst) =>
        $"""
            SELECT cut, sum(least(greatest(mean - mean * mean + both_vary, 0), mean)), sum(occurrences * mean), sum(mean * mean)
            FROM (
                SELECT cut, occurrences, x * b / g AS mean,
                    CASE WHEN g > 1 THEN x * (x - 1) * b * (b - 1) / (g * (g - 1)) ELSE 0 END AS both_vary
                FROM (
                    SELECT cut, coalesce(occurrences, 0) AS occurrences, x, g, {BesideOf(isFirst)}::float8 AS b
                    FROM {CutParts(isFirst)}
                        LEFT JOIN (
                            SELECT node, case_no, occurrences FROM pg_temp.counted_part WHERE node IN (SELECT unnest(@patterns))) w
                            ON w.node = pattern AND w.case_no = l.case_no
                    OFFSET 0) beside
                OFFSET 0) expected
            GROUP BY cut
            """;

    /// <summary>The texts of the cases of at most @longest steps, each with how many cases are just that.</summary>
    public static string ShortSessions => "SELECT steps, count(*) FROM pg_temp.counted_case WHERE length <= @longest GROUP BY steps";

    /// <summary>The cases that hold one of @nodes.</summary>
    public static string SightedCases =>
        """
            SELECT case_no, name, first_seen, last_seen, source, source_from FROM pg_temp.counted_case
            WHERE case_no IN (SELECT case_no FROM pg_temp.counted_part WHERE node = ANY (@nodes))
            """;

    /// <summary>The cases that hold each of @nodes, and how often.</summary>
    public static string Sightings =>
        """
            SELECT node, array_agg(case_no ORDER BY case_no), array_agg(occurrences ORDER BY case_no)
            FROM pg_temp.counted_part WHERE node = ANY (@nodes) GROUP BY node
            """;

    /// <summary>What the cases are put in order by.</summary>
    public static string CaseOrder => "SELECT case_no, source_from, source, first_seen FROM pg_temp.counted_case";

    /// <summary>The steps of @cases.</summary>
    public static string StepsOfCases =>
        "SELECT case_no, steps FROM pg_temp.counted_case JOIN unnest(@cases) asked (case_no) USING (case_no)";

    /// <summary>The steps of the case @name and their times.</summary>
    public static string Case =>
        """
            SELECT c.steps, array_agg(s.at ORDER BY s.pos) FROM pg_temp.counted_case c JOIN pg_temp.counted_step s USING (case_no)
            WHERE c.name = @name GROUP BY c.case_no, c.steps
            """;

    /// <summary>How many cases have a step from @from to @to, and how many steps lie there.</summary>
    public static string InWindow => "SELECT count(DISTINCT case_no), count(*) FROM pg_temp.counted_step WHERE at >= @from AND at < @to";

    /// <summary>
    /// How many steps @nodes cover, whose texts are @sequences, each taking what those before it left; taken steps are marked.
    /// </summary>
    public static string CountCoveredSteps =>
        """
            WITH RECURSIVE taking (steps, parts, next) AS (
                SELECT steps, coalesce(parts, '{}'), 1
                FROM pg_temp.counted_case LEFT JOIN (
                    SELECT case_no, array_agg(text ORDER BY rank) AS parts
                    FROM pg_temp.counted_part JOIN unnest(@nodes, @sequences) WITH ORDINALITY o (node, text, rank) USING (node)
                    GROUP BY case_no) held USING (case_no)
                UNION ALL
                SELECT replace(steps, parts[next], repeat(chr(1), length(parts[next]))), parts, next + 1 FROM taking
                    WHERE next <= cardinality(parts))
            SELECT coalesce(sum(length(steps) - length(replace(steps, chr(1), ''))), 0)::bigint FROM taking WHERE next > cardinality(parts)
            """;

    // How often the shorter part of a cut stands beside the longer one.
    private static string BesideOf(bool isFirst) => $"greatest(0, {(isFirst ? "counts[shorter]" : "r.raw")} - inside)";

    // A part that was not counted has the counts of a longer one that occurs just where it does, and more places: so many beyond.
    private static string CutParts(bool isFirst)
    {
        const string longer = """
            (SELECT part, case_no, raw::float8 AS x, (places + beyond)::float8 AS g, raw::float8 / (places + beyond) AS rate
                FROM pg_temp.counted_part JOIN unnest(@longer, @beyond) WITH ORDINALITY p (node, beyond, part) USING (node)
                OFFSET 0) l
            """;
        const string cuts =
            "unnest(@numbers, @patterns, @parts, @shorter, @inside) c (cut, pattern, longer, shorter, inside) ON longer = part";
        return isFirst
            ? $"{longer} JOIN pg_temp.counted_first r ON r.case_no = l.case_no JOIN {cuts}"
            : $"""
                {longer} JOIN {cuts}
                    JOIN (SELECT node, case_no, raw FROM pg_temp.counted_part WHERE node IN (SELECT unnest(@shorter))) r
                        ON r.node = shorter AND r.case_no = l.case_no
                """;
    }

    private static string PlacesOf(int length) => length % 2 == 0 ? "pg_temp.counted_place_0" : "pg_temp.counted_place_1";

    // Lengths in octets, because the server knows them; a text and its parts are measured alike.
    private static string OccurrencesOf(string part) =>
        $"(octet_length(steps) - octet_length(replace(steps, {part}, ''))) / octet_length({part})";

    /// <summary>An instant as the column of a table stores it.</summary>
    public static DateTime Instant(HookEventTable table, long utcTicks) =>
        new(utcTicks, table.Timestamp == TimestampForm.Zoned ? DateTimeKind.Utc : DateTimeKind.Unspecified);
}
