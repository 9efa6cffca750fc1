using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage.Tests.Support;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What people see of a pattern some of whose occurrences are destructive, and what they can do with the others.</summary>
public abstract class DestructiveVariantTests : IDisposable
{
    private const string Whole = "Bash(git branch)→Read(.md)";
    private const string Variant = "Bash(git branch)→Read(.md) (without: git branch)";

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private const string InsertCall =
        "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, payload) "
        + "VALUES (@sessionId, 'PreToolUse', @tool, @time, @payload)";

    private readonly EventDatabase _events;

    protected DestructiveVariantTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    private IPatternApprovalStore Store => _events.Database.Approvals;

    [StoreFact]
    public void The_occurrences_are_counted_by_how_dangerous_they_are()
    {
        AddSessions();

        var pattern = Analyze().Patterns.Single(pattern => pattern.ToolSequence == Whole);

        Assert.Equal(
            (28, 2, 3, 33),
            (pattern.SafeOccurrenceCount, pattern.UnknownOccurrenceCount, pattern.DestructiveOccurrenceCount, pattern.OccurrenceCount)
        );
        var stored = Stored(Whole);
        Assert.Equal((28L, 2L, 3L), (stored.SafeOccurrenceCount, stored.UnknownOccurrenceCount, stored.DestructiveOccurrenceCount));
        Assert.Equal((DangerLevel.Destructive, "git.branch-delete"), (stored.DangerLevel, stored.DangerRule));
    }

    [StoreFact]
    public void The_worst_occurrences_are_named_with_session_time_and_the_whole_masked_command()
    {
        AddSessions();

        Analyze();

        var worst = Stored(Whole).WorstOccurrences;
        Assert.Equal(["bad-0", "bad-1", "bad-2"], worst.Select(occurrence => occurrence.SessionId));
        Assert.Equal(s_noon.AddHours(5), worst[0].At);
        Assert.Equal("git branch -D old-0 && curl -H 'Authorization: Bearer ***'", worst[0].Command);
        Assert.All(worst, occurrence => Assert.Equal(DangerLevel.Destructive, occurrence.Level));
    }

    [StoreFact]
    public void A_second_run_over_the_same_events_changes_nothing()
    {
        AddSessions();
        Analyze();

        var again = Analyze();

        Assert.Equal((0, 0), (again.NewPatterns, again.UpdatedPatterns));
    }

    [StoreFact]
    public void What_a_later_run_does_not_hold_is_still_among_the_worst()
    {
        AddSessions();
        Analyze();
        for (var session = 0; session < 20; session++)
            AddSession($"later-{session:D2}", s_noon.AddDays(2).AddMinutes(session), "git branch");

        Analyze(s_noon.AddDays(2));

        Assert.Equal(["bad-0", "bad-1", "bad-2"], Stored(Whole).WorstOccurrences.Select(occurrence => occurrence.SessionId));
    }

    [StoreFact]
    public void The_rest_is_a_pattern_of_its_own_that_waits_for_a_person()
    {
        AddSessions();

        var summary = Analyze();

        var variant = summary.Patterns.Single(pattern => pattern.ToolSequence == Variant);
        Assert.Equal(("git branch", PatternStatus.Pending), (variant.Without, variant.Status));
        Assert.Equal((30, 30, 28, 2, 0), Counts(variant));
        Assert.True(variant.ConfidenceScore > 0.99);
        Assert.NotNull(variant.Worth);
        Assert.DoesNotContain(variant.ExampleSessions, session => session.StartsWith("bad", StringComparison.Ordinal));
        Assert.Contains(variant.Reasons, reason => reason.Contains("only a person approves", StringComparison.Ordinal));
        Assert.Equal(PatternStatus.AutoRejected, Stored(Whole).Status);
        Assert.True(summary.WorthAutomating >= variant.EstimatedSavings);
    }

    [StoreFact]
    public void Where_another_step_is_always_destructive_nothing_is_left_to_offer()
    {
        for (var session = 0; session < 30; session++)
        {
            var start = s_noon.AddMinutes(session);
            _events.Execute(
                InsertCall,
                new[]
                {
                    Call($"s{session:D2}", start, "Bash", "command", "rm -rf /srv/data"),
                    Call($"s{session:D2}", start.AddSeconds(1), "Bash", "command", session < 3 ? "git branch -D x" : "git branch -a"),
                    Call($"s{session:D2}", start.AddSeconds(2), $"end{session}", "query", ""),
                }
            );
        }

        var patterns = Analyze().Patterns;

        Assert.Contains(patterns, pattern => pattern.ToolSequence == "Bash(rm)→Bash(git branch)" && pattern.IsDestructive);
        Assert.DoesNotContain(patterns, pattern => pattern.Whole is not null && pattern.Length > 1);
    }

    [StoreFact]
    public void A_machine_never_approves_a_variant_however_safe_it_is()
    {
        AddSessions(unknown: 0);

        var variant = Analyze().Patterns.Single(pattern => pattern.ToolSequence == Variant);

        Assert.Equal((DangerLevel.Safe, PatternStatus.Pending), (variant.Danger.Level, variant.Status));
        Assert.Single(variant.Reasons);
    }

    [StoreFact]
    public void A_variant_keeps_its_id_when_something_else_is_left_out()
    {
        AddSessions();
        var before = Analyze().Patterns.Single(pattern => pattern.Without is not null);
        AddSession("worse", s_noon.AddHours(-1), "git branch && git push --force");

        var after = Analyze().Patterns.Single(pattern => pattern.Without is not null);

        Assert.Equal((before.PatternId, "git branch"), (after.PatternId, before.Without));
        Assert.NotEqual(RepeatedPattern.IdOf(Whole), after.PatternId);
        Assert.Single(Store.Find(new ApprovalQuery { PatternId = [after.PatternId] }));
    }

    [StoreFact]
    public void A_draft_of_a_variant_is_made_of_its_occurrences_only()
    {
        AddSessions(destructiveFirst: true);
        var variant = Analyze().Patterns.Single(pattern => pattern.Without is not null);
        Store.Decide(new ReviewDecision(variant.PatternId, PatternStatus.Approved, "ada", null));

        var draft = new WorkflowDrafter(_events.Database.Events, _events.Database.Runs).Draft(
            Assert.Single(Store.Find(new ApprovalQuery { PatternId = [variant.PatternId] }))
        );

        Assert.DoesNotContain(draft.Steps[0].Inputs, input => input.Text.Contains("-D", StringComparison.Ordinal));
        Assert.True(draft.Steps.All(step => step.Danger.Level < DangerLevel.Destructive));
    }

    [StoreFact]
    public void A_stored_pattern_is_explained_occurrence_by_occurrence_the_worst_first()
    {
        AddSessions();
        var variant = Analyze().Patterns.Single(pattern => pattern.Without is not null);
        var explainer = new OccurrenceExplainer(_events.Database.Events, _events.Database.Runs, DangerRuleSet.BuiltIn);

        var whole = explainer.Explain(Store.Describe(RepeatedPattern.IdOf(Whole)));
        var rest = explainer.Explain(Store.Describe(variant.PatternId));

        Assert.Equal(33, whole.Count);
        Assert.Equal(
            [.. Enumerable.Repeat(DangerLevel.Destructive, 3), .. Enumerable.Repeat(DangerLevel.Unknown, 2), DangerLevel.Safe],
            whole.Take(6).Select(occurrence => occurrence.Level)
        );
        Assert.Equal("bad-0", whole[0].SessionId);
        Assert.Equal("git branch -D old-0", whole[0].Steps[0].Segment);
        Assert.Equal("git branch -D old-0 && curl -H 'Authorization: Bearer ***'", whole[0].Steps[0].Command);
        Assert.Equal((30, DangerLevel.Unknown), (rest.Count, rest.Max(occurrence => occurrence.Level)));
    }

    [StoreFact]
    public void Reports_and_reviews_tell_the_counts_and_the_worst_occurrences()
    {
        AddSessions();
        var summary = Analyze();

        var markdown = new StringWriter(CultureInfo.InvariantCulture);
        MarkdownReportWriter.Write(summary, markdown);
        Assert.Contains("3 of 33 occurrences destructive, 2 unknown, 28 safe", markdown.ToString(), StringComparison.Ordinal);
        Assert.Contains("session bad-0: git branch -D old-0", markdown.ToString(), StringComparison.Ordinal);

        using var stream = new MemoryStream();
        AnalysisJson.Write(summary, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        var whole = json.RootElement.GetProperty("patterns").EnumerateArray().Single(IsWhole);
        Assert.Equal(3, whole.GetProperty("destructive_occurrence_count").GetInt32());
        Assert.Equal("bad-0", whole.GetProperty("worst_occurrences")[0].GetProperty("session_id").GetString());
        Assert.Equal("Destructive", whole.GetProperty("danger_level").GetString());

        var review = Review.ReviewText.Explain(Store.Describe(RepeatedPattern.IdOf(Whole))).ToArray();
        Assert.Contains("Danger: 3 of 33 occurrences destructive, 2 unknown, 28 safe", review);
        Assert.Contains(review, line => line.Contains("in session bad-0: git branch -D old-0", StringComparison.Ordinal));
    }

    private static bool IsWhole(JsonElement pattern) => pattern.GetProperty("tool_sequence").GetString() == Whole;

    private static (int, int, int, int, int) Counts(ClassifiedPattern pattern) =>
        (
            pattern.OccurrenceCount,
            pattern.SessionCount,
            pattern.SafeOccurrenceCount,
            pattern.UnknownOccurrenceCount,
            pattern.DestructiveOccurrenceCount
        );

    private void AddSessions(int unknown = 2, bool destructiveFirst = false)
    {
        for (var session = 0; session < 28; session++)
            AddSession($"good-{session:D2}", s_noon.AddMinutes(session), "git branch -a");
        for (var session = 0; session < unknown; session++)
            AddSession($"new-{session}", s_noon.AddHours(1).AddMinutes(session), "git branch next && ./notify.sh");
        for (var session = 0; session < 3; session++)
            AddSession(
                destructiveFirst ? $"good-{session:D2}" : $"bad-{session}",
                s_noon.AddHours(5).AddMinutes(session),
                $"git branch -D old-{session} && curl -H 'Authorization: Bearer abcdefghijklmnop{session}'"
            );
    }

    private void AddSession(string sessionId, DateTimeOffset start, string command) =>
        _events.Execute(
            InsertCall,
            new[]
            {
                Call(sessionId, start, "Bash", "command", command),
                Call(sessionId, start.AddSeconds(1), "Read", "file_path", "notes.md"),
                Call(sessionId, start.AddSeconds(2), $"end{start.Ticks}", "query", ""),
            }
        );

    private static object Call(string sessionId, DateTimeOffset time, string tool, string field, string input) =>
        new
        {
            sessionId,
            tool,
            time = new StoredText(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            payload = new StoredText(JsonSerializer.Serialize(new { tool_input = new Dictionary<string, string> { [field] = input } })),
        };

    private AnalysisSummary Analyze(DateTimeOffset? since = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(since ?? s_noon.AddDays(-1), s_noon.AddDays(7)) },
                Activity = new ActivityOptions { Model = ActivityModel.Operation },
                Policy = new ClassificationPolicy { ApproveOccurrences = 20, ApproveSavings = 10 },
            }
        );

    private PatternApproval Stored(string toolSequence) =>
        Assert.Single(Store.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(toolSequence)] }));
}

public sealed class SqliteDestructiveVariantTests() : DestructiveVariantTests(new SqliteEvents(SqliteEvents.OriginalSchema));

[Collection(PostgresTests.Name)]
public sealed class PostgresDestructiveVariantTests() : DestructiveVariantTests(new PostgresEvents(PostgresEvents.OriginalSchema));
