using System.Data.Common;
using System.Globalization;
using Dapper;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>A database of hook events for one test; it goes with it.</summary>
public abstract class EventDatabase : IDisposable
{
    private static readonly EventRange s_all = new(long.MinValue, long.MaxValue);

    /// <summary>The table that the original needs at least.</summary>
    public const string MinimalSchema = "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)";

    public abstract PatternDatabase Database { get; }

    /// <summary>The same, whose times without a zone are Berlin's.</summary>
    public PatternDatabase InBerlin =>
        PatternDatabase.Open(
            this is PostgresEvents server ? server.Address : Database.Name,
            new DatabaseOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }
        );

    public abstract DbConnection Open();

    /// <summary>Keeps it open, as programs do that write into it: a SQLite file is not read as one that nobody writes to then.</summary>
    public DbConnection OpenForOthers()
    {
        var connection = Open();
        connection.ExecuteScalar("SELECT count(*) FROM hook_events");
        return connection;
    }

    /// <summary>All that the database holds: what must be the same when nothing was written.</summary>
    public abstract IReadOnlyDictionary<string, string> State();

    public abstract void Dispose();

    /// <summary>Adds a session whose tools were used a second apart.</summary>
    public EventDatabase AddSession(string sessionId, DateTimeOffset start, params string[] tools)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var (tool, number) in tools.Select((tool, number) => (tool, number)))
        {
            var timestamp = start.AddSeconds(number).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            Insert(connection, sessionId, "tool_use", tool, timestamp, transaction);
        }

        transaction.Commit();
        return this;
    }

    public EventDatabase Add(string? sessionId, string eventType, string? tool, object? timestamp)
    {
        using var connection = Open();
        Insert(connection, sessionId, eventType, tool, timestamp, null);
        return this;
    }

    public EventDatabase AddCall(string sessionId, string eventType, string tool, string timestamp, string payload)
    {
        using var connection = Open();
        connection.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, "
                + "payload) VALUES (@sessionId, @eventType, @tool, @timestamp, @payload)",
            new
            {
                sessionId,
                eventType,
                tool,
                timestamp = new StoredText(timestamp),
                payload = new StoredText(payload),
            }
        );
        return this;
    }

    /// <summary>The original's own fixture: five sessions Read→Edit→Write and three Test→Fix→Test, an hour or two ago.</summary>
    public EventDatabase AddOriginalFixture(int times = 1)
    {
        for (var i = 0; i < 5 * times; i++)
            AddSession($"test-session-{i}", DateTimeOffset.UtcNow.AddHours(-1), "Read", "Edit", "Write");
        for (var i = 5 * times; i < 8 * times; i++)
            AddSession($"test-session-{i}", DateTimeOffset.UtcNow.AddHours(-2), "Test", "Fix", "Test");
        return this;
    }

    public AnalysisSummary Analyze(AnalysisOptions? options = null) =>
        new DailyAnalysis(Database.Events, Database.Approvals).Run(options ?? LastDay());

    public static AnalysisOptions LastDay(bool dryRun = false) =>
        new()
        {
            Query = new EventQuery { Window = TimeWindow.Last(24, DateTimeOffset.UtcNow) },
            DryRun = dryRun,
        };

    /// <summary>Every row of some tables, as text.</summary>
    public IReadOnlyList<string> Rows(params string[] tables)
    {
        using var connection = Open();
        return
        [
            .. tables.SelectMany(table =>
                connection
                    .Query($"SELECT * FROM {table} ORDER BY 1, 2")
                    .Select(row =>
                        $"{table}: {string.Join(", ", ((IDictionary<string, object>)row).Select(cell => $"{cell.Key}={cell.Value}"))}"
                    )
            ),
        ];
    }

    /// <summary>The derived steps, whether of a block or not.</summary>
    internal StoredStep[] Steps()
    {
        using var connection = Open();
        return [.. Database.Steps.Table.Read(connection, null, s_all)];
    }

    /// <summary>Changes the derived steps behind the product's back.</summary>
    internal void ChangeSteps(Func<StoredStep[], IEnumerable<StoredStep>> change)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var table = Database.Steps.Table;
        StoredStep[] steps = [.. change([.. table.Read(connection, transaction, s_all)])];
        table.Remove(connection, transaction, default);
        table.Add(connection, transaction, steps, block: null);
        transaction.Commit();
    }

    /// <summary>The numbers that a statement gives.</summary>
    public long[] Numbers(string sql)
    {
        using var connection = Open();
        return [.. connection.Query<long>(sql)];
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Open();
        return connection.ExecuteScalar<T>(sql)!;
    }

    public void Execute(string sql, object? parameters = null)
    {
        using var connection = Open();
        connection.Execute(sql, parameters);
    }

    private static void Insert(
        DbConnection connection,
        string? sessionId,
        string eventType,
        string? tool,
        object? timestamp,
        DbTransaction? transaction
    )
    {
        var parameters = new DynamicParameters(
            new
            {
                sessionId,
                eventType,
                tool,
            }
        );
        parameters.Add("timestamp", timestamp is string text ? new StoredText(text) : timestamp);
        connection.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp) VALUES (@sessionId, @eventType, @tool, @timestamp)",
            parameters,
            transaction
        );
    }
}
