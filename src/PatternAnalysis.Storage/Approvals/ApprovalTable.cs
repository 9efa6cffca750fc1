using System.Data.Common;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// The table <c>pattern_approvals</c>, which may be older than the product: columns that it lacks are worked without, columns that the
/// product does not know are left alone.
/// </summary>
internal sealed class ApprovalTable
{
    public const string Name = "pattern_approvals";

    private static readonly string[] s_known =
    [
        "pattern_id",
        "status",
        "tool_sequence",
        "confidence_score",
        "occurrence_count",
        "estimated_savings_usd",
        "pattern_context",
        "example_sessions",
        "reviewed_by",
        "reviewed_at",
        "approval_notes",
        "created_at",
        "updated_at",
    ];

    private static readonly string[] s_changedByRuns =
    [
        "status",
        "confidence_score",
        "occurrence_count",
        "estimated_savings_usd",
        "pattern_context",
        "example_sessions",
        "updated_at",
    ];

    private static readonly string[] s_impact = ["confidence_score", "occurrence_count", "estimated_savings_usd"];

    private readonly ISqlDatabase _database;
    private readonly IReadOnlySet<string> _columns;
    private readonly IReadOnlySet<string> _worth;
    private readonly bool _hasWorth;

    public ApprovalTable(ISqlDatabase database, DbConnection connection, DbTransaction? transaction)
    {
        _database = database;
        _columns = database.ColumnsOf(connection, Name, transaction);
        _worth = database.ColumnsOf(connection, WorthTable.Name, transaction);
        _hasWorth = _worth.Count > 0;
    }

    public bool Exists => _columns.Count > 0;

    /// <summary>Makes sure of the table and of the columns without which a row says nothing.</summary>
    public ApprovalTable Require()
    {
        if (!Exists)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.TableNotFound,
                $"The database '{_database.Name}' has no table '{Name}': no analysis was saved "
                    + $"there yet. Run Invoke-PatternAnalysis, or 'pattern-analysis analyze', first."
            );
        }

        foreach (var column in s_known.Take(3).Where(column => !_columns.Contains(column)))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.ColumnNotFound,
                $"The table '{Name}' of '{_database.Name}' has no column '{column}', which this command needs."
            );
        }

        return this;
    }

    /// <summary>The rows that a condition selects.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The transaction to read in, if any.</param>
    /// <param name="tail">Conditions, order and limit; only text of the product's own.</param>
    /// <param name="parameters">Their values.</param>
    public IEnumerable<PatternApproval> Select(DbConnection connection, DbTransaction? transaction, string tail, object? parameters)
    {
        string[] columns =
        [
            .. s_known.Select(column => _columns.Contains(column) ? column : $"NULL AS {column}"),
            .. _hasWorth ? ["worth.*"] : Array.Empty<string>(),
        ];
        return connection
            .Query(
                $"SELECT {string.Join(", ", columns)} FROM {Name} {(_hasWorth ? WorthTable.Join(_worth) : "")} {tail}",
                parameters,
                transaction
            )
            .Select(row => Read((IDictionary<string, object?>)row));
    }

    /// <summary>The row of a pattern.</summary>
    /// <exception cref="PatternAnalysisException"><c>PatternNotFound</c>: there is none.</exception>
    public PatternApproval Find(DbConnection connection, DbTransaction? transaction, string patternId) =>
        Select(connection, transaction, "WHERE pattern_id = @patternId", new { patternId }).FirstOrDefault()
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.PatternNotFound,
            $"There is no pattern '{patternId}' in '{_database.Name}'. "
                + $"Get-PatternApproval, or 'pattern-analysis review --list', shows the ids."
        );

    /// <summary>What rows are ordered by; a column that the table lacks decides nothing.</summary>
    public string Order(ApprovalOrder order) =>
        "ORDER BY "
        + order switch
        {
            ApprovalOrder.Impact => $"{Impact} DESC",
            ApprovalOrder.Confidence => $"{Column("confidence_score")} DESC",
            ApprovalOrder.Occurrences => $"{Column("occurrence_count")} DESC",
            ApprovalOrder.Savings => $"{Column("estimated_savings_usd")} DESC",
            ApprovalOrder.Updated => _columns.Contains("updated_at") ? "updated_at DESC" : "0 + 0",
            _ => Worth,
        }
        + ", pattern_id";

    private string Impact => string.Join(" * ", s_impact.Select(column => _columns.Contains(column) ? $"COALESCE({column}, 0)" : "1"));

    // The order of ApprovalSort.
    private string Worth =>
        $"CASE WHEN status = '{PatternStatus.AutoRejected}' THEN 1 ELSE 0 END, "
        + (_hasWorth ? "COALESCE(worth.worth_rank, 2147483647), COALESCE(worth.worth_usd, 0) DESC, " : "")
        + $"{Impact} DESC";

    private string Column(string name) => _columns.Contains(name) ? $"COALESCE({name}, 0)" : "0 + 0";

    /// <summary>The condition that a row is in one of some states, one of some patterns, a part of one.</summary>
    public string Where(ApprovalQuery query)
    {
        string[] conditions =
        [
            .. query.Status.Count > 0 ? [_database.IsAmong("status", "@Status")] : Array.Empty<string>(),
            .. query.PatternId.Count > 0 ? [_database.IsAmong("pattern_id", "@PatternId")] : Array.Empty<string>(),
            .. query.PartOf is null ? [] : new[] { _hasWorth ? "worth.worth_part_of = @PartOf" : "1 = 0" },
        ];
        return conditions.Length == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
    }

    public void Insert(DbConnection connection, DbTransaction transaction, PatternApproval row, DateTimeOffset now)
    {
        var columns = s_known.Where(_columns.Contains).ToArray();
        connection.Execute(
            $"INSERT INTO {Name} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})",
            Parameters(row with { CreatedAt = now, UpdatedAt = now }),
            transaction
        );
    }

    /// <summary>
    /// Writes what runs may change. A state that a human gave is not among it: the row is written only while its state is <paramref
    /// name="expectedStatus"/>.
    /// </summary>
    public void Update(
        DbConnection connection,
        DbTransaction transaction,
        PatternApproval row,
        string expectedStatus,
        DateTimeOffset now
    ) => Update(connection, transaction, row, s_changedByRuns, expectedStatus, now);

    /// <summary>Writes a human's decision.</summary>
    public void Decide(
        DbConnection connection,
        DbTransaction transaction,
        PatternApproval row,
        string expectedStatus,
        DateTimeOffset now
    ) =>
        Update(connection, transaction, row, ["status", "reviewed_by", "reviewed_at", "approval_notes", "updated_at"], expectedStatus, now);

    private void Update(
        DbConnection connection,
        DbTransaction transaction,
        PatternApproval row,
        IEnumerable<string> columns,
        string expectedStatus,
        DateTimeOffset now
    )
    {
        var assignments = columns.Where(_columns.Contains).Select(column => $"{column} = @{column}");
        var parameters = Parameters(row with { UpdatedAt = now });
        parameters.Add("expected", expectedStatus);
        connection.Execute(
            $"UPDATE {Name} SET {string.Join(", ", assignments)} WHERE pattern_id = @pattern_id AND status = @expected",
            parameters,
            transaction
        );
    }

    private static DynamicParameters Parameters(PatternApproval row)
    {
        var parameters = new DynamicParameters();
        parameters.Add("pattern_id", row.PatternId);
        parameters.Add("status", row.Status);
        parameters.Add("tool_sequence", row.ToolSequence);
        parameters.Add("confidence_score", row.ConfidenceScore);
        parameters.Add("occurrence_count", row.OccurrenceCount);
        parameters.Add("estimated_savings_usd", (double)row.EstimatedSavings);
        parameters.Add("pattern_context", row.PatternContext);
        parameters.Add("example_sessions", new StoredText(JsonSerializer.Serialize(row.ExampleSessions)));
        parameters.Add("reviewed_by", row.ReviewedBy);
        parameters.Add("reviewed_at", StoredInstant.Text(row.ReviewedAt));
        parameters.Add("approval_notes", row.ApprovalNotes);
        parameters.Add("created_at", StoredInstant.Text(row.CreatedAt));
        parameters.Add("updated_at", StoredInstant.Text(row.UpdatedAt));
        return parameters;
    }

    private static PatternApproval Read(IDictionary<string, object?> row) =>
        new()
        {
            PatternId = Text(row["pattern_id"]) ?? "",
            Status = Text(row["status"]) ?? "",
            ToolSequence = Text(row["tool_sequence"]) ?? "",
            ConfidenceScore = Number(row["confidence_score"]),
            OccurrenceCount = (long)Number(row["occurrence_count"]),
            EstimatedSavings = Money(Number(row["estimated_savings_usd"])),
            PatternContext = Text(row["pattern_context"]),
            ExampleSessions = Texts(Text(row["example_sessions"])),
            ReviewedBy = Text(row["reviewed_by"]),
            ReviewedAt = StoredInstant.Parse(row["reviewed_at"]),
            ApprovalNotes = Text(row["approval_notes"]),
            CreatedAt = StoredInstant.Parse(row["created_at"]),
            UpdatedAt = StoredInstant.Parse(row["updated_at"]),
            Worth = WorthTable.Read(row),
        };

    private static string? Text(object? stored) =>
        Convert.ToString(stored, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    // Whatever stands in the column: SQLite keeps a text in a column of numbers when something wrote one.
    private static double Number(object? stored) =>
        stored switch
        {
            double number => number,
            long number => number,
            _ => double.TryParse(Text(stored), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0,
        };

    private static decimal Money(double stored) => Math.Abs(stored) < 1e15 ? decimal.Round((decimal)stored, 2) : 0;

    private static string[] Texts(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize<string[]>(json) ?? [];
        }
        catch (JsonException)
        {
            // Something else wrote the column; what it says is shown as it stands.
            return [json!];
        }
    }
}
