using System.Globalization;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Reporting;
using PatternAnalysis.Review;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What the payloads of events do to names, verdicts and states, from the database to its rows.</summary>
public abstract class DangerTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    // Twenty occurrences of two steps save $33.33: enough for this policy, so that only danger stands between a pattern and its approval.
    private static readonly ClassificationPolicy s_easy = new() { ApproveOccurrences = 20, ApproveSavings = 10 };

    private const string InsertCall =
        "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, "
        + "payload) VALUES (@sessionId, 'PreToolUse', @Tool, @time, @payload)";

    // The names say what was done, whatever recurs.
    private static readonly ActivityOptions s_operations = new() { Model = ActivityModel.Operation };

    private readonly EventDatabase _events;

    protected DangerTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Steps_are_named_by_what_the_payload_says()
    {
        AddSession(
            "a",
            s_noon,
            ("Bash", "cd app && git add -A"),
            ("Edit", "src/Program.CS"),
            ("PowerShell", "Get-ChildItem | Select-Object -First 3"),
            ("mcp__github__get_issue", "7")
        );

        Assert.Equal(["Bash(git add)", "Edit(.cs)", "PowerShell(Get-ChildItem)", "mcp__github__get_issue"], Assert.Single(Read()).Steps);
        Assert.Equal(
            ["Bash", "Edit", "PowerShell", "mcp__github__get_issue"],
            Assert.Single(Read(new() { Model = ActivityModel.Tool })).Steps
        );
    }

    [StoreFact]
    public void A_payload_that_is_no_object_gives_the_tools_name()
    {
        _events
            .AddCall("a", "PreToolUse", "Bash", "2026-03-02 12:00:00", "[\"git status\"]")
            .AddCall("a", "PreToolUse", "Edit", "2026-03-02 12:00:01", "7");

        Assert.Equal(["Bash", "Edit"], Assert.Single(Read()).Steps);
    }

    [StoreFact]
    public void A_safe_pattern_with_the_numbers_is_approved()
    {
        AddSessions(20, ("Bash", "git status"), ("Read", "notes.md"));

        Analyze();

        Assert.Equal(PatternStatus.AutoApproved, Stored("Bash(git status)→Read(.md)").Status);
    }

    [StoreFact]
    public void One_destructive_segment_in_one_of_many_occurrences_rejects_the_pattern()
    {
        AddSessions(30, ("Bash", "git branch -a"), ("Read", "notes.md"));
        AddSession("the-one", s_noon, ("Bash", "git branch -a && git push --force"), ("Read", "notes.md"));

        var summary = Analyze();

        var stored = Stored("Bash(git branch)→Read(.md)");
        Assert.Equal((PatternStatus.AutoRejected, 31L), (stored.Status, stored.OccurrenceCount));
        Assert.True(stored.ConfidenceScore > 0.99);
        Assert.Contains("[git.push-force]: git push --force", stored.PatternContext, StringComparison.Ordinal);
        var pattern = Assert.Single(summary.Patterns, pattern => pattern.Without is null);
        Assert.Equal(
            ("git.push-force", "git", "git push --force"),
            (pattern.Danger.RuleId, pattern.Danger.Category, pattern.Danger.Segment)
        );
    }

    [StoreFact]
    public void A_destructive_step_beside_an_occurrence_says_nothing_of_it()
    {
        for (var session = 0; session < 20; session++)
            AddSession(
                $"s-{session:D2}",
                s_noon.AddMinutes(session),
                ("Bash", "git status"),
                ("Read", "notes.md"),
                ($"tool{session}", ""),
                ("Bash", $"rm -rf {session}")
            );

        Analyze();

        Assert.Equal(PatternStatus.AutoApproved, Stored("Bash(git status)→Read(.md)").Status);
    }

    [StoreFact]
    public void What_nobody_knows_waits_for_a_person_with_its_reason()
    {
        AddSessions(20, ("Bash", "./deploy.sh"), ("Read", "notes.md"));

        Analyze();

        var stored = Stored("Bash(deploy.sh)→Read(.md)");
        Assert.Equal(PatternStatus.Pending, stored.Status);
        Assert.Contains(
            "not known to be safe: no rule says what 'deploy.sh' does [unknown.program]: ./deploy.sh",
            stored.PatternContext,
            StringComparison.Ordinal
        );
    }

    [StoreFact]
    public void By_tool_a_shell_is_never_approved()
    {
        AddSessions(20, ("Bash", "git status"), ("Read", "notes.md"));

        Analyze(new() { Model = ActivityModel.Tool });

        var stored = Stored("Bash→Read");
        Assert.Equal(PatternStatus.Pending, stored.Status);
        Assert.Contains("[unknown.no-command]", stored.PatternContext, StringComparison.Ordinal);
    }

    [StoreTheory]
    [InlineData("git branch -D old", "git.branch-delete", PatternStatus.AutoRejected)]
    [InlineData("git branch $(./mine.sh)", "unknown.program", PatternStatus.Pending)]
    public void The_danger_of_an_earlier_run_is_not_forgotten(string command, string rule, string status)
    {
        AddSession("first-day", s_noon, ("Bash", command), ("Read", "notes.md"));
        AddSessions(20, ("Bash", "git branch -a"), ("Read", "notes.md"));
        AddSessions(20, s_noon.AddDays(1), ("Bash", "git branch -a"), ("Read", "notes.md"));

        Analyze(since: s_noon.AddHours(-1), until: s_noon.AddHours(23));
        Analyze(since: s_noon.AddHours(23), until: s_noon.AddDays(2));

        var stored = Stored("Bash(git branch)→Read(.md)");
        Assert.Equal((status, 41L), (stored.Status, stored.OccurrenceCount));
        Assert.Contains($"[{rule}]", stored.PatternContext, StringComparison.Ordinal);
    }

    [StoreFact]
    public void The_danger_of_an_earlier_run_is_forgotten_when_its_rule_is_disabled()
    {
        AddSession("first-day", s_noon, ("Bash", "git branch -D old"), ("Read", "notes.md"));
        AddSessions(20, s_noon, ("Bash", "git branch -a"), ("Read", "notes.md"));
        AddSessions(20, s_noon.AddDays(1), ("Bash", "git branch -a"), ("Read", "notes.md"));
        Analyze(since: s_noon.AddHours(-1), until: s_noon.AddHours(23));

        var rules = DangerRuleSet.BuiltIn.With("""{ "disable": ["git.branch-delete"] }""", "own.json");
        var summary = Analyze(s_operations with { Rules = rules }, s_noon.AddHours(23), s_noon.AddDays(2));

        // The run says what its verdicts did without.
        Assert.Equal(["git.branch-delete"], summary.DisabledRules);
        Assert.Contains("Disabled Danger Rules: git.branch-delete", SummaryText.Format(summary), StringComparison.Ordinal);
        var report = new StringWriter();
        MarkdownReportWriter.Write(summary, report);
        Assert.Contains("Danger rules that a rule file has disabled", report.ToString(), StringComparison.Ordinal);
        using var json = new MemoryStream();
        AnalysisJson.Write(summary, json);
        Assert.Contains("git.branch-delete", Encoding.UTF8.GetString(json.ToArray()), StringComparison.Ordinal);

        var stored = Stored("Bash(git branch)→Read(.md)");
        Assert.Equal(PatternStatus.AutoApproved, stored.Status);
        Assert.Contains(
            "auto-rejected → auto-approved",
            _events.Scalar<string>("SELECT notes FROM pattern_review_history"),
            StringComparison.Ordinal
        );
    }

    [StoreFact]
    public void Who_reviews_is_told_what_a_disabled_rule_would_have_said()
    {
        AddSessions(20, s_noon, ("Bash", "git branch -D old"), ("Read", "notes.md"));
        var rules = DangerRuleSet.BuiltIn.With("""{ "disable": ["git.branch-delete"] }""", "own.json");
        Analyze(s_operations with { Rules = rules }, s_noon.AddHours(-1), s_noon.AddHours(23));

        var text = string.Join(
            '\n',
            ReviewText.Explain(_events.Database.Approvals.Describe(Stored("Bash(git branch)→Read(.md)").PatternId))
        );

        Assert.Contains("Safe; the rule 'git.branch-delete' (destructive: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no rule speaks against it", text, StringComparison.Ordinal);
    }

    [StoreFact]
    public void What_was_unknown_is_judged_anew_when_all_of_it_is_looked_at_again()
    {
        AddSessions(21, ("Bash", "showplan"), ("Read", "notes.md"));
        Analyze();
        var rules = DangerRuleSet.BuiltIn.With(
            """{ "rules": [{ "id": "own.plan", "category": "own", "level": "safe", "programs": ["showplan"],"""
                + """ "why": "only shows the plan" }] }""",
            "own.json"
        );

        // A part of what was seen proves nothing of the rest.
        Analyze(s_operations with { Rules = rules }, s_noon.AddSeconds(30));
        Assert.Equal(PatternStatus.Pending, Stored("Bash(showplan)→Read(.md)").Status);

        Analyze(s_operations with { Rules = rules });
        Assert.Equal(PatternStatus.AutoApproved, Stored("Bash(showplan)→Read(.md)").Status);
    }

    [StoreFact]
    public void The_pipeline_and_a_rule_of_ones_own_agree()
    {
        AddSessions(20, ("Bash", "./deploy.sh --now"), ("Read", "notes.md"));
        var rules = DangerRuleSet.BuiltIn.With(
            """{ "rules": [{ "id": "own.deploy", "category": "own", "level": "destructive", "programs": ["deploy.sh"],"""
                + """ "why": "goes to production" }] }""",
            "own.json"
        );

        Analyze(s_operations with { Rules = rules });

        var stored = Stored("Bash(deploy.sh)→Read(.md)");
        Assert.Equal(PatternStatus.AutoRejected, stored.Status);
        Assert.Contains("destructive: goes to production [own.deploy]: ./deploy.sh --now", stored.PatternContext, StringComparison.Ordinal);
    }

    [StoreFact]
    public void A_run_of_one_activity_is_one_step_and_its_worst_step_speaks_for_it()
    {
        AddSession(
            "a",
            s_noon,
            ("Read", "a.md"),
            ("Read", "b.md"),
            ("Bash", "ls"),
            ("Bash", "ls > /etc/hosts"),
            ("Bash", "ls"),
            ("Read", "c.md")
        );

        var corpus = Corpus(new() { CollapseRuns = true });

        Assert.Equal(["Read(.md)+", "Bash(ls)+", "Read(.md)"], corpus.Sequences().Single().Steps);
        Assert.Equal(
            [DangerLevel.Safe, DangerLevel.Destructive, DangerLevel.Safe],
            Enumerable.Range(0, 3).Select(step => corpus.Verdict(0, step).Level)
        );
        Assert.Equal(6, corpus.EventCount(0));
    }

    [StoreFact]
    public void An_activity_that_is_left_out_is_counted_and_its_neighbours_meet()
    {
        AddSession("a", s_noon, ("Read", "a.md"), ("TodoWrite", ""), ("Edit", "a.md"));
        AddSession("b", s_noon, ("Read", "a.md"), ("Edit", "a.md"));

        var summary = Analyze(s_operations with { ExcludeFilter = WildcardFilter.Of("TodoWrite") });

        Assert.Equal("Read(.md)→Edit(.md)", Assert.Single(summary.Patterns).ToolSequence);
        Assert.Equal(1, summary.Excluded[EventReading.ExcludedActivity]);
        Assert.Matches("""^\{"excluded_activity": ?1\}$""", _events.Scalar<string>("SELECT excluded FROM pattern_runs"));
        using var report = new StringWriter();
        Reporting.MarkdownReportWriter.Write(summary, report);
        Assert.Contains("- 1: the activity was asked to be left out (`excluded_activity`)", report.ToString(), StringComparison.Ordinal);
    }

    private void AddSessions(int count, params (string Tool, string Input)[] calls) => AddSessions(count, s_noon, calls);

    private void AddSessions(int count, DateTimeOffset start, params (string Tool, string Input)[] calls)
    {
        _events.Execute(
            InsertCall,
            Enumerable
                .Range(0, count)
                .SelectMany(session =>
                    calls.Select((call, number) => Call($"{start:MMdd}-{session:D2}", start.AddMinutes(session).AddSeconds(number), call))
                )
        );
    }

    private void AddSession(string sessionId, DateTimeOffset start, params (string Tool, string Input)[] calls) =>
        _events.Execute(InsertCall, calls.Select((call, number) => Call(sessionId, start.AddSeconds(number), call)));

    private static object Call(string sessionId, DateTimeOffset time, (string Tool, string Input) call)
    {
        var field =
            call.Tool is "Bash" or "PowerShell" ? "command"
            : call.Tool is "Read" or "Edit" ? "file_path"
            : "query";
        return new
        {
            sessionId,
            call.Tool,
            time = new StoredText(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            payload = new StoredText(
                JsonSerializer.Serialize(new { tool_input = new Dictionary<string, string> { [field] = call.Input } })
            ),
        };
    }

    private AnalysisSummary Analyze(ActivityOptions? activity = null, DateTimeOffset? since = null, DateTimeOffset? until = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(since ?? s_noon.AddDays(-1), until ?? s_noon.AddDays(7)) },
                Activity = activity ?? s_operations,
                Policy = s_easy,
            }
        );

    private SequenceCorpus Corpus(ActivityOptions? activity = null)
    {
        var sequencer = new EventSequencer(new EventQuery(), activity ?? s_operations);
        _events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }

    private IEnumerable<ToolSequence> Read(ActivityOptions? activity = null) => Corpus(activity).Sequences();

    private PatternApproval Stored(string toolSequence) =>
        Assert.Single(_events.Database.Approvals.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(toolSequence)] }));
}

public sealed class SqliteDangerTests() : DangerTests(new SqliteEvents(SqliteEvents.OriginalSchema))
{
    [Fact]
    public void A_payload_that_is_cut_gives_the_tools_name()
    {
        using var events = new SqliteEvents(SqliteEvents.OriginalSchema);
        events
            .AddCall("a", "tool_use", "Bash", "2026-03-02 12:00:00", "{\"tool_input\": {\"command\": \"git st")
            .AddCall("a", "tool_use", "Edit", "2026-03-02 12:00:01", "");

        Assert.Equal(["Bash", "Edit"], Corpus(events).Sequences().Single().Steps);
    }

    [Fact]
    public void A_table_without_payloads_is_read_by_names()
    {
        using var events = new SqliteEvents();
        events.AddSession("a", new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), "Bash", "Read");

        var corpus = Corpus(events);

        Assert.Equal(["Bash", "Read"], corpus.Sequences().Single().Steps);
        Assert.Equal([DangerLevel.Unknown, DangerLevel.Safe], [corpus.Verdict(0, 0).Level, corpus.Verdict(0, 1).Level]);
    }

    private static SequenceCorpus Corpus(SqliteEvents events)
    {
        var sequencer = new EventSequencer(new EventQuery());
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }
}

[Collection(PostgresTests.Name)]
public sealed class PostgresDangerTests() : DangerTests(new PostgresEvents(PostgresEvents.OriginalSchema));
