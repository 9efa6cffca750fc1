using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
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

    protected NightTests(Func<EventDatabase> newDatabase) => _newDatabase = newDatabase;

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

    private static void Look(EventDatabase database, DateTimeOffset until) =>
        Analyze(database, new TimeWindow(until - s_horizon, until), new TimeWindow(until.AddDays(-1), until));

    private static void Analyze(EventDatabase database, TimeWindow read, TimeWindow? report) =>
        database.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = read },
                ReportWindow = report,
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

    private EventDatabase NewDatabase()
    {
        var database = _newDatabase();
        _databases.Add(database);
        return database;
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteNightTests() : NightTests(() => new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresNightTests() : NightTests(() => new PostgresEvents());
