using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Postgres;
using SQLitePCL;

namespace PatternAnalysis.Benchmarks;

/// <summary>The pieces of work that are measured, each in a process of its own.</summary>
internal static class Work
{
    private const string Rows = "SELECT session_id, tool_name, timestamp, rowid, event_type FROM hook_events";
    private const string Condition = $"WHERE event_type IN ('{EventDatabase.StartType}')";

    private static readonly EventQuery s_query = new() { EventTypes = [EventDatabase.StartType] };

    private static readonly ActivityOptions s_tools = new() { Model = ActivityModel.Tool };
    private static readonly ActivityOptions s_operations = new() { Model = ActivityModel.Operation };

    public static void Run(string name, string target, int minimumSessions)
    {
        switch (name)
        {
            case "step-table":
                Step(target, $"{Rows} NOT INDEXED {Condition}");
                break;
            case "step-index":
                Step(target, $"{Rows} {Condition}");
                break;
            case "original-query":
                Step(
                    target,
                    $"""
                    SELECT session_id, GROUP_CONCAT(tool_name, '→'), COUNT(*), MIN(timestamp), MAX(timestamp) FROM hook_events
                    WHERE timestamp >= '2000-01-01' AND event_type = '{EventDatabase.StartType}' GROUP BY session_id ORDER BY session_id,
                        timestamp
                    """
                );
                break;
            case "read":
                Read(target, s_tools);
                break;
            case "read-operations":
                Read(target, s_operations);
                break;
            case "read-adaptive":
                Read(target, new ActivityOptions { ReadsOutcomes = true });
                break;
            case "derive":
                Derive(target);
                break;
            case "whole":
                Whole(target, minimumSessions, s_tools);
                break;
            case "adaptive-memory":
                Whole(target, minimumSessions, new ActivityOptions());
                break;
            case "adaptive-database":
                Whole(target, minimumSessions, new ActivityOptions(), AnalysisEngine.Database);
                break;
            case "tools-memory":
                Whole(target, minimumSessions, s_tools);
                break;
            case "tools-database":
                Whole(target, minimumSessions, s_tools, AnalysisEngine.Database);
                break;
            case "tools-counted":
                Whole(target, minimumSessions, s_tools, AnalysisEngine.Database, fewEvents: -1);
                break;
            case "whole-operations":
                Whole(target, minimumSessions, s_operations);
                break;
            case "whole-adaptive":
                Whole(target, minimumSessions, new ActivityOptions());
                break;
            case "shape":
                Shape(target, minimumSessions);
                break;
            case "memory":
                InMemory(long.Parse(target, CultureInfo.InvariantCulture), minimumSessions);
                break;
            default:
                throw new ArgumentException($"There is no work '{name}'.", nameof(name));
        }
    }

    /// <summary>Nothing but SQLite: one connection steps over the rows and looks at no column.</summary>
    private static void Step(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var clock = Stopwatch.StartNew();
        raw.sqlite3_prepare_v2(connection.Handle!, sql, out var statement);
        long rows = 0;
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            rows++;
        statement.Dispose();
        Measurement.Print(clock.Elapsed, $"{rows} rows");
    }

    private static void Derive(string database)
    {
        var clock = Stopwatch.StartNew();
        var events = PatternDatabase.Open(database).Steps.Derive().EventCount;
        Measurement.Print(clock.Elapsed, $"{events} events");
    }

    private static void Read(string database, ActivityOptions activity)
    {
        var clock = Stopwatch.StartNew();
        var events = PatternDatabase.Open(database).Events;
        var sequencer = new EventSequencer(s_query, activity);
        events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        var rows = clock.Elapsed;
        var corpus = sequencer.Build();
        Measurement.Print(
            clock.Elapsed,
            $"{corpus.StepCount} steps in {corpus.Count} sessions",
            new() { ["Rows"] = rows.TotalSeconds, ["Sequences"] = (clock.Elapsed - rows).TotalSeconds }
        );
    }

    private static void Whole(
        string database,
        int minimumSessions,
        ActivityOptions activity,
        AnalysisEngine engine = AnalysisEngine.Memory,
        double fewEvents = PostgresPatternCounter.FewEvents
    )
    {
        var clock = Stopwatch.StartNew();
        var opened = PatternDatabase.Open(database);
        var stages = new StageClock();
        var daily = new DailyAnalysis(
            opened.Events,
            opened.Approvals,
            openCounter: () => new PostgresPatternCounter((PostgresDatabase)opened.Sql, null, fewEvents),
            nodeEvents: opened.NodeEvents
        );
        var summary = daily.Run(
            new AnalysisOptions
            {
                Query = s_query,
                Activity = activity,
                Mining = new MiningOptions { MinimumSessions = minimumSessions },
                Engine = engine,
                DryRun = true,
            },
            stages
        );
        Measurement.Print(clock.Elapsed, $"{summary.PatternsFound} patterns in {summary.TotalSessions} sessions", stages.Seconds);
    }

    private static void InMemory(long steps, int minimumSessions)
    {
        var sequencer = new EventSequencer(s_query, s_tools);
        long number = 0;
        foreach (var (session, tool) in EventDatabase.Calls(steps, Benchmark.Seed))
            Add(sequencer, session, tool, number++);
        Mine(sequencer.Build(), minimumSessions);
    }

    private static void Shape(string name, int steps)
    {
        var sequencer = new EventSequencer(s_query, s_tools);
        long number = 0;
        var sessions = BadShape.All[name](steps).Index();
        foreach (var (session, tools) in sessions)
        {
            foreach (var tool in tools)
                Add(sequencer, session.ToString(CultureInfo.InvariantCulture), BadShape.ToolOf(tool), number++);
        }

        Mine(sequencer.Build(), minimumSessions: 2);
    }

    private static void Add(EventSequencer sequencer, string session, string tool, long number) =>
        sequencer.Add(
            new HookEventRow
            {
                SessionId = Encoding.UTF8.GetBytes(session),
                EventType = "PreToolUse"u8,
                ToolName = Encoding.UTF8.GetBytes(tool),
                UtcTicks = EventDatabase.FirstEvent.Ticks + number * TimeSpan.TicksPerMillisecond,
                InsertionId = number,
            }
        );

    private static void Mine(SequenceCorpus corpus, int minimumSessions)
    {
        var stages = new StageClock();
        var clock = Stopwatch.StartNew();
        stages.Report(new AnalysisStage("Mining", 0));
        var patterns = PatternMiner.Mine(corpus, new MiningOptions { MinimumSessions = minimumSessions });
        stages.Report(new AnalysisStage("Measuring", 0));
        var measurer = new PatternMeasurer(new MetricOptions());
        var certain = patterns.Count(pattern => measurer.Measure(pattern).ConfidenceScore > 0.99);
        stages.Report(new AnalysisStage("Done", 0));
        Measurement.Print(
            clock.Elapsed,
            $"{patterns.Count} patterns ({certain} above 0.99) in {corpus.Count} sessions of {corpus.StepCount} steps",
            stages.Seconds
        );
    }

    /// <summary>Takes the time of each stage, named by the first word of its message.</summary>
    private sealed class StageClock : IProgress<AnalysisStage>
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private string? _stage;

        public Dictionary<string, double> Seconds { get; } = [];

        public void Report(AnalysisStage value)
        {
            if (_stage is not null)
                Seconds[_stage] = Seconds.GetValueOrDefault(_stage) + _clock.Elapsed.TotalSeconds;
            _stage = value.Message.Split(' ')[0];
            _clock.Restart();
        }
    }
}
