using System.Globalization;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What a series of nightly runs promises: the same rows as one look at the same horizon.</summary>
public abstract class NightTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_horizon = TimeSpan.FromDays(30);
    private static readonly string[] s_tools = ["Read", "Edit", "Grep", "Bash", "Write", "delete_branch"];

    private readonly Func<EventDatabase> _newDatabase;
    private readonly List<EventDatabase> _databases = [];

    private readonly Func<EventDatabase> _newDatabaseWithPayloads;

    protected NightTests(Func<EventDatabase> newDatabase, Func<EventDatabase> newDatabaseWithPayloads) =>
        (_newDatabase, _newDatabaseWithPayloads) = (newDatabase, newDatabaseWithPayloads);

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        GC.SuppressFinalize(this);
    }

    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nights_give_the_rows_of_one_look_at_the_same_horizon(int seed)
    {
        var random = new Random(seed);
        var nightly = NewDatabase();
        var until = s_start;
        var late = new List<(DateTimeOffset Start, string Name, string[] Tools)>();
        var everything = new List<(DateTimeOffset Start, string Name, string[] Tools)>();
        while (until < s_start.AddDays(14))
        {
            // Nights are cut anywhere, one is missed now and then, and some events arrive a night late.
            var next = until.AddHours(random.Next(8, 60));
            var sessions = Enumerable
                .Range(0, random.Next(2, 8))
                .Select(i => NewSession(random, until, next, $"{until:ddHH}-{i}"))
                .ToArray();
            everything.AddRange(sessions);
            var delayed = sessions.Where(_ => random.Next(4) == 0).ToArray();
            Add(nightly, [.. sessions.Except(delayed), .. late]);
            late = [.. delayed];
            Look(nightly, next);
            if (random.Next(4) == 0)
                Look(nightly, next);
            until = next;
        }

        Add(nightly, late);
        Look(nightly, until);
        var once = NewDatabase();
        Add(once, everything);
        Look(once, until);

        var rows = Rows(once);
        Assert.True(rows.Count > 20);
        Assert.Equal(rows, Rows(nightly).Where(row => rows.ContainsKey(row.Key)).ToDictionary());
    }

    [StoreFact]
    public void What_happens_once_a_day_is_found()
    {
        var database = NewDatabase();
        for (var day = 0; day < 20; day++)
        {
            database.AddSession($"day-{day}", s_start.AddDays(day).AddHours(9), "Fetch", "Build", "Report", $"Other{day}");
            Look(database, s_start.AddDays(day + 1));
        }

        var pattern = Assert.Single(
            database.Database.Approvals.Find(new ApprovalQuery()),
            pattern => pattern.ToolSequence == "Fetch→Build→Report"
        );
        Assert.Equal((PatternStatus.Pending, 20), (pattern.Status, pattern.OccurrenceCount));
        Assert.True(pattern.ConfidenceScore > 0.99);
    }

    [StoreFact]
    public void A_quiet_night_changes_no_state()
    {
        var database = NewDatabase();
        for (var session = 0; session < 20; session++)
            database.AddSession($"s-{session}", s_start.AddMinutes(session), "Fetch", "Build", "Report", $"Other{session}");
        Look(database, s_start.AddDays(1));
        var before = database.Rows("pattern_approvals", "pattern_evidence");

        Look(database, s_start.AddDays(2));

        Assert.Equal(before, database.Rows("pattern_approvals", "pattern_evidence"));
    }

    [StoreFact]
    public void A_look_at_an_hour_does_not_undo_what_a_month_showed()
    {
        var database = NewDatabase();
        for (var session = 0; session < 20; session++)
            database.AddSession($"s-{session}", s_start.AddHours(session), "Fetch", "Build", "Report", $"Other{session}");
        Look(database, s_start.AddHours(19));

        database
            .AddSession("new-1", s_start.AddHours(19), "Fetch", "Build", "Report")
            .AddSession("new-2", s_start.AddHours(19), "Fetch", "Build", "Report");
        Analyze(database, new TimeWindow(s_start.AddHours(19), s_start.AddHours(20)), null);

        var pattern = Assert.Single(
            database.Database.Approvals.Find(new ApprovalQuery()),
            pattern => pattern.ToolSequence == "Fetch→Build→Report"
        );
        Assert.Equal(PatternStatus.Pending, pattern.Status);
        Assert.True(pattern.ConfidenceScore > 0.99);
    }

    [StoreTheory]
    [InlineData(5)]
    [InlineData(6)]
    public void What_is_found_is_of_the_horizon_and_what_left_it_says_so_wherever_the_nights_are_cut(int seed)
    {
        var horizon = TimeSpan.FromDays(4);
        var random = new Random(seed);
        var nightly = NewDatabase();
        var sessions = new List<(DateTimeOffset Start, string Name, string[] Tools)>();
        var until = s_start;
        while (until < s_start.AddDays(14))
        {
            var next = until.AddHours(random.Next(8, 60));
            sessions.AddRange(Enumerable.Range(0, random.Next(2, 8)).Select(i => NewSession(random, until, next, $"{until:ddHH}-{i}")));
            Add(nightly, sessions.Where(session => session.Start >= until.AddMinutes(-1)));
            Look(nightly, next, horizon);
            until = next;
        }

        var once = NewDatabase();
        Add(once, sessions);
        Look(once, until, horizon);

        var found = once.Database.Approvals.Find(new ApprovalQuery()).ToDictionary(pattern => pattern.PatternId);
        var stored = nightly.Database.Approvals.Find(new ApprovalQuery());
        Assert.True(found.Count > 20);
        Assert.All(found.Keys, id => Assert.Contains(stored, pattern => pattern.PatternId == id));
        foreach (var pattern in stored)
        {
            if (found.TryGetValue(pattern.PatternId, out var same))
            {
                Assert.Equal((same.Status, null), (pattern.Status, pattern.LastEvidenceAt));
                Assert.Equal(same.ConfidenceScore, pattern.ConfidenceScore, 9);
            }
            else if (!sessions.Any(session => Ends(session) >= until - horizon && Holds(session.Tools, pattern.ToolSequence)))
            {
                var last = pattern.LastEvidenceAt!.Value;
                Assert.Contains(
                    sessions,
                    session => session.Start <= last.AddSeconds(1) && last <= Ends(session) && Holds(session.Tools, pattern.ToolSequence)
                );
            }
        }

        Assert.Contains(stored, pattern => pattern.LastEvidenceAt is not null);
    }

    [StoreFact]
    public void A_pattern_that_left_the_horizon_keeps_its_last_evidence_and_says_until_when()
    {
        var database = NewDatabase();
        for (var session = 0; session < 20; session++)
            database.AddSession($"s-{session}", s_start.AddMinutes(session), "Fetch", "Build", "Report", $"Other{session}");
        Look(database, s_start.AddDays(1));
        var before = Fetch(database);
        Assert.Null(before.LastEvidenceAt);

        // A look at a few days ends nothing that a month showed.
        Look(database, s_start.AddDays(20), TimeSpan.FromDays(2));
        Assert.Equal(
            before,
            Fetch(database),
            (a, b) => (a.Status, a.PatternContext, a.LastEvidenceAt) == (b.Status, b.PatternContext, b.LastEvidenceAt)
        );

        var summary = Look(database, s_start.AddDays(40));
        var after = Fetch(database);
        Assert.Equal(s_start.AddMinutes(19).AddSeconds(3), after.LastEvidenceAt);
        Assert.Equal(
            (before.Status, before.ConfidenceScore, before.OccurrenceCount, before.EstimatedSavings),
            (after.Status, after.ConfidenceScore, after.OccurrenceCount, after.EstimatedSavings)
        );
        Assert.StartsWith("Last evidence until 2026-03-02 00:19 UTC: ", after.PatternContext, StringComparison.Ordinal);
        Assert.EndsWith(before.PatternContext!, after.PatternContext, StringComparison.Ordinal);
        Assert.Contains(after.PatternId, summary.Ended.Select(pattern => pattern.PatternId));
        Assert.Empty(database.Database.Approvals.History(after.PatternId));

        // Once is enough, and what comes back is measured anew.
        var rows = database.Rows("pattern_approvals", "pattern_evidence");
        Assert.Empty(Look(database, s_start.AddDays(41)).Ended);
        Assert.Equal(rows, database.Rows("pattern_approvals", "pattern_evidence"));
        for (var session = 0; session < 20; session++)
            database.AddSession($"t-{session}", s_start.AddDays(41).AddMinutes(session), "Fetch", "Build", "Report", $"Other{session}");
        Look(database, s_start.AddDays(42));
        var again = Fetch(database);
        Assert.Equal((40, null), (again.OccurrenceCount, again.LastEvidenceAt));
        Assert.StartsWith("Seen 40 times", again.PatternContext, StringComparison.Ordinal);
    }

    [StoreFact]
    public void What_only_the_length_of_the_list_cuts_off_neither_ends_nor_is_gone()
    {
        var database = NewDatabase();
        foreach (var day in new[] { 0, 38, 39 })
        {
            for (var session = 0; session < 20; session++)
            {
                var start = s_start.AddDays(day).AddMinutes(session);
                database.AddSession($"{day}-f-{session}", start, "Fetch", "Build", "Report", $"Other{day}-{session}");
                database.AddSession($"{day}-p-{session}", start, "Plan", "Ship", $"Some{day}-{session}");
            }

            if (day == 0)
                Look(database, s_start.AddDays(1));
        }

        var summary = Look(database, s_start.AddDays(39), top: 1);
        Assert.Equal(1, summary.PatternsFound);
        Assert.Empty(summary.Ended);
        Assert.Empty(summary.Comparison!.Gone);

        Look(database, s_start.AddDays(39));
        Assert.Empty(Look(database, s_start.AddDays(40), top: 1).Comparison!.Gone);
    }

    [StoreFact]
    public void An_approval_that_only_the_policy_gave_ends_with_its_evidence_and_a_persons_does_not()
    {
        var database = NewDatabase(hasPayloads: true);
        for (var session = 0; session < 20; session++)
        {
            AddCalls(database, $"s-{session}", s_start.AddMinutes(session), "git status", "git log");
            AddCalls(database, $"t-{session}", s_start.AddHours(1).AddMinutes(session), "git diff", "git branch");
        }

        Approve(database, s_start.AddDays(1));
        var (policys, persons) = (Stored(database, "Bash(git status)→Bash(git log)"), Stored(database, "Bash(git diff)→Bash(git branch)"));
        Assert.Equal((PatternStatus.AutoApproved, PatternStatus.AutoApproved), (policys.Status, persons.Status));
        database.Database.Approvals.Decide(new ReviewDecision(persons.PatternId, PatternStatus.Approved, "ada", null));

        Approve(database, s_start.AddDays(40));

        policys = Stored(database, policys.ToolSequence);
        Assert.Equal(PatternStatus.Pending, policys.Status);
        var history = Assert.Single(database.Database.Approvals.History(policys.PatternId));
        Assert.StartsWith("auto-approved → pending. Last evidence until 2026-03-02 00:19 UTC: ", history.Notes, StringComparison.Ordinal);
        persons = Stored(database, persons.ToolSequence);
        Assert.Equal((PatternStatus.Approved, "ada"), (persons.Status, persons.ReviewedBy));
        Assert.NotNull(persons.LastEvidenceAt);

        // Nor does a look at the old days alone give it back, nor a person's taking a decision back.
        Approve(database, s_start.AddDays(1));
        Assert.Equal(PatternStatus.Pending, Stored(database, policys.ToolSequence).Status);
        Assert.Equal(PatternStatus.Pending, database.Database.Approvals.Reset(persons.PatternId, "ada", null).Pattern.Status);
    }

    [StoreFact]
    public void Reports_name_what_ended_and_until_when_there_was_evidence()
    {
        var database = NewDatabase();
        for (var session = 0; session < 20; session++)
            database.AddSession($"s-{session}", s_start.AddMinutes(session), "Fetch", "Build", "Report", $"Other{session}");
        Look(database, s_start.AddDays(1));
        Assert.Single(Look(database, s_start.AddDays(40), dryRun: true).Ended);
        Assert.Null(Fetch(database).LastEvidenceAt);

        var summary = Look(database, s_start.AddDays(40));

        using var markdown = new StringWriter();
        Reporting.MarkdownReportWriter.Write(summary, markdown);
        Assert.Contains("last evidence until 2026-03-02 00:19 UTC", markdown.ToString(), StringComparison.Ordinal);
        using var html = new MemoryStream();
        new Reporting.Html.HtmlReportWriter().Write(summary, html);
        Assert.Contains("last evidence until 2026-03-02 00:19 UTC", Encoding.UTF8.GetString(html.ToArray()), StringComparison.Ordinal);
        using var stream = new MemoryStream();
        Reporting.AnalysisJson.Write(summary, stream);
        using var json = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        var ended = Assert.Single(json.RootElement.GetProperty("evidence_ended").EnumerateArray());
        Assert.Equal(s_start.AddMinutes(19).AddSeconds(3), ended.GetProperty("last_evidence_until").GetDateTimeOffset());
    }

    private static PatternApproval Fetch(EventDatabase database) => Stored(database, "Fetch→Build→Report");

    private static PatternApproval Stored(EventDatabase database, string sequence) =>
        Assert.Single(database.Database.Approvals.Find(new ApprovalQuery()), pattern => pattern.ToolSequence == sequence);

    private static DateTimeOffset Ends((DateTimeOffset Start, string Name, string[] Tools) session) =>
        session.Start.AddSeconds(session.Tools.Length - 1);

    private static bool Holds(string[] tools, string sequence) =>
        $"→{string.Join('→', tools)}→".Contains($"→{sequence}→", StringComparison.Ordinal);

    private static void AddCalls(EventDatabase database, string session, DateTimeOffset start, params string[] commands)
    {
        foreach (var (command, number) in commands.Select((command, number) => (command, number)))
        {
            database.AddCall(
                session,
                "PreToolUse",
                "Bash",
                start.AddSeconds(number).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                $$$"""{"tool_input": {"command": "{{{command}}}"}}"""
            );
        }
    }

    // Only evidence stands between a pattern and its approval.
    private static void Approve(EventDatabase database, DateTimeOffset until) =>
        database.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(until - s_horizon, until) },
                ReportWindow = new TimeWindow(until.AddDays(-1), until),
                Activity = new ActivityOptions { Model = ActivityModel.Operation },
                Policy = new ClassificationPolicy { ApproveOccurrences = 20, ApproveSavings = 10 },
            }
        );

    private static (DateTimeOffset, string, string[]) NewSession(Random random, DateTimeOffset from, DateTimeOffset to, string name)
    {
        var tools = Enumerable.Range(0, random.Next(3, 25)).Select(_ => s_tools[random.Next(s_tools.Length)]).ToList();
        for (var i = random.Next(3); i > 0; i--)
            tools.InsertRange(random.Next(tools.Count), ["Test", "Fix", "Test"]);

        // A session may go on past the night's end.
        return (from + (to - from) * random.NextDouble() - TimeSpan.FromSeconds(random.Next(60)), $"session-{name}", [.. tools]);
    }

    private static void Add(EventDatabase database, IEnumerable<(DateTimeOffset Start, string Name, string[] Tools)> sessions)
    {
        foreach (var (start, name, tools) in sessions)
            database.AddSession(name, start, tools);
    }

    private static AnalysisSummary Look(
        EventDatabase database,
        DateTimeOffset until,
        TimeSpan? horizon = null,
        bool dryRun = false,
        int top = 0
    ) => Analyze(database, new TimeWindow(until - (horizon ?? s_horizon), until), new TimeWindow(until.AddDays(-1), until), dryRun, top);

    private static AnalysisSummary Analyze(EventDatabase database, TimeWindow read, TimeWindow? report, bool dryRun = false, int top = 0) =>
        new DailyAnalysis(database.Database.Events, database.Database.Approvals, database.Database.Runs).Run(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = read },
                ReportWindow = report,
                Worth = new WorthOptions { Top = top },
                DryRun = dryRun,
            }
        );

    private static Dictionary<string, string> Rows(EventDatabase database) =>
        database
            .Database.Approvals.Find(new ApprovalQuery())
            .ToDictionary(
                pattern => pattern.ToolSequence,
                pattern =>
                    $"{pattern.Status} {pattern.ConfidenceScore:R} {pattern.OccurrenceCount} {pattern.EstimatedSavings} "
                    + $"{pattern.PatternContext} {string.Join(' ', pattern.ExampleSessions)}"
            );

    private EventDatabase NewDatabase(bool hasPayloads = false)
    {
        var database = hasPayloads ? _newDatabaseWithPayloads() : _newDatabase();
        _databases.Add(database);
        return database;
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteNightTests() : NightTests(() => new SqliteEvents(), () => new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresNightTests() : NightTests(() => new PostgresEvents(), () => new PostgresEvents(PostgresEvents.OriginalSchema));
