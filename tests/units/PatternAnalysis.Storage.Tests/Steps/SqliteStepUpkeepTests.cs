using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Import;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

public sealed class SqliteStepUpkeepTests()
    : StepUpkeepTests(new SqliteEvents(AnyEvents.SqliteSchema), new SqliteEvents(AnyEvents.SqliteSchema))
{
    [Fact]
    public void An_import_derives_what_it_brings_where_steps_are_derived_and_a_second_one_nothing()
    {
        using var folder = new TemporaryTranscripts();
        var database = PatternDatabase.Open(Path.Combine(folder.Path, "imported.db"));
        var reports = new List<ImportProgress>();
        Import("one");
        Assert.Equal(0, database.Steps.Check().DerivedCount);

        database.Steps.Derive();
        var known = database.Steps.Check().DerivedCount;
        reports.Clear();
        Import("two");
        Assert.Equal("Reading files", reports[0].Stage);
        Assert.Equal(("Deriving steps", 100), (reports[^1].Stage, reports[^1].Percent));
        Import("two");

        Assert.True(database.Steps.Check().DerivedCount > known);
        Assert.Equal((0, true), (database.Steps.Check().UnderivedCount, database.Steps.Check().IsTrue));

        void Import(string session) =>
            FileImport.Run(
                database,
                [folder.Add(session)],
                FileImport.Auto,
                new ImportOptions(),
                new Reports(reports),
                CancellationToken.None
            );
    }

    [Fact]
    public void Steps_that_are_derived_anew_while_they_are_read_are_not_lost()
    {
        var steps = Events.Database.Steps;
        (steps.Derivation.BatchCount, steps.Derivation.BlockCount) = (100, 100);
        steps.Derive();
        Events.Execute("DELETE FROM pattern_step_blocks WHERE (first_event > 300 AND last_event < 500) OR first_event > 600");
        string[] expected = [.. Read().Select(sequence => JsonSerializer.Serialize(sequence))];
        using var open = Events.OpenForOthers();
        using var stop = new CancellationTokenSource();

        // All are removed while the first stretch is read, and derived before the last: the one between is found empty.
        var found = Read(sequencer => new Meddler(
            sequencer,
            () =>
                Assert.Throws<OperationCanceledException>(() => steps.Build(null, again: true, new StopAt<StepProgress>(stop), stop.Token)),
            () => steps.Derive()
        ));

        Assert.Equal(expected, found.Select(sequence => JsonSerializer.Serialize(sequence)));
    }

    /// <summary>Does something at the first step, and at the first event behind the second stretch.</summary>
    private sealed class Meddler(IDerivedStepSink sink, Action? atStep, Action? atEvent) : IDerivedStepSink
    {
        private Action? _atStep = atStep;
        private Action? _atEvent = atEvent;

        public StepRules? Rules => sink.Rules;

        public void Add(in HookEventRow row)
        {
            if (row.InsertionId > 600)
                Do(ref _atEvent);
            sink.Add(row);
        }

        public void Add(in DerivedStep step, IDerivedTexts texts)
        {
            Do(ref _atStep);
            sink.Add(step, texts);
        }

        public void Restart() => sink.Restart();

        private static void Do(ref Action? action)
        {
            var now = action;
            action = null;
            now?.Invoke();
        }
    }

    /// <summary>A folder of hook logs.</summary>
    private sealed class TemporaryTranscripts : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("pattern-analysis-").FullName;

        public string Add(string session)
        {
            var file = System.IO.Path.Combine(Path, $"{session}.jsonl");
            File.WriteAllLines(
                file,
                Enumerable
                    .Range(0, 5)
                    .Select(number =>
                        JsonSerializer.Serialize(
                            new
                            {
                                session_id = session,
                                event_type = "PreToolUse",
                                tool_name = "Bash",
                                timestamp = string.Create(CultureInfo.InvariantCulture, $"2026-03-02T10:00:0{number}Z"),
                                payload = new { tool_input = new { command = $"make {number}" } },
                            }
                        )
                    )
            );
            return file;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private sealed class Reports(List<ImportProgress> reports) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => reports.Add(value);
    }
}
