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
            Assert.Equal(isWaiting, listener.Notes.Contains("1 pending patterns are told of once later nights confirm them."));
        }

        Assert.True(waited > 0, "It was never pending without being told of.");
        Assert.True(told > 0, "It was never told of.");
    }

    private Listener Run(DateTimeOffset until)
    {
        var listener = new Listener();
        AnalysisRun
            .Prepare(
                new RunOptions
                {
                    Folder = _folder,
                    Window = new WindowOptions { Until = until },
                    Notification = new NotificationOptions { Notify = true, LogPath = "told.log" },
                }
            )
            .Execute(_events.Database, dryRun: false, listener, CancellationToken.None);
        return listener;
    }

    private sealed class Listener : IRunListener
    {
        public List<string> Notes { get; } = [];

        public void Note(string text) => Notes.Add(text);

        public void Warn(string text) { }

        public void Finish(AnalysisSummary summary) { }

        public void Fail(PatternAnalysisException failure, string target) => throw failure;

        public void Report(AnalysisStage value) { }
    }
}
