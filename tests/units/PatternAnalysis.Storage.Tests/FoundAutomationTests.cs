using System.Text.Json.Nodes;
using PatternAnalysis.Analysis;
using PatternAnalysis.Application;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>A run that looks for automations where its events come from.</summary>
public abstract class FoundAutomationTests : IDisposable
{
    private const string Routine = "Bash(dotnet format)→Bash(dotnet test)";

    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly EventDatabase _events;
    private readonly string _project = Directory.CreateTempSubdirectory("pattern-analysis-").FullName;

    private protected FoundAutomationTests(EventDatabase events)
    {
        _events = events;
        Directory.CreateDirectory(Path.Combine(_project, ".git"));
        File.WriteAllText(Path.Combine(_project, "Makefile"), "check:\n\tdotnet format\n\tdotnet test\n");
        for (var session = 0; session < 12; session++)
        {
            string[] commands = ["dotnet format", "dotnet test", $"look{session}", $"run{session}"];
            foreach (var (second, command) in commands.Index())
                Add(session, second, command);
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        Directory.Delete(_project, recursive: true);
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_routine_that_a_project_of_the_events_automates_says_so()
    {
        var listener = Run(findAutomation: true);

        Assert.Equal("make check", listener.Coverage?.Automation.Name);
        Assert.Contains($"Looked for automations in: {_project}", listener.Notes);
    }

    [StoreFact]
    public void Nobody_looks_into_the_project_unasked()
    {
        var listener = Run(findAutomation: false);

        Assert.Null(listener.Coverage);
        Assert.DoesNotContain(listener.Notes, note => note.StartsWith("Looked for automations", StringComparison.Ordinal));
    }

    private void Add(int session, int second, string command) =>
        _events.AddCall(
            $"session-{session}",
            "PreToolUse",
            "Bash",
            $"2026-03-02 09:{session:D2}:{second:D2}",
            new JsonObject
            {
                ["tool_input"] = new JsonObject { ["command"] = command },
                ["cwd"] = _project,
            }.ToJsonString()
        );

    private Listener Run(bool findAutomation)
    {
        var listener = new Listener();
        AnalysisRun
            .Prepare(
                new RunOptions
                {
                    Folder = _project,
                    Window = new WindowOptions { Since = s_start.AddDays(-1), Until = s_start.AddDays(1) },
                    FindAutomation = findAutomation,
                }
            )
            .Execute(_events.Database, dryRun: true, listener, CancellationToken.None);
        return listener;
    }

    private sealed class Listener : IRunListener
    {
        public List<string> Notes { get; } = [];

        public RoutineCoverage? Coverage { get; private set; }

        public void Note(string text) => Notes.Add(text);

        public void Warn(string text) => Assert.Fail(text);

        public void Finish(AnalysisSummary summary) =>
            Coverage = Assert.Single(summary.Patterns, pattern => pattern.ToolSequence == Routine).Worth!.CoveredBy;

        public void Fail(PatternAnalysisException failure, string target) => throw failure;

        public void Report(AnalysisStage value) { }
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteFoundAutomationTests() : FoundAutomationTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresFoundAutomationTests() : FoundAutomationTests(new PostgresEvents(PostgresEvents.OriginalSchema));
