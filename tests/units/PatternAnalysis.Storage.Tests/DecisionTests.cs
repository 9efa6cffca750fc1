using System.Data.Common;
using Dapper;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>
/// What a decision promises: it stays, it overwrites no other, and the history says when what was decided on has changed.
/// </summary>
public abstract class DecisionTests : IDisposable
{
    private const string Routine = "Read→Edit→Write";

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_id = RepeatedPattern.IdOf(Routine);

    private readonly EventDatabase _events;

    protected DecisionTests(EventDatabase events) => _events = events;

    private IPatternApprovalStore Store => _events.Database.Approvals;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void The_second_of_two_reviewers_is_told_and_overwrites_nothing()
    {
        AddDay(0, 20);
        var (shownToAda, shownToBob) = (Stored(), Stored());

        Store.Decide(Approve("ada") with { Shown = ShownState.Of(shownToAda) });
        var error = Assert.Throws<PatternAnalysisException>(() => Store.Decide(Reject("bob") with { Shown = ShownState.Of(shownToBob) }));

        Assert.Equal("PatternDecidedMeanwhile", error.ErrorId);
        Assert.Contains("approved by ada", error.Message, StringComparison.Ordinal);
        Assert.Equal((PatternStatus.Approved, "ada"), (Stored().Status, Stored().ReviewedBy));
        Assert.Single(Store.History(s_id));
    }

    [StoreFact]
    public async Task Of_many_reviewers_at_once_exactly_one_decides()
    {
        AddDay(0, 20);
        var shown = ShownState.Of(Stored());

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(reviewer =>
                    Task.Run(() =>
                    {
                        try
                        {
                            Store.Decide(Approve($"reviewer-{reviewer}") with { Shown = shown });
                            return "decided";
                        }
                        catch (PatternAnalysisException error)
                        {
                            return error.ErrorId;
                        }
                    })
                )
        );

        Assert.Single(outcomes, "decided");
        Assert.Equal(7, outcomes.Count(outcome => outcome == "PatternDecidedMeanwhile"));
        Assert.Equal(Stored().ReviewedBy, Assert.Single(Store.History(s_id)).Reviewer);
    }

    [StoreFact]
    public void A_run_in_between_is_told_too()
    {
        AddDay(0, 20);
        var shown = ShownState.Of(Stored()) with { UpdatedAt = s_noon };

        var error = Assert.Throws<PatternAnalysisException>(() => Store.Decide(Approve("ada") with { Shown = shown }));

        Assert.Equal("PatternChangedMeanwhile", error.ErrorId);
        Assert.Equal(PatternStatus.Pending, Stored().Status);
    }

    [StoreFact]
    public void Who_saw_a_decision_may_replace_it_and_both_stay_in_the_history()
    {
        AddDay(0, 20);
        Store.Decide(Approve("ada"));
        Assert.Equal("PatternDecidedMeanwhile", Assert.Throws<PatternAnalysisException>(() => Store.Decide(Reject("bob"))).ErrorId);

        Store.Decide(Reject("bob") with { Shown = ShownState.Of(Stored()) });

        Assert.Equal(["rejected bob", "approved ada"], Store.History(s_id).Select(entry => $"{entry.Action} {entry.Reviewer}"));
    }

    [StoreTheory]
    [InlineData("pending", "ada", "x", "InvalidDecision")]
    [InlineData("maybe", "ada", "x", "InvalidDecision")]
    [InlineData("rejected", "ada", " ", "ReasonMissing")]
    [InlineData("rejected", "ada", null, "ReasonMissing")]
    [InlineData("approved", "", null, "ReviewerMissing")]
    public void What_is_no_decision_is_refused_before_anything_is_written(string status, string reviewer, string? notes, string errorId)
    {
        AddDay(0, 20);
        var before = _events.State();

        Assert.Equal(
            errorId,
            Assert.Throws<PatternAnalysisException>(() => Store.Decide(new ReviewDecision(s_id, status, reviewer, notes))).ErrorId
        );

        Assert.Equal(before, _events.State());
    }

    [StoreFact]
    public void Unknown_patterns_and_states_are_named()
    {
        AddDay(0, 20);

        Assert.Equal(
            "PatternNotFound",
            Assert.Throws<PatternAnalysisException>(() => Store.Decide(Approve("ada") with { PatternId = "none" })).ErrorId
        );
        Assert.Equal("PatternNotFound", Assert.Throws<PatternAnalysisException>(() => Store.Describe("none")).ErrorId);
        Assert.Equal(
            "InvalidStatus",
            Assert.Throws<PatternAnalysisException>(() => Store.Find(new ApprovalQuery { Status = ["maybe"] })).ErrorId
        );
        Assert.Equal(s_id, Assert.Single(Store.Find(new ApprovalQuery { Status = ["PENDING"] })).PatternId);
    }

    [StoreFact]
    public void Every_state_of_the_list_can_be_stored_and_no_other()
    {
        AddDay(0, 20);
        using var connection = _events.Open();
        const string Update = "UPDATE pattern_approvals SET status = @status";
        foreach (var status in PatternStatus.All)
        {
            connection.Execute(Update, new { status });
            Assert.Equal(status, Stored().Status);
        }

        Assert.ThrowsAny<DbException>(() => connection.Execute(Update, new { status = "maybe" }));
    }

    [StoreFact]
    public void Twice_as_often_and_ten_times_more_is_flagged_once_and_the_decision_stays()
    {
        AddDay(0, 20);
        Store.Decide(Reject("ada"));

        AddDay(1, 19);
        Assert.Empty(Flags());

        AddDay(2, 1);
        Assert.Equal("seen 20 → 40 times", Assert.Single(Flags()));

        AddDay(3, 5);
        Assert.Single(Flags());

        AddDay(4, 35);
        Assert.Equal(["seen 40 → 80 times", "seen 20 → 40 times"], Flags());
        Assert.Equal((PatternStatus.Rejected, "ada"), (Stored().Status, Stored().ReviewedBy));
    }

    [StoreFact]
    public void From_two_to_four_is_no_news()
    {
        AddDay(0, 4);
        Store.Decide(Reject("ada"));

        AddDay(1, 9);

        Assert.DoesNotContain(Flags(), flag => flag.Contains("seen", StringComparison.Ordinal));
    }

    [StoreFact]
    public void A_border_of_the_policy_is_flagged_when_it_is_crossed()
    {
        var policy = new ClassificationPolicy { ApproveOccurrences = 30, ApproveSavings = 1 };
        AddDay(0, 25, policy);
        Store.Decide(Reject("ada"));

        AddDay(1, 10, policy);

        Assert.Equal("by policy pending → auto-approved", Assert.Single(Flags()));
        Assert.Equal(PatternStatus.Rejected, Stored().Status);
    }

    [StoreFact]
    public void A_step_that_became_destructive_is_flagged_with_its_rule()
    {
        AddDay(0, 20);
        Store.Decide(Approve("ada"));

        AddDay(1, 2, new ClassificationPolicy { DestructiveTools = ["Edit"] });

        Assert.StartsWith(
            "danger Safe → Destructive (the tool's name has the word 'Edit' "
                + "[policy.destructive-tool]: Edit); by policy pending → auto-rejected",
            Assert.Single(Flags()),
            StringComparison.Ordinal
        );
        Assert.Equal(DangerLevel.Destructive, Store.Describe(s_id).Evidence!.Danger.Level);
        Assert.Equal(PatternStatus.Approved, Stored().Status);
    }

    [StoreFact]
    public void A_decision_that_something_else_made_gets_its_baseline_from_the_next_run()
    {
        AddDay(0, 20);
        _events.Execute("UPDATE pattern_approvals SET status = 'rejected', reviewed_by = 'the original'");

        AddDay(1, 20);
        Assert.Empty(Flags());

        AddDay(2, 40);
        Assert.Equal("seen 40 → 80 times", Assert.Single(Flags()));
    }

    [StoreFact]
    public void A_rejected_pattern_is_never_notified_of_again()
    {
        AddDay(0, 20);
        Store.Decide(Reject("ada"));

        AddDay(1, 60);

        Assert.NotEmpty(Flags());
        Assert.Empty(new ReviewerNotifier(_events.Database.Outbox, [new NoSink()]).Notify([Stored()]).Single().Patterns);
    }

    [StoreFact]
    public void A_pattern_is_described_with_its_evidence_its_days_and_its_history()
    {
        AddDay(0, 20);
        AddDay(1, 12, firstDay: 1);
        Store.Decide(Approve("ada"));

        var details = Store.Describe(s_id);

        Assert.Equal([new DayCount(new DateOnly(2026, 3, 2), 20, 20), new DayCount(new DateOnly(2026, 3, 3), 12, 12)], details.Days);
        Assert.Equal(DangerLevel.Safe, details.Evidence!.Danger.Level);
        Assert.Equal(12, details.Evidence.OccurrenceCount);
        Assert.Equal("approved", Assert.Single(details.History).Action);
    }

    [StoreFact]
    public void What_the_original_wrote_is_described_without_the_products_tables()
    {
        _events.Execute("CREATE TABLE pattern_approvals (pattern_id TEXT UNIQUE, status TEXT, tool_sequence TEXT)");
        _events.Execute("INSERT INTO pattern_approvals VALUES ('x', 'pending', 'A→B')");

        var details = Store.Describe("x");

        Assert.Null(details.Evidence);
        Assert.Empty(details.History);
        Assert.Empty(Store.History());
    }

    private static ReviewDecision Approve(string reviewer) => new(s_id, PatternStatus.Approved, reviewer, null);

    private static ReviewDecision Reject(string reviewer) => new(s_id, PatternStatus.Rejected, reviewer, "no use");

    private PatternApproval Stored() => Assert.Single(Store.Find(new ApprovalQuery { PatternId = [s_id] }));

    private IEnumerable<string> Flags() =>
        Store.History(s_id).Where(entry => entry.Action == ReviewHistoryEntry.Flagged).Select(entry => entry.Notes!);

    /// <summary>
    /// Adds a day on which some sessions hold the routine and as many don't, and looks at all days since the first: a day alone can be too
    /// small.
    /// </summary>
    private void AddDay(int day, int sessions, ClassificationPolicy? policy = null, int firstDay = 0)
    {
        for (var session = 0; session < sessions; session++)
        {
            _events.AddSession($"day-{day}-{session}", s_noon.AddDays(day).AddMinutes(session), "Read", "Edit", "Write");
            _events.AddSession($"other-{day}-{session}", s_noon.AddDays(day).AddMinutes(session), $"Only{session}", $"Once{session}");
        }

        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(s_noon.AddDays(firstDay), s_noon.AddDays(day + 1)) },
                Policy = policy ?? new ClassificationPolicy(),
            }
        );
    }

    private sealed class NoSink : INotificationSink
    {
        public string Name => "Log";

        public void Send(ReviewNotification notification, CancellationToken cancellationToken) => Assert.Fail("Nobody is to be told.");
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteDecisionTests() : DecisionTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresDecisionTests() : DecisionTests(new PostgresEvents());
