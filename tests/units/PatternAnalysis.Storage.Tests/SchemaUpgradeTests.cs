using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What making and upgrading the product's tables promises.</summary>
public abstract class SchemaUpgradeTests : IDisposable
{
    private const string TablesOfItsOwn = "pattern_sightings";

    private readonly EventDatabase _events;
    private readonly ISqlDatabase _database;

    private protected SchemaUpgradeTests(EventDatabase events, ISqlDatabase database)
    {
        _events = events;
        _database = database;
    }

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Every_earlier_version_is_brought_to_the_newest_and_keeps_its_rows()
    {
        var newest = new DatabaseOfVersions(
            _database,
            [
                .. _database.SchemaVersions,
                "ALTER TABLE pattern_sightings ADD COLUMN later TEXT",
                "ALTER TABLE pattern_sightings ADD COLUMN latest TEXT DEFAULT 'new'",
            ]
        );
        for (var earlier = 0; earlier <= newest.SchemaVersions.Count; earlier++)
        {
            Forget();
            Upgrade(new DatabaseOfVersions(_database, [.. newest.SchemaVersions.Take(earlier)]));
            if (earlier > 0)
                _events.Execute($"INSERT INTO {TablesOfItsOwn} (pattern_id, session_id, occurrence_count) VALUES ('p', 's', 7)");

            Upgrade(newest);
            Upgrade(newest);

            Assert.Equal(newest.SchemaVersions.Count, _events.Scalar<int>("SELECT max(version) FROM pattern_schema"));
            Assert.Equal(newest.SchemaVersions.Count, _events.Scalar<int>("SELECT count(*) FROM pattern_schema"));
            Assert.Equal(
                earlier > 0 ? 7 : 0,
                _events.Scalar<int>($"SELECT COALESCE(sum(occurrence_count), 0) FROM {TablesOfItsOwn} WHERE latest = 'new'")
            );
        }
    }

    [StoreFact]
    public void Rows_of_every_earlier_version_are_read_and_get_their_worth_from_the_next_run()
    {
        _events.AddOriginalFixture(times: 4);
        for (var earlier = 1; earlier <= _database.SchemaVersions.Count; earlier++)
        {
            Forget();
            Upgrade(new DatabaseOfVersions(_database, [.. _database.SchemaVersions.Take(earlier)]));
            _events.Execute(
                "INSERT INTO pattern_approvals"
                    + " (pattern_id, status, tool_sequence, confidence_score, occurrence_count, estimated_savings_usd)"
                    + $" VALUES ('{RepeatedPattern.IdOf("Read→Edit→Write")}', 'pending', 'Read→Edit→Write', 0.5, 1, 1)"
            );
            var row = Assert.Single(_events.Database.Approvals.Find(new ApprovalQuery()));
            Assert.Equal((WorthKind.NotAssessed, null, null), (row.Kind, row.Rank, row.WorthUsd));

            _events.Analyze();

            Assert.Equal([1, 2], _events.Database.Approvals.Find(new ApprovalQuery()).Select(found => found.Rank));
        }
    }

    [StoreFact]
    public void Tables_made_before_there_were_versions_are_taken_over()
    {
        Upgrade(new DatabaseOfVersions(_database, [_database.SchemaVersions[0]]));
        _events.Execute("DROP TABLE pattern_schema");
        _events.AddOriginalFixture(times: 4);

        Assert.Equal(2, _events.Analyze(EventDatabase.LastDay(dryRun: true)).NewPatterns);
        Assert.Equal(2, _events.Analyze().NewPatterns);
        Assert.Equal(2, _events.Analyze().UnchangedPatterns);
        Assert.Equal(_database.SchemaVersions.Count, _events.Scalar<int>("SELECT max(version) FROM pattern_schema"));
    }

    [StoreFact]
    public void Tables_of_a_newer_product_are_not_touched()
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
        _events.Execute("INSERT INTO pattern_schema (version, applied_at) VALUES (99, '2030-01-01 00:00:00')");
        var before = _events.State();

        var error = Assert.Throws<PatternAnalysisException>(() => _events.Analyze());

        Assert.Equal("SchemaTooNew", error.ErrorId);
        Assert.Equal(before, _events.State());
    }

    [StoreFact]
    public void Tables_of_a_newer_product_are_not_read_either_whatever_is_asked_of_them()
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
        _events.Execute("INSERT INTO pattern_schema (version, applied_at) VALUES (99, '2030-01-01 00:00:00')");
        var database = _events.Database;

        foreach (
            var read in new Action[]
            {
                () => database.Approvals.Find(new PatternAnalysis.Approvals.ApprovalQuery()),
                () => database.Approvals.CountByStatus(),
                () => database.Runs.Last(1),
                () => _events.Analyze(new() { DryRun = true }),
            }
        )
            Assert.Equal("SchemaTooNew", Assert.Throws<PatternAnalysisException>(read).ErrorId);
    }

    [StoreFact]
    public void Processes_that_upgrade_at_once_make_everything_once()
    {
        var attempts = Enumerable.Range(0, 6).Select(_ => new Thread(() => Upgrade(_database))).ToArray();
        foreach (var attempt in attempts)
            attempt.Start();
        foreach (var attempt in attempts)
            attempt.Join();

        Assert.Equal(_database.SchemaVersions.Count, _events.Scalar<int>("SELECT count(*) FROM pattern_schema"));
    }

    private static void Upgrade(ISqlDatabase database)
    {
        using var connection = database.OpenForWriting();
        using var transaction = database.BeginWrite(connection, CancellationToken.None);
        SchemaUpgrade.Apply(database, connection, transaction);
        transaction.Commit();
    }

    private void Forget()
    {
        string[] tables =
        [
            "pattern_review_history",
            "pattern_approvals",
            "pattern_sightings",
            "pattern_evidence",
            "pattern_runs",
            "pattern_notifications",
            "pattern_outbox",
            "pattern_outbox_deliveries",
            "pattern_baselines",
            "pattern_worth",
            "pattern_schema",
        ];
        foreach (var table in tables)
            _events.Execute($"DROP TABLE IF EXISTS {table}");
    }

    private sealed class DatabaseOfVersions(ISqlDatabase database, IReadOnlyList<string> versions) : ISqlDatabase
    {
        public string Name => database.Name;

        public IReadOnlyList<string> SchemaVersions => versions;

        public DbConnection OpenForReading() => database.OpenForReading();

        public void FinishInterruptedWrite() => database.FinishInterruptedWrite();

        public DbConnection OpenForWriting() => database.OpenForWriting();

        public DbTransaction BeginWrite(DbConnection connection, CancellationToken cancellationToken) =>
            database.BeginWrite(connection, cancellationToken);

        public IReadOnlySet<string> ColumnsOf(DbConnection connection, string table, DbTransaction? transaction = null) =>
            database.ColumnsOf(connection, table, transaction);

        public string IsDate => database.IsDate;

        public string IndexNames => database.IndexNames;

        public string IsAmong(string column, string parameter) => database.IsAmong(column, parameter);

        public (string Condition, object Values) IsAmong(string column, string parameter, IReadOnlyCollection<string> texts) =>
            database.IsAmong(column, parameter, texts);

        public void Insert(
            DbConnection connection,
            DbTransaction transaction,
            string table,
            IReadOnlyList<(string Name, Array Values)> columns,
            string onConflict
        ) => database.Insert(connection, transaction, table, columns, onConflict);

        public PatternAnalysisException Translate(DbException error, string doing) => database.Translate(error, doing);
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteSchemaUpgradeTests : SchemaUpgradeTests
{
    public SqliteSchemaUpgradeTests()
        : this(new SqliteEvents()) { }

    private SqliteSchemaUpgradeTests(SqliteEvents events)
        : base(events, new SqliteDatabase(events.Path)) { }
}

/// <summary>On PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresSchemaUpgradeTests : SchemaUpgradeTests
{
    public PostgresSchemaUpgradeTests()
        : this(new PostgresEvents()) { }

    private PostgresSchemaUpgradeTests(PostgresEvents events)
        : base(events, new PostgresDatabase(PostgresAddress.Parse(events.Address, DatabaseOptions.None))) { }
}
