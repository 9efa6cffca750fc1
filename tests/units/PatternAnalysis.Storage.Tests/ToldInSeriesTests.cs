using PatternAnalysis.Analysis;
using PatternAnalysis.Application;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>Nights that notify: people are told of what is no coincidence in the whole series of nights.</summary>
public sealed class ToldInSeriesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteEvents _events = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-").FullName;

    public void Dispose()
    {
        _events.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_pending_pattern_is_told_of_once_nights_have_confirmed_it()
    {
        var (waited, told) = (0, 0);
        for (var day = 0; day < 25; day++)
        {
            _events.AddSession(
                $"day-{day}",
                s_start.AddDays(day).AddHours(9),
                "Plan",
                $"Some{day}",
                "Fetch",
                "Build",
                "Report",
                $"Other{day}"
            );
            var listener = Run(s_start.AddDays(day + 1));
            if (
                _events.Database.Approvals.Find(new ApprovalQuery()).SingleOrDefault(row => row.ToolSequence == "Fetch→Build→Report")
                is not { Status: PatternStatus.Pending } pattern
            )
            {
                continue;
            }

            var isWaiting = pattern.SeriesConfidence < 0.95;
            (waited, told) = (waited + (isWaiting ? 1 : 0), told + (isWaiting ? 0 : 1));
            var log = Path.Combine(_folder, "told.log");
            Assert.Equal(isWaiting ? 0 : 1, File.Exists(log) ? File.ReadAllText(log).Split("Fetch→Build→Report").Length - 1 : 0);
            Assert.Equal(isWaiting, listener.Notes.Contains("1 pending pattern is told of once later nights confirm it."));
        }

        Assert.True(waited > 0, "It was never pending without being told of.");
        Assert.True(told > 0, "It was never told of.");
    }

    [Fact]
    public void What_ended_is_told_of_for_no_later_night_confirms_it()
    {
        AddNight(0, "Fetch", "Build", "Report");
        Run(s_start.AddDays(1));
        _events.Execute("UPDATE pattern_approvals SET status = 'auto-approved' WHERE tool_sequence = 'Fetch→Build→Report'");
        _events.Execute("UPDATE pattern_evidence SET q_value = 0.009");
        File.Delete(Path.Combine(_folder, "told.log"));

        var listener = Run(s_start.AddDays(40));

        Assert.Contains("Fetch→Build→Report", File.ReadAllText(Path.Combine(_folder, "told.log")), StringComparison.Ordinal);
        Assert.DoesNotContain(listener.Notes, note => note.Contains("once later nights confirm", StringComparison.Ordinal));
    }

    [Fact]
    public void A_measurement_of_effects_that_is_stopped_keeps_neither_report_nor_notification_back()
    {
        ApproveFormatting();
        AddNight(40, "Fetch", "Build", "Report");

        Assert.Throws<OperationCanceledException>(() => Run(s_start.AddDays(41), isStopped: true));

        Assert.Contains("Fetch→Build→Report", File.ReadAllText(Path.Combine(_folder, "told.log")), StringComparison.Ordinal);
        Assert.Contains("Fetch→Build→Report", File.ReadAllText(Path.Combine(_folder, "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_tells_what_its_own_run_measured()
    {
        ApproveFormatting();

        Run(s_start.AddDays(41));

        Assert.Contains("What became of what you approved", File.ReadAllText(Path.Combine(_folder, "report.md")), StringComparison.Ordinal);
        Assert.Contains("no change shown", File.ReadAllText(Path.Combine(_folder, "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_of_effects_that_fails_keeps_neither_report_nor_notification_back()
    {
        ApproveFormatting();
        AddNight(40, "Fetch", "Build", "Report");
        _events.Execute("ALTER TABLE pattern_effects RENAME COLUMN effect TO lost");

        var listener = Run(s_start.AddDays(41), isForgiving: true);

        Assert.NotEmpty(listener.Failures);
        Assert.Contains("Fetch→Build→Report", File.ReadAllText(Path.Combine(_folder, "told.log")), StringComparison.Ordinal);
        Assert.Contains("Fetch→Build→Report", File.ReadAllText(Path.Combine(_folder, "report.md")), StringComparison.Ordinal);
    }

    // Forty days by hand, and after the twentieth somebody said that it is made now.
    private void ApproveFormatting()
    {
        for (var day = 0; day < 40; day++)
            _events.AddSession($"day-{day}", s_start.AddDays(day), "Edit", "Format", "Test", "Look");
        _events.Analyze(new AnalysisOptions { Query = new() { Window = TimeWindow.Always } });
        var store = _events.Database.Approvals;
        var pattern = store.Find(new ApprovalQuery()).First(row => row.ToolSequence.Contains("Format→Test", StringComparison.Ordinal));
        store.Decide(new ReviewDecision(pattern.PatternId, PatternStatus.Approved, "ada", null) { AdoptedAs = ["Make"] });
        _events.Execute("UPDATE pattern_approvals SET reviewed_at = '2026-03-22 00:00:00' WHERE status = 'approved'");
    }

    private void AddNight(int day, params string[] tools)
    {
        for (var session = 0; session < 20; session++)
            _events.AddSession($"{day}-{session}", s_start.AddDays(day).AddMinutes(session), [.. tools, $"Other{session}"]);
    }

    private Listener Run(DateTimeOffset until, bool isStopped = false, bool isForgiving = false)
    {
        var listener = new Listener { IsStopped = isStopped, IsForgiving = isForgiving };
        AnalysisRun
            .Prepare(
                new RunOptions
                {
                    Folder = _folder,
                    Window = new WindowOptions { Until = until },
                    Notification = new NotificationOptions { Notify = true, LogPath = "told.log" },
                    Report = new ReportOptions { Path = "report.md" },
                }
            )
            .Execute(_events.Database, dryRun: false, listener, CancellationToken.None);
        return listener;
    }

    private sealed class Listener : IRunListener
    {
        public List<string> Notes { get; } = [];

        public void Note(string text) => Notes.Add(text);

        public bool IsStopped { get; init; }

        public void Warn(string text)
        {
            if (IsStopped && text.Contains("has not shrunk", StringComparison.Ordinal))
                throw new OperationCanceledException();
        }

        public void Finish(AnalysisSummary summary) { }

        public bool IsForgiving { get; init; }

        public List<PatternAnalysisException> Failures { get; } = [];

        public void Fail(PatternAnalysisException failure, string target)
        {
            if (!IsForgiving)
                throw failure;
            Failures.Add(failure);
        }

        public void Report(AnalysisStage value) { }
    }
}
