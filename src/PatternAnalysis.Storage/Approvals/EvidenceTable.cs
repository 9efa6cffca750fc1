using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The tables <c>pattern_evidence</c> and <c>pattern_sightings</c>: what a pattern's numbers come from.</summary>
internal static class EvidenceTable
{
    public const string Name = "pattern_evidence";

    /// <summary>The version that made patterns say until when there was evidence of them (Unix milliseconds), when there is none.</summary>
    public const string AddEnd = "ALTER TABLE pattern_evidence ADD COLUMN ended_at BIGINT";

    private const string UpdateSighting = """
        ON CONFLICT (pattern_id, session_id) DO UPDATE SET
            occurrence_count = excluded.occurrence_count, observed_from = excluded.observed_from, observed_to = excluded.observed_to
        """;

    // What each version of the table brought, by the names of the properties.
    private static readonly (string Column, string Property)[] s_columns =
    [
        ("confidence_model", nameof(EvidenceRow.ConfidenceModel)),
        ("session_count", nameof(EvidenceRow.SessionCount)),
        ("occurrence_count", nameof(EvidenceRow.OccurrenceCount)),
        ("total_sessions", nameof(EvidenceRow.TotalSessions)),
        ("expected_count", nameof(EvidenceRow.ExpectedCount)),
        ("p_value", nameof(EvidenceRow.PValue)),
        ("q_value", nameof(EvidenceRow.QValue)),
        ("dispersion", nameof(EvidenceRow.Dispersion)),
        ("family_size", nameof(EvidenceRow.FamilySize)),
        ("minimum_sessions", nameof(EvidenceRow.MinimumSessions)),
        ("minimum_lift", nameof(EvidenceRow.MinimumLift)),
        ("danger_level", nameof(EvidenceRow.Level)),
        ("danger_rule", nameof(EvidenceRow.RuleId)),
        ("danger_category", nameof(EvidenceRow.Category)),
        ("danger_reason", nameof(EvidenceRow.Reason)),
        ("danger_segment", nameof(EvidenceRow.Segment)),
        ("observed_from", nameof(EvidenceRow.ObservedFrom)),
        ("observed_to", nameof(EvidenceRow.ObservedTo)),
        ("horizon_from", nameof(EvidenceRow.HorizonFrom)),
        ("horizon_to", nameof(EvidenceRow.HorizonTo)),
        ("horizon_is_regular", nameof(EvidenceRow.HorizonIsRegular)),
        ("run_id", nameof(EvidenceRow.RunId)),
        ("safe_occurrences", nameof(EvidenceRow.SafeOccurrences)),
        ("unknown_occurrences", nameof(EvidenceRow.UnknownOccurrences)),
        ("destructive_occurrences", nameof(EvidenceRow.DestructiveOccurrences)),
        ("worst_occurrences", nameof(EvidenceRow.WorstOccurrences)),
        ("ended_at", nameof(EvidenceRow.EndedAt)),
    ];

    private static readonly string s_upsert =
        $"INSERT INTO {Name} (pattern_id, {string.Join(", ", s_columns.Select(column => column.Column))})"
        + $" VALUES (@PatternId, {string.Join(", ", s_columns.Select(column => "@" + column.Property))})"
        + " ON CONFLICT (pattern_id) DO UPDATE SET "
        + string.Join(", ", s_columns.Select(column => $"{column.Column} = excluded.{column.Column}"));

    private const string SelectSightings = """
        SELECT pattern_id AS PatternId, session_id AS SessionId, occurrence_count AS OccurrenceCount,
            observed_from AS ObservedFrom, observed_to AS ObservedTo
        FROM pattern_sightings WHERE 
        """;

    /// <summary>The evidence of patterns, by their ids.</summary>
    /// <param name="database">The kind of database.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The transaction to read in, if any.</param>
    /// <param name="columns">The columns that the table has: who only reads meets tables that are not brought to the newest
    /// version.</param>
    /// <param name="ids">The patterns.</param>
    public static Dictionary<string, PatternEvidence> ReadEvidence(
        ISqlDatabase database,
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlySet<string> columns,
        string[] ids
    )
    {
        var selected = s_columns.Where(column => columns.Contains(column.Column)).Select(column => $"{column.Column} AS {column.Property}");
        var (condition, values) = database.IsAmong("pattern_id", "@ids", ids);
        var parameters = new DynamicParameters();
        parameters.Add("ids", values);
        return connection
            .Query<EvidenceRow>(
                $"SELECT pattern_id AS PatternId, {string.Join(", ", selected)} FROM {Name} WHERE {condition}",
                parameters,
                transaction
            )
            .ToDictionary(row => row.PatternId, ReadEvidence);
    }

    /// <summary>The ids of the patterns whose evidence has not ended; none while the table can't say.</summary>
    public static string[] ReadLasting(ISqlDatabase database, DbConnection connection, DbTransaction? transaction) =>
        database.ColumnsOf(connection, Name, transaction).Contains("ended_at")
            ?
            [
                .. connection.Query<string>(
                    $"SELECT pattern_id FROM {Name} WHERE ended_at IS NULL ORDER BY pattern_id",
                    transaction: transaction
                ),
            ]
            : [];

    /// <summary>Rows of patterns with what is known of them beside.</summary>
    public static PatternApproval[] AddTo(
        ISqlDatabase database,
        DbConnection connection,
        DbTransaction? transaction,
        IEnumerable<PatternApproval> patterns
    )
    {
        PatternApproval[] rows = [.. patterns];
        var columns = rows.Length == 0 ? new HashSet<string>() : database.ColumnsOf(connection, Name, transaction);
        if (columns.Count == 0)
            return rows;

        var evidence = ReadEvidence(database, connection, transaction, columns, [.. rows.Select(row => row.PatternId).Distinct()]);
        return Array.ConvertAll(rows, row => row.With(evidence.GetValueOrDefault(row.PatternId)));
    }

    /// <summary>What was seen of patterns, by their ids and by session.</summary>
    public static Dictionary<string, Dictionary<string, PatternSighting>> ReadSightings(
        ISqlDatabase database,
        DbConnection connection,
        DbTransaction? transaction,
        string[] ids
    ) =>
        connection
            .Query<SightingRow>(SelectSightings + database.IsAmong("pattern_id", "@ids"), new { ids }, transaction)
            .GroupBy(row => row.PatternId)
            .ToDictionary(
                pattern => pattern.Key,
                pattern =>
                    pattern.ToDictionary(
                        row => row.SessionId,
                        row => new PatternSighting(
                            row.OccurrenceCount,
                            StoredInstant.Ticks(row.ObservedFrom),
                            StoredInstant.Ticks(row.ObservedTo)
                        )
                    )
            );

    public static void Write(ISqlDatabase database, DbConnection connection, DbTransaction transaction, PatternChange change, long runId)
    {
        var (id, evidence) = (change.Row.PatternId, change.Evidence);
        connection.Execute(
            s_upsert,
            new
            {
                PatternId = id,
                evidence.ConfidenceModel,
                evidence.SessionCount,
                evidence.OccurrenceCount,
                evidence.TotalSessions,
                evidence.ExpectedCount,
                evidence.PValue,
                evidence.QValue,
                evidence.Dispersion,
                evidence.FamilySize,
                evidence.MinimumSessions,
                evidence.MinimumLift,
                Level = evidence.Danger.Level == DangerLevel.Safe ? null : evidence.Danger.Level.ToString(),
                evidence.Danger.RuleId,
                evidence.Danger.Category,
                evidence.Danger.Reason,
                evidence.Danger.Segment,
                ObservedFrom = StoredInstant.Milliseconds(evidence.ObservedFrom),
                ObservedTo = StoredInstant.Milliseconds(evidence.ObservedTo),
                HorizonFrom = StoredInstant.Milliseconds(evidence.Horizon?.Since ?? 0),
                HorizonTo = StoredInstant.Milliseconds(evidence.Horizon?.Until ?? 0),
                HorizonIsRegular = evidence.Horizon?.IsRegular == true ? 1 : 0,
                RunId = evidence.RunId ?? runId,
                SafeOccurrences = evidence.Levels?.Safe,
                UnknownOccurrences = evidence.Levels?.Unknown,
                DestructiveOccurrences = evidence.Levels?.Destructive,
                WorstOccurrences = WorstOccurrenceJson.Write(evidence.WorstOccurrences),
                EndedAt = StoredInstant.Milliseconds(evidence.EndedAt),
            },
            transaction
        );
        var sightings = change.Sightings.ToArray();
        if (sightings.Length == 0)
            return;
        database.Insert(
            connection,
            transaction,
            "pattern_sightings",
            [
                ("pattern_id", Array.ConvertAll(sightings, _ => id)),
                ("session_id", Array.ConvertAll(sightings, sighting => sighting.Key)),
                ("occurrence_count", Array.ConvertAll(sightings, sighting => sighting.Value.OccurrenceCount)),
                ("observed_from", Array.ConvertAll(sightings, sighting => StoredInstant.Milliseconds(sighting.Value.ObservedFrom))),
                ("observed_to", Array.ConvertAll(sightings, sighting => StoredInstant.Milliseconds(sighting.Value.ObservedTo))),
            ],
            UpdateSighting
        );
    }

    private static PatternEvidence ReadEvidence(EvidenceRow row) =>
        new()
        {
            ConfidenceModel = row.ConfidenceModel,
            SessionCount = row.SessionCount,
            OccurrenceCount = row.OccurrenceCount,
            TotalSessions = row.TotalSessions,
            ExpectedCount = row.ExpectedCount,
            PValue = row.PValue,
            QValue = row.QValue,
            Dispersion = row.Dispersion,
            FamilySize = row.FamilySize,
            MinimumSessions = row.MinimumSessions,
            MinimumLift = row.MinimumLift,
            Danger = ReadDanger(row),
            Levels = row is { SafeOccurrences: { } safe, UnknownOccurrences: { } unknown, DestructiveOccurrences: { } destructive }
                ? new OccurrenceLevels(safe, unknown, destructive)
                : null,
            WorstOccurrences = WorstOccurrenceJson.Read(row.WorstOccurrences),
            ObservedFrom = StoredInstant.Ticks(row.ObservedFrom),
            ObservedTo = StoredInstant.Ticks(row.ObservedTo),
            RunId = row.RunId,
            EndedAt = StoredInstant.Ticks(row.EndedAt),
            Horizon = row.HorizonTo is null
                ? null
                : new EvidenceHorizon(StoredInstant.Ticks(row.HorizonFrom), StoredInstant.Ticks(row.HorizonTo), row.HorizonIsRegular == 1),
        };

    private static DangerVerdict ReadDanger(EvidenceRow row) =>
        Enum.TryParse<DangerLevel>(row.Level, out var level)
            ? new DangerVerdict(level, row.RuleId, row.Category, row.Reason, row.Segment)
            : DangerVerdict.Safe with
            {
                Reason = row.Reason,
                Segment = row.Segment,
            };

    private sealed class EvidenceRow
    {
        public string PatternId { get; init; } = "";
        public string ConfidenceModel { get; init; } = "";
        public int SessionCount { get; init; }
        public long OccurrenceCount { get; init; }
        public int TotalSessions { get; init; }
        public double ExpectedCount { get; init; }
        public double PValue { get; init; }
        public double QValue { get; init; }
        public double? Dispersion { get; init; }
        public int FamilySize { get; init; }
        public int MinimumSessions { get; init; }
        public double MinimumLift { get; init; }
        public string? Level { get; init; }
        public string? RuleId { get; init; }
        public string? Category { get; init; }
        public string? Reason { get; init; }
        public string? Segment { get; init; }
        public long? ObservedFrom { get; init; }
        public long? ObservedTo { get; init; }
        public long? HorizonFrom { get; init; }
        public long? HorizonTo { get; init; }
        public int? HorizonIsRegular { get; init; }
        public long? RunId { get; init; }
        public long? SafeOccurrences { get; init; }
        public long? UnknownOccurrences { get; init; }
        public long? DestructiveOccurrences { get; init; }
        public string? WorstOccurrences { get; init; }
        public long? EndedAt { get; init; }
    }

    private sealed class SightingRow
    {
        public string PatternId { get; init; } = "";
        public string SessionId { get; init; } = "";
        public long OccurrenceCount { get; init; }
        public long? ObservedFrom { get; init; }
        public long? ObservedTo { get; init; }
    }
}
