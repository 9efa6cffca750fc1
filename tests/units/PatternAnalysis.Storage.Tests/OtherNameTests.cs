using System.Text;
using System.Text.Json.Nodes;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>A decision holds for the occurrences that it was made on, whatever they are called later.</summary>
public abstract class OtherNameTests : IDisposable
{
    private const string Operations = "Bash(git add)→Bash(git commit)";
    private const string Forms = "Bash(git add <path>)→Bash(git commit -m <text>)";

    private readonly EventDatabase _events;

    private protected OtherNameTests(EventDatabase events)
    {
        _events = events;
        for (var session = 0; session < 20; session++)
        {
            Add(session, 0, $"git add src/{session}.cs");
            Add(session, 1, $"git commit -m 'Change {session}'");
            Add(session, 2, $"run{session} {session}");
            Add(session, 3, $"look{session} {session}");
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void What_was_rejected_under_another_name_is_not_proposed_anew()
    {
        Analyze(ActivityModel.Operation);
        Store.Decide(new ReviewDecision(RepeatedPattern.IdOf(Operations), PatternStatus.Rejected, "ada", "no use"));

        var summary = Analyze(ActivityModel.Adaptive);

        Assert.Contains(summary.Patterns, pattern => pattern.ToolSequence == Forms);
        Assert.DoesNotContain(summary.Saved, saved => saved.Approval.ToolSequence == Forms);
        Assert.Empty(Store.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(Forms)] }));
    }

    [StoreFact]
    public void It_is_told_which_decision_covers_it_in_the_summary_the_reports_and_the_queue()
    {
        var reason = $"covered by the decision on {Operations} ({RepeatedPattern.IdOf(Operations)}, rejected)";
        Analyze(ActivityModel.Operation);
        Store.Decide(new ReviewDecision(RepeatedPattern.IdOf(Operations), PatternStatus.Rejected, "ada", "no use"));

        var summary = Analyze(ActivityModel.Adaptive);

        Assert.Equal(reason, Assert.Single(summary.Covered, covered => covered.ToolSequence == Forms).Reason);
        Assert.Contains("Covered by decisions under other names, and not queued: ", summary.ToString(), StringComparison.Ordinal);
        Assert.Contains("Covered by decisions under other names (", Report(summary, ReportFormat.Markdown), StringComparison.Ordinal);
        Assert.Contains(reason, Report(summary, ReportFormat.Html), StringComparison.Ordinal);
        var pattern = JsonNode.Parse(Report(summary, ReportFormat.Json))!["patterns"]!
            .AsArray()
            .Single(pattern => (string?)pattern!["tool_sequence"] == Forms)!;
        Assert.Equal("rejected", (string?)pattern["covered_by_decision"]!["status"]);
        Assert.Contains(Store.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(Operations)] })[0].Covers, IsForms);
        Assert.Contains(Store.Describe(RepeatedPattern.IdOf(Operations)).Approval.Covers, IsForms);
    }

    [StoreFact]
    public void Once_the_decision_is_taken_back_it_waits_as_others_do_and_nothing_covers_it()
    {
        Analyze(ActivityModel.Operation);
        Store.Decide(new ReviewDecision(RepeatedPattern.IdOf(Operations), PatternStatus.Rejected, "ada", "no use"));
        Analyze(ActivityModel.Adaptive);
        Store.Reset(RepeatedPattern.IdOf(Operations), "ada", null);

        Assert.DoesNotContain(Analyze(ActivityModel.Adaptive).Covered, IsForms);

        Store.Decide(new ReviewDecision(RepeatedPattern.IdOf(Operations), PatternStatus.Rejected, "ada", "no use"));
        Assert.DoesNotContain(Store.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(Operations)] })[0].Covers, IsForms);
    }

    private static bool IsForms(CoveredPattern covered) => covered.ToolSequence == Forms;

    private static string Report(AnalysisSummary summary, ReportFormat format)
    {
        using var stream = new MemoryStream();
        ReportWriters.For(format).Write(summary, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [StoreFact]
    public void Without_a_decision_it_is_a_pattern_like_others()
    {
        Analyze(ActivityModel.Operation);

        Assert.Contains(Analyze(ActivityModel.Adaptive).Saved, saved => saved.Approval.ToolSequence == Forms);
    }

    [StoreFact]
    public void What_a_regular_run_no_longer_finds_of_a_decision_is_shown_no_more()
    {
        var id = RepeatedPattern.IdOf(Operations);
        Analyze(ActivityModel.Operation);
        Store.Decide(new ReviewDecision(id, PatternStatus.Rejected, "ada", "no use"));
        Analyze(ActivityModel.Adaptive);
        _events.Execute($"INSERT INTO pattern_covered VALUES ('old', 'Old→Name', 9, '{id}')");

        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = WindowOf(3) },
                ReportWindow = WindowOf(3),
                Activity = new ActivityOptions { Model = ActivityModel.Adaptive },
            }
        );

        var covers = Store.Find(new ApprovalQuery { PatternId = [id] })[0].Covers;
        Assert.Contains(covers, IsForms);
        Assert.DoesNotContain(covers, covered => covered.PatternId == "old");
    }

    [StoreFact]
    public void What_was_rejected_after_months_is_compared_by_what_one_horizon_held()
    {
        foreach (var month in new[] { 4, 5 })
        {
            for (var session = 0; session < 20; session++)
            {
                Add(100 * month + session, 0, $"git add src/{session}.cs", month);
                Add(100 * month + session, 1, $"git commit -m 'Change {session}'", month);
            }
        }

        foreach (var month in new[] { 3, 4, 5 })
            Analyze(ActivityModel.Operation, month);
        var id = RepeatedPattern.IdOf(Operations);
        Assert.Equal(60, Store.Find(new ApprovalQuery { PatternId = [id] })[0].OccurrenceCount);
        Store.Decide(new ReviewDecision(id, PatternStatus.Rejected, "ada", "no use"));

        Assert.Contains(Analyze(ActivityModel.Adaptive, 5).Covered, IsForms);
    }

    [StoreFact]
    public void No_approval_covers_what_is_destructive()
    {
        for (var session = 0; session < 20; session++)
        {
            Add(session, 10, $"git push origin topic{session}");
            Add(session, 11, "rm -rf /var/lib/data");
        }

        var operations = Assert.Single(
            Analyze(ActivityModel.Operation).Saved,
            saved => saved.Approval.ToolSequence == "Bash(git push)→Bash(rm)"
        );
        Store.Decide(new ReviewDecision(operations.Approval.PatternId, PatternStatus.Approved, "ada", null));

        var summary = Analyze(ActivityModel.Adaptive);

        Assert.Empty(summary.Covered);
        Assert.Contains(
            summary.Saved,
            saved => saved.Approval.ToolSequence.StartsWith("Bash(git push ", StringComparison.Ordinal) && IsDestructive(saved)
        );
    }

    private static bool IsDestructive(SavedPattern saved) => saved.Approval.DangerLevel == Danger.DangerLevel.Destructive;

    [StoreFact]
    public void A_decision_on_many_more_occurrences_was_about_something_else()
    {
        for (var session = 100; session < 180; session++)
        {
            Add(session, 0, $"git add --patch --verbose x{session} y z");
            Add(session, 1, $"git commit --amend --reset-author --date=now{session}");
        }

        Analyze(ActivityModel.Operation);
        Store.Decide(new ReviewDecision(RepeatedPattern.IdOf(Operations), PatternStatus.Rejected, "ada", "no use"));

        Assert.Contains(Analyze(ActivityModel.Adaptive).Saved, saved => saved.Approval.ToolSequence == Forms);
    }

    private IPatternApprovalStore Store => _events.Database.Approvals;

    private void Add(int session, int second, string command, int month = 3) =>
        _events.AddCall(
            $"session-{session}",
            "PreToolUse",
            "Bash",
            $"2026-{month:D2}-02 12:{session % 60:D2}:{second:D2}",
            new System.Text.Json.Nodes.JsonObject
            {
                ["tool_input"] = new System.Text.Json.Nodes.JsonObject { ["command"] = command },
            }.ToJsonString()
        );

    private static TimeWindow WindowOf(int month) =>
        new(new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, month + 1, 1, 0, 0, 0, TimeSpan.Zero));

    private AnalysisSummary Analyze(ActivityModel model, int? month = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = month is { } number ? WindowOf(number) : TimeWindow.Always },
                Activity = new ActivityOptions { Model = model },
            }
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteOtherNameTests() : OtherNameTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOtherNameTests() : OtherNameTests(new PostgresEvents(PostgresEvents.OriginalSchema));
