using System.Data.Common;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What saving promises: no occurrence counted twice, no human decision lost, no half-done run.</summary>
public abstract class SaveTests : IDisposable
{
    private static readonly string[] s_tables =
    [
        "pattern_approvals",
        "pattern_review_history",
        "pattern_sightings",
        "pattern_evidence",
        "pattern_outbox",
        "pattern_outbox_deliveries",
    ];

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly EventDatabase _events;

    protected SaveTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_second_run_changes_no_row()
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
        var before = _events.Rows(s_tables);

        var summary = _events.Analyze();

        Assert.Equal((0, 0, 2), (summary.NewPatterns, summary.UpdatedPatterns, summary.UnchangedPatterns));
        Assert.Equal(before, _events.Rows(s_tables));
        Assert.Equal(2, _events.Scalar<long>("SELECT count(*) FROM pattern_runs"));
    }

    [StoreFact]
    public void A_dry_run_leaves_every_byte_and_says_what_a_run_would_do()
    {
        _events.AddOriginalFixture(times: 4);
        var before = _events.State();

        var first = _events.Analyze(EventDatabase.LastDay(dryRun: true));

        Assert.Equal(before, _events.State());
        Assert.Equal((2, 0, 0), (first.NewPatterns, first.UpdatedPatterns, first.UnchangedPatterns));
        Assert.Null(first.RunId);

        _events.Analyze();
        before = _events.State();
        var second = _events.Analyze(EventDatabase.LastDay(dryRun: true));

        Assert.Equal(before, _events.State());
        Assert.Equal((0, 0, 2), (second.NewPatterns, second.UpdatedPatterns, second.UnchangedPatterns));
    }

    [StoreTheory]
    [InlineData(6, 18)]
    [InlineData(18, 6)]
    [InlineData(9, 15)]
    public void Windows_that_overlap_count_each_occurrence_once(int firstHours, int secondHours)
    {
        // Sessions that last from noon to six, a routine every hour: any window cuts them.
        for (var session = 0; session < 6; session++)
        {
            for (var hour = 0; hour < 6; hour++)
                _events.AddSession(
                    $"session-{session}",
                    s_noon.AddHours(hour).AddMinutes(session),
                    "Read",
                    "Edit",
                    "Write",
                    $"Other{hour}"
                );
        }

        Analyze(s_noon.AddHours(-1), s_noon.AddHours(-1 + firstHours / 3));
        Analyze(s_noon, s_noon.AddHours(secondHours / 3));
        Analyze(s_noon.AddHours(2).AddMinutes(30), s_noon.AddHours(9));

        var pattern = Stored("Read→Edit→Write");
        Assert.Equal(36, pattern.OccurrenceCount);
        Assert.Equal(
            36,
            _events.Scalar<long>($"SELECT sum(occurrence_count) FROM pattern_sightings WHERE pattern_id = '{pattern.PatternId}'")
        );
    }

    [StoreFact]
    public void A_closer_look_at_what_was_seen_changes_nothing()
    {
        for (var session = 0; session < 20; session++)
            _events.AddSession($"session-{session:D2}", s_noon.AddMinutes(session), "Read", "Edit", "Write");
        Analyze(s_noon, s_noon.AddHours(1));
        var before = _events.Rows(s_tables);

        Analyze(s_noon.AddMinutes(5), s_noon.AddMinutes(10));

        Assert.Equal(before, _events.Rows(s_tables));
    }

    [StoreFact]
    public void The_days_of_a_routine_add_up()
    {
        for (var day = 0; day < 3; day++)
        {
            for (var session = 0; session < 10; session++)
                _events.AddSession($"day-{day}-{session}", s_noon.AddDays(day).AddMinutes(session), "Read", "Edit", "Write");
        }

        for (var day = 0; day < 3; day++)
            Analyze(s_noon.AddDays(day), s_noon.AddDays(day + 1));

        var pattern = Stored("Read→Edit→Write");
        Assert.Equal((30, 75.00m), (pattern.OccurrenceCount, pattern.EstimatedSavings));
    }

    [StoreFact]
    public void Evidence_of_several_days_can_reach_approval_and_the_change_is_in_the_history()
    {
        var policy = new ClassificationPolicy { ApproveOccurrences = 100, ApproveSavings = 200 };
        for (var day = 0; day < 2; day++)
        {
            for (var session = 0; session < 60; session++)
                _events.AddSession($"day-{day}-{session}", s_noon.AddDays(day).AddMinutes(session), "Read", "Edit", "Write");
        }

        Analyze(s_noon, s_noon.AddDays(1), policy);
        Assert.Equal(PatternStatus.Pending, Stored("Read→Edit→Write").Status);
        Assert.Equal(0, _events.Scalar<long>("SELECT count(*) FROM pattern_review_history"));

        Analyze(s_noon, s_noon.AddDays(2), policy);
        Assert.Equal(PatternStatus.AutoApproved, Stored("Read→Edit→Write").Status);
        Assert.StartsWith(
            "pending → auto-approved",
            _events.Scalar<string>("SELECT notes FROM pattern_review_history WHERE action = 'flagged' AND reviewer = 'pattern-analysis'"),
            StringComparison.Ordinal
        );
    }

    [StoreTheory]
    [InlineData(PatternStatus.Approved)]
    [InlineData(PatternStatus.Rejected)]
    public void A_human_decision_survives_every_run(string status)
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
        var id = RepeatedPattern.IdOf("Read→Edit→Write");
        _events.Database.Approvals.Decide(new ReviewDecision(id, status, "ada", "seen"));

        _events.AddSession("late", DateTimeOffset.UtcNow.AddMinutes(-1), "Read", "Edit", "Write");
        _events.Analyze();

        var pattern = Stored("Read→Edit→Write");
        Assert.Equal(
            (status, "ada", "seen", 21),
            (pattern.Status, pattern.ReviewedBy, pattern.ApprovalNotes, (int)pattern.OccurrenceCount)
        );
        Assert.Equal(
            [$"{status} ada seen"],
            _events
                .Rows("pattern_review_history")
                .Select(_ => _events.Scalar<string>("SELECT action || ' ' || reviewer || ' ' || notes FROM pattern_review_history"))
        );
    }

    [StoreFact]
    public void Each_state_is_reached_from_events_alone()
    {
        // 210 sessions of a routine of 30 distinct steps save 210 x 30 x $0.83 = $5,250.
        var routine = Enumerable.Range(0, 30).Select(step => $"Step{step}").ToArray();
        for (var session = 0; session < 210; session++)
            _events.AddSession($"routine-{session}", s_noon.AddSeconds(session), routine);
        for (var session = 0; session < 20; session++)
        {
            _events.AddSession($"habit-{session}", s_noon.AddSeconds(session), "Read", "Edit", "Write");
            _events.AddSession($"danger-{session}", s_noon.AddSeconds(session), "Plan", "delete_branch");
        }

        _events.AddSession("chance-1", s_noon, "Ask", "Wait").AddSession("chance-2", s_noon, "Ask", "Wait");

        Analyze(s_noon, s_noon.AddDays(1));

        Assert.Equal(PatternStatus.AutoApproved, Stored(string.Join('→', routine)).Status);
        Assert.Equal(PatternStatus.Pending, Stored("Read→Edit→Write").Status);
        Assert.Equal(PatternStatus.AutoRejected, Stored("Plan→delete_branch").Status);
        Assert.Equal(PatternStatus.AutoRejected, Stored("Ask→Wait").Status);
        Assert.True(Stored("Plan→delete_branch").ConfidenceScore > 0.99);
    }

    [StoreFact]
    public void Only_the_most_valuable_of_the_coincidences_get_a_row_and_those_that_have_one_keep_it()
    {
        _events.AddOriginalFixture();

        var limited = _events.Analyze(EventDatabase.LastDay() with { Saving = new() { CoincidenceLimit = 1 } });
        Assert.Equal((2, 1, 1), (limited.PatternsFound, limited.NewPatterns, limited.NotStored));
        Assert.Equal("Read→Edit→Write", Assert.Single(_events.Database.Approvals.Find(new ApprovalQuery())).ToolSequence);

        var none = _events.Analyze(EventDatabase.LastDay() with { Saving = new() { CoincidenceLimit = 0 } });
        Assert.Equal((0, 1, 1), (none.NewPatterns, none.UnchangedPatterns, none.NotStored));
    }

    [StoreFact]
    public void A_run_without_a_pattern_leaves_a_row_all_the_same()
    {
        _events.AddSession("alone", DateTimeOffset.UtcNow.AddHours(-1), "Read");

        var summary = _events.Analyze();

        Assert.Equal((1, 0, 0), (summary.TotalSessions, summary.PatternsFound, summary.NewPatterns));
        Assert.Equal(1, _events.Scalar<long>("SELECT count(*) FROM pattern_runs WHERE outcome = 'completed' AND sessions = 1"));
    }

    [StoreFact]
    public void A_failed_run_leaves_a_row_that_says_so()
    {
        _events.Analyze();
        _events.Execute("DROP TABLE hook_events");

        var error = Assert.Throws<PatternAnalysisException>(() => _events.Analyze());

        Assert.Equal("TableNotFound", error.ErrorId);
        Assert.Equal(SecretMasker.Mask(error.Message), _events.Scalar<string>("SELECT error FROM pattern_runs WHERE outcome = 'failed'"));
    }

    [StoreFact]
    public void A_database_that_was_named_by_mistake_gets_no_tables()
    {
        _events.Execute("DROP TABLE hook_events");
        _events.Execute("CREATE TABLE customers (name TEXT)");

        Assert.Throws<PatternAnalysisException>(() => _events.Analyze());

        Assert.ThrowsAny<DbException>(() => _events.Scalar<long>("SELECT count(*) FROM pattern_runs"));
    }

    [StoreFact]
    public void A_table_that_lacks_columns_is_worked_with_and_unknown_columns_are_left_alone()
    {
        _events.Execute(
            "DROP TABLE IF EXISTS pattern_review_history; DROP TABLE IF EXISTS pattern_approvals; "
                + "CREATE TABLE pattern_approvals (pattern_id TEXT UNIQUE, status TEXT, "
                + "tool_sequence TEXT, occurrence_count INTEGER, owner TEXT DEFAULT 'us')"
        );
        _events.AddOriginalFixture();

        _events.Analyze();
        _events.Execute("UPDATE pattern_approvals SET owner = 'them'");
        _events.AddSession("more", DateTimeOffset.UtcNow.AddHours(-1), "Read", "Edit", "Write");
        _events.Analyze();

        Assert.Equal(
            "6 them",
            _events.Scalar<string>("SELECT occurrence_count || ' ' || owner FROM pattern_approvals WHERE tool_sequence = 'Read→Edit→Write'")
        );
    }

    [StoreFact]
    public void Hostile_names_are_stored_as_they_are()
    {
        const string hostile = "'); DROP TABLE hook_events; --";
        for (var session = 0; session < 3; session++)
            _events.AddSession($"s'{session}", DateTimeOffset.UtcNow.AddHours(-1), hostile, "a→b", "c\nd");

        _events.Analyze();

        Assert.Equal(
            [@"'); DROP TABLE hook_events; --→a\u2192b→c\u000Ad"],
            _events.Database.Approvals.Find(new ApprovalQuery()).Select(pattern => pattern.ToolSequence)
        );
        Assert.Equal(9, _events.Scalar<long>("SELECT count(*) FROM hook_events"));
    }

    [StoreFact]
    public void A_cancelled_save_leaves_nothing()
    {
        _events.AddOriginalFixture();
        var before = _events.State();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new DailyAnalysis(_events.Database.Events, _events.Database.Approvals).Run(EventDatabase.LastDay(), null, cancelled.Token)
        );

        Assert.Equal(before, _events.State());
    }

    private void Analyze(DateTimeOffset since, DateTimeOffset until, ClassificationPolicy? policy = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(since, until) },
                Policy = policy ?? new ClassificationPolicy(),
            }
        );

    private PatternApproval Stored(string toolSequence) =>
        Assert.Single(_events.Database.Approvals.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(toolSequence)] }));
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteSaveTests() : SaveTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresSaveTests() : SaveTests(new PostgresEvents());

/// <summary>The same on PostgreSQL in the tables that the original's project has there.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOriginalSaveTests()
    : SaveTests(new PostgresEvents(PostgresEvents.OriginalSchema + PostgresEvents.OriginalPatternSchema));
