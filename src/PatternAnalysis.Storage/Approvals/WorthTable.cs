using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_worth</c>: what patterns are worth, and in which order they are.</summary>
internal static class WorthTable
{
    public const string Name = "pattern_worth";

    /// <summary>The table, in the SQL that every kind of database knows.</summary>
    public const string Create = """
        -- What a pattern was worth in the run that appraised it last, its place among the patterns of that run, and what stays and varies
        -- in its steps (JSON).
        CREATE TABLE IF NOT EXISTS pattern_worth (
            pattern_id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            rank INTEGER NOT NULL,
            part_of TEXT,
            saved_turns DOUBLE PRECISION NOT NULL,
            hit_share DOUBLE PRECISION NOT NULL,
            worth_usd DOUBLE PRECISION NOT NULL,
            worth_usd_30d DOUBLE PRECISION,
            saved_wait_ms BIGINT NOT NULL,
            is_assumed INTEGER NOT NULL,
            steps TEXT NOT NULL
        );
        CREATE INDEX IF NOT EXISTS idx_pattern_worth_part_of ON pattern_worth (part_of);
        """;

    /// <summary>The interval of the figures, in the SQL that every kind of database knows.</summary>
    public const string AddInterval = """
        -- The 95 % interval of what could be saved, as multiples of it.
        ALTER TABLE pattern_worth ADD COLUMN interval_low DOUBLE PRECISION;
        ALTER TABLE pattern_worth ADD COLUMN interval_high DOUBLE PRECISION;
        """;

    /// <summary>
    /// Joins a pattern's worth to its row; the names of its columns can't be those of a table that the product did not make.
    /// </summary>
    /// <param name="columns">The columns that the table has: who only reads meets tables of an earlier version.</param>
    public static string Join(IReadOnlySet<string> columns)
    {
        var interval = columns.Contains("interval_low")
            ? "interval_low AS worth_interval_low, interval_high AS worth_interval_high"
            : "NULL AS worth_interval_low, NULL AS worth_interval_high";
        return $"""
            LEFT JOIN (
                SELECT pattern_id AS worth_of, kind AS worth_kind, rank AS worth_rank, part_of AS worth_part_of,
                    saved_turns AS worth_saved_turns, hit_share AS worth_hit_share, worth_usd, worth_usd_30d,
                    saved_wait_ms AS worth_saved_wait_ms, is_assumed AS worth_is_assumed, {interval}
                FROM pattern_worth
            ) AS worth ON worth.worth_of = pattern_approvals.pattern_id
            """;
    }

    private const string Upsert = """
        INSERT INTO pattern_worth (pattern_id, kind, rank, part_of, saved_turns, hit_share, worth_usd, worth_usd_30d, saved_wait_ms,
            is_assumed, interval_low, interval_high, steps)
        VALUES (@patternId, @kind, @Rank, @PartOf, @SavedTurns, @HitShare, @WorthUsd, @WorthUsdPer30Days, @wait, @assumed, @low,
            @high, @steps)
        ON CONFLICT (pattern_id) DO UPDATE SET kind = excluded.kind, rank = excluded.rank, part_of = excluded.part_of,
            saved_turns = excluded.saved_turns, hit_share = excluded.hit_share, worth_usd = excluded.worth_usd,
            worth_usd_30d = excluded.worth_usd_30d, saved_wait_ms = excluded.saved_wait_ms, is_assumed = excluded.is_assumed,
            interval_low = excluded.interval_low, interval_high = excluded.interval_high,
            steps = CASE WHEN excluded.steps = '[]' THEN pattern_worth.steps ELSE excluded.steps END
        """;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    public static void Write(
        DbConnection connection,
        DbTransaction transaction,
        string patternId,
        StoredWorth worth,
        IReadOnlyList<StepWorth> steps
    ) =>
        connection.Execute(
            Upsert,
            new
            {
                patternId,
                kind = worth.Kind.ToString(),
                worth.Rank,
                worth.PartOf,
                worth.SavedTurns,
                worth.HitShare,
                worth.WorthUsd,
                worth.WorthUsdPer30Days,
                wait = (long)worth.SavedWait.TotalMilliseconds,
                assumed = worth.IsAssumed ? 1 : 0,
                low = worth.Interval?.Low,
                high = worth.Interval?.High,
                steps = JsonSerializer.Serialize(steps, s_json),
            },
            transaction
        );

    /// <summary>The worth that a joined row holds; null when it holds none.</summary>
    public static StoredWorth? Read(IDictionary<string, object?> row) =>
        row.TryGetValue("worth_kind", out var kind) && Enum.TryParse<WorthKind>(kind as string, out var known)
            ? new StoredWorth
            {
                Kind = known,
                Rank = Convert.ToInt32(row["worth_rank"], null),
                PartOf = row["worth_part_of"] as string,
                SavedTurns = Convert.ToDouble(row["worth_saved_turns"], null),
                HitShare = Convert.ToDouble(row["worth_hit_share"], null),
                WorthUsd = Convert.ToDouble(row["worth_usd"], null),
                WorthUsdPer30Days = row["worth_usd_30d"] is { } money ? Convert.ToDouble(money, null) : null,
                SavedWait = TimeSpan.FromMilliseconds(Convert.ToInt64(row["worth_saved_wait_ms"], null)),
                IsAssumed = Convert.ToInt64(row["worth_is_assumed"], null) == 1,
                Interval =
                    row["worth_interval_low"] is { } low && row["worth_interval_high"] is { } high
                        ? (Convert.ToDouble(low, null), Convert.ToDouble(high, null))
                        : null,
            }
            : null;

    /// <summary>What stays and what varies in the steps of a pattern.</summary>
    public static StepWorth[] ReadSteps(DbConnection connection, string patternId)
    {
        var json = connection.QuerySingleOrDefault<string>($"SELECT steps FROM {Name} WHERE pattern_id = @patternId", new { patternId });
        try
        {
            return json is null ? [] : Array.ConvertAll(JsonSerializer.Deserialize<StepWorth[]>(json, s_json) ?? [], Shown);
        }
        catch (JsonException)
        {
            // Something else wrote the column.
            return [];
        }
    }

    private static StepWorth Shown(StepWorth step) =>
        step with
        {
            Activity = InvisibleText.Escape(step.Activity),
            Template = step.Template is null ? null : InvisibleText.Escape(step.Template, allowLines: true),
            Examples = Array.ConvertAll(step.Examples, example => InvisibleText.Escape(example, allowLines: true)),
        };
}
