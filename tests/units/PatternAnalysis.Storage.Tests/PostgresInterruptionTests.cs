using System.Diagnostics;
using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Masking;
using PatternAnalysis.Storage.Approvals;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What several analyses at once, and one that dies, leave behind.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresInterruptionTests : IDisposable
{
    private static readonly string[] s_tables = ["pattern_approvals", "pattern_review_history", "pattern_sightings", "pattern_evidence"];

    // What is waited for always comes, on a busy machine late.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly PostgresEvents _events = new();

    public PostgresInterruptionTests() => _events.AddOriginalFixture(times: 4);

    public void Dispose() => _events.Dispose();

    [StoreFact]
    public void Analyses_at_once_save_what_one_after_the_other_would()
    {
        var summaries = new AnalysisSummary[6];

        Parallel.For(
            0,
            summaries.Length,
            new ParallelOptions { MaxDegreeOfParallelism = summaries.Length },
            number => summaries[number] = _events.Analyze()
        );

        Assert.Equal(2, summaries.Sum(summary => summary.NewPatterns));
        Assert.Equal(0, summaries.Sum(summary => summary.UpdatedPatterns));
        Assert.Equal(6, _events.Scalar<long>("SELECT count(*) FROM pattern_runs"));
        Assert.Equal(32, _events.Scalar<long>("SELECT count(*) FROM pattern_sightings"));
    }

    [StoreFact]
    public void Who_waits_too_long_is_told_who_writes()
    {
        _events.Analyze();
        var database = new PostgresDatabase(
            PostgresAddress.Parse(_events.Address + ";Application Name=the other one", DatabaseOptions.None),
            TimeSpan.FromSeconds(1)
        );
        using var connection = database.OpenForWriting();
        using var transaction = database.BeginWrite(connection, CancellationToken.None);

        var error = Assert.Throws<PatternAnalysisException>(() =>
            new SqlApprovalStore(database).SaveFailure(DateTimeOffset.UtcNow, TimeWindow.Always, "x")
        );

        Assert.Equal("DatabaseBusy", error.ErrorId);
        Assert.Contains("user tester with the other one", error.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public void An_event_is_recorded_while_patterns_are_saved()
    {
        var database = new PostgresDatabase(PostgresAddress.Parse(_events.Address, DatabaseOptions.None));
        using var connection = database.OpenForWriting();
        using var transaction = database.BeginWrite(connection, CancellationToken.None);
        using var input = new MemoryStream(
            """{"session_id":"now","hook_event_name":"PreToolUse","tool_name":"Read","tool_use_id":"t","tool_input":{}}"""u8.ToArray()
        );

        var recorder = new HookRecorder(_events.Address, PayloadMode.Command, "app") { Patience = TimeSpan.FromMinutes(2) };
        Assert.Null(recorder.Record(input));

        Assert.Equal(1, _events.Scalar<long>("SELECT count(*) FROM hook_events WHERE session_id = 'now'"));
    }

    [StoreFact]
    public void A_recorder_does_not_wait_for_a_locked_table_and_the_event_comes_with_the_next_import()
    {
        var data = Directory.CreateTempSubdirectory("pattern-analysis-data-").FullName;
        try
        {
            using (var connection = new Npgsql.NpgsqlConnection(_events.Address))
            {
                connection.Open();
                using var transaction = connection.BeginTransaction();
                connection.Execute("LOCK TABLE hook_events IN ACCESS EXCLUSIVE MODE", transaction: transaction);

                var (exitCode, error) = Run(
                    data,
                    """{"session_id":"locked","hook_event_name":"PreToolUse","tool_name":"Read","tool_use_id":"t","tool_input":{}}""",
                    "record"
                );

                Assert.Equal(0, exitCode);
                Assert.Contains("did not take the event within 1 s. The event waits in", error, StringComparison.Ordinal);
                transaction.Rollback();
            }

            Assert.Equal(0, Run(data, "", "analyze").ExitCode);

            Assert.Equal(1, _events.Scalar<long>("SELECT count(*) FROM hook_events WHERE session_id = 'locked'"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private (int ExitCode, string Error) Run(string data, string input, string command)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"), command, "--database", _events.Address]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = data;
        using var process = Process.Start(start)!;
        using (process.StandardInput)
            process.StandardInput.Write(input);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        return (process.ExitCode, error);
    }

    [StoreFact]
    public void Who_waits_can_be_stopped()
    {
        var database = new PostgresDatabase(
            PostgresAddress.Parse(_events.Address, DatabaseOptions.None),
            patience: TimeSpan.FromMinutes(10)
        );
        using var connection = database.OpenForWriting();
        using var transaction = database.BeginWrite(connection, CancellationToken.None);
        using var waiting = database.OpenForWriting();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.ThrowsAny<OperationCanceledException>(() => database.BeginWrite(waiting, cancel.Token));
    }

    [StoreFact]
    public void A_connection_that_breaks_while_saving_is_one_clear_error_and_nothing_is_half_done()
    {
        PrepareTables();
        PatternAnalysisException? error = null;

        StopInTheMiddleOfSaving(
            start: () => Task.Run(() => error = Assert.Throws<PatternAnalysisException>(() => _events.Analyze())),
            stop: process => _events.Execute("SELECT pg_terminate_backend(@process)", new { process })
        );

        Assert.Equal("ConnectionLost", error!.ErrorId);
        Assert.All(s_tables, table => Assert.Equal(0, _events.Scalar<long>($"SELECT count(*) FROM {table}")));
        Assert.Equal(
            SecretMasker.Mask(error.Message),
            _events.Scalar<string>("SELECT error FROM pattern_runs WHERE outcome = 'failed' AND error <> 'a test'")
        );
        AssertUndisturbed();
    }

    [StoreFact]
    public void A_killed_process_leaves_nothing_half_done()
    {
        PrepareTables();
        Process? analysis = null;

        StopInTheMiddleOfSaving(
            start: () =>
            {
                analysis = Process.Start(
                    new ProcessStartInfo(
                        "dotnet",
                        ["exec", Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"), "analyze", "--database", _events.Address]
                    )
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    }
                )!;
                return analysis.WaitForExitAsync();
            },
            stop: _ => analysis!.Kill()
        );

        Assert.NotEqual(0, analysis!.ExitCode);
        Assert.All(s_tables, table => Assert.Equal(0, _events.Scalar<long>($"SELECT count(*) FROM {table}")));
        AssertUndisturbed();
    }

    [StoreFact]
    public void A_server_that_stops_while_events_are_read_is_one_clear_error()
    {
        using var server = new PostgresServer(5434);
        using (var connection = new Npgsql.NpgsqlConnection(server.Address))
        {
            connection.Open();
            connection.Execute(
                "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TIMESTAMP); "
                    + "INSERT INTO hook_events SELECT 's', 'tool_use', 'Read', '2026-03-02' FROM generate_series(1, 300000)"
            );
        }

        var stopping = new StoppingSink(server);
        var error = Assert.Throws<PatternAnalysisException>(() =>
            PatternDatabase.Open(server.Address).Events.Read(new EventQuery(), stopping, CancellationToken.None)
        );

        Assert.Equal("ConnectionLost", error.ErrorId);
    }

    private void PrepareTables() => _events.Database.Approvals.SaveFailure(DateTimeOffset.UtcNow, TimeWindow.Always, "a test");

    // Someone else holds a table that saving writes to in its middle; whoever waits for it is stopped there.
    private void StopInTheMiddleOfSaving(Func<Task> start, Action<int> stop)
    {
        using var holder = _events.Open();
        using var hold = holder.BeginTransaction();
        holder.Execute("LOCK TABLE pattern_evidence IN ACCESS EXCLUSIVE MODE", transaction: hold);
        var run = start();
        int? waiting = null;
        Assert.True(SpinWait.SpinUntil(() => (waiting = Waiting()) is not null || run.IsCompleted, s_patience));
        Assert.NotNull(waiting);

        stop(waiting.Value);
        Assert.True(run.Wait(s_patience));
        hold.Rollback();
        Assert.True(
            SpinWait.SpinUntil(() => _events.Scalar<long>($"SELECT count(*) FROM pg_stat_activity WHERE pid = {waiting}") == 0, s_patience)
        );

        int? Waiting()
        {
            Thread.Sleep(20);
            return _events.Scalar<int?>("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'pattern_evidence'::regclass");
        }
    }

    private void AssertUndisturbed()
    {
        using var undisturbed = new PostgresEvents();
        undisturbed.AddOriginalFixture(times: 4);
        Assert.Equal(2, _events.Analyze().NewPatterns);
        undisturbed.Analyze();
        string Rows(PostgresEvents events) =>
            events.Scalar<string>(
                "SELECT string_agg(concat_ws('|', a.pattern_id, status, occurrence_count, "
                    + "example_sessions, pattern_context), E'\\n' ORDER BY a.pattern_id) FROM pattern_approvals a"
            );
        Assert.Equal(Rows(undisturbed), Rows(_events));
    }

    private sealed class StoppingSink(PostgresServer server) : IHookEventSink
    {
        private int _count;

        public void Add(in HookEventRow row)
        {
            if (++_count == 5000)
                server.Stop();
        }

        public void Restart() => throw new NotSupportedException();
    }
}
