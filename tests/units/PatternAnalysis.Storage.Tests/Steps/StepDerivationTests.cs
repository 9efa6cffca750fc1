using System.Data.Common;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>What deriving steps promises of the tables.</summary>
public abstract class StepDerivationTests : IDisposable
{
    private static readonly string[] s_contents = ["pattern_step_sources", "pattern_step_facts", "pattern_step_verdicts"];

    private readonly EventDatabase _events;

    private protected StepDerivationTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Every_event_of_a_known_type_gets_a_step_once()
    {
        AnyEvents.Generate(new Random(1), 900).AddTo(_events);

        Assert.Equal(900, _events.Database.Steps.Derive().EventCount);
        Assert.Equal(0, _events.Database.Steps.Derive().EventCount);

        Assert.Equal(
            _events.Scalar<int>("SELECT count(*) FROM hook_events WHERE event_type NOT IN ('', 'SessionStart')"),
            _events.Steps().Length
        );
        Assert.Equal(900, _events.Scalar<int>("SELECT sum(event_count) FROM pattern_step_blocks"));
    }

    [StoreFact]
    public void Deriving_as_events_come_gives_the_rows_of_deriving_them_at_once()
    {
        var random = new Random(2);
        var pieces = Enumerable.Range(0, 6).Select(_ => AnyEvents.Generate(random, 150)).ToArray();
        foreach (var piece in pieces)
        {
            piece.AddTo(_events);
            Assert.Equal(150, _events.Database.Steps.Derive().EventCount);
        }

        var inPieces = Rows();
        _events.Execute("DELETE FROM pattern_step_blocks");
        _events.Execute("DELETE FROM pattern_step_facts");
        _events.Execute("DELETE FROM pattern_step_sources");
        _events.Execute("DELETE FROM pattern_step_verdicts");

        Assert.Equal(900, _events.Database.Steps.Derive().EventCount);

        Assert.Equal(inPieces, Rows());
    }

    [StoreFact]
    public void A_database_that_was_named_by_mistake_gets_no_tables()
    {
        _events.Execute("DROP TABLE hook_events");
        _events.Execute("CREATE TABLE customers (name TEXT)");
        var steps = _events.Database.Steps;

        Assert.Equal(0, steps.Derive().EventCount);
        Assert.Equal(0, steps.Build(again: true).EventCount);
        Assert.Equal("TableNotFound", Assert.Throws<PatternAnalysisException>(() => steps.Remove()).ErrorId);

        Assert.ThrowsAny<DbException>(() => _events.Scalar<long>("SELECT count(*) FROM pattern_step_state"));
    }

    [StoreFact]
    public void What_other_rules_made_of_events_is_gone_once_they_are_derived_anew()
    {
        AnyEvents.Generate(new Random(4), 300).AddTo(_events);
        _events.Database.Steps.Derive();
        var rows = Rows();
        _events.Execute("UPDATE pattern_step_blocks SET rules = 'worse ones'");
        _events.Execute("INSERT INTO pattern_step_verdicts (id, level, segment) VALUES (7, 1, 'a secret that they left')");

        Assert.Equal(300, _events.Database.Steps.Derive().EventCount);

        Assert.Equal(rows, Rows());
    }

    [StoreFact]
    public void No_secret_of_a_payload_is_stored()
    {
        AnyEvents.Generate(new Random(3), 3000).AddTo(_events);

        _events.Database.Steps.Derive();

        string[] rows =
        [
            .. _events.Rows("pattern_step_facts", "pattern_step_verdicts"),
            .. _events.Steps().Select(step => step.ToString()),
        ];
        Assert.Contains(rows, row => row.Contains("***", StringComparison.Ordinal));
        Assert.All(
            ["geheim7788", "ghp_0123456789", "ghp_ABCDEFGHIJKLM", "secret99"],
            secret => Assert.DoesNotContain(rows, row => row.Contains(secret, StringComparison.Ordinal))
        );
        Assert.All(_events.Rows("pattern_step_sources"), row => Assert.DoesNotMatch("(agent|prompt)_id=[^,]*ghp_0", row));
    }

    private string[] Rows() =>
        [.. _events.Steps().Select(step => step.ToString()).Concat(_events.Rows(s_contents).Order(StringComparer.Ordinal))];
}

public sealed class SqliteStepDerivationTests() : StepDerivationTests(new SqliteEvents(AnyEvents.SqliteSchema));

[Collection(PostgresTests.Name)]
public sealed class PostgresStepDerivationTests() : StepDerivationTests(new PostgresEvents(AnyEvents.PostgresSchema))
{
    [StoreTheory]
    [InlineData("id BIGINT NOT NULL, timestamp TEXT NOT NULL, UNIQUE (id, timestamp)", "")]
    [InlineData("id BIGINT PRIMARY KEY, timestamp TEXT", "CREATE TABLE more () INHERITS (hook_events)")]
    public void Numbers_that_two_events_may_have_are_none(string columns, string further)
    {
        using var events = new PostgresEvents(
            $"CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, {columns}); {further}"
        );
        events.Execute("INSERT INTO hook_events VALUES ('s', 'PreToolUse', 'Read', 1, '2026-03-02 10:00:00')");

        Assert.Equal(0, events.Database.Steps.Derive().EventCount);
    }
}
