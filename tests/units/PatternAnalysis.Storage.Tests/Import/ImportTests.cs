using Microsoft.Data.Sqlite;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>What an import promises about a database: each event once, all of it counted, nothing changed by a dry run.</summary>
public class ImportTests
{
    private static readonly IReadOnlyList<AgentWork> s_work = AgentWork.Invent(sessions: 6);

    [Fact]
    public void A_missing_database_is_created_and_read_by_the_analysis()
    {
        using var folder = new ImportFolder();
        foreach (var work in s_work)
            folder.Add($"{work.SessionId}.jsonl", TranscriptWriter.Write(work));

        folder.Import();

        var summary = new Analysis.DailyAnalysis(
            PatternDatabase.Open(folder.Database).Events,
            PatternDatabase.Open(folder.Database).Approvals
        ).Run(new Analysis.AnalysisOptions());
        Assert.Equal(s_work.Count, summary.TotalSessions);
        Assert.Equal(s_work.Sum(work => work.Calls.Count), summary.EventCount);
    }

    [Fact]
    public void Importing_again_adds_nothing_and_a_grown_file_adds_what_is_new()
    {
        using var folder = new ImportFolder();
        var text = TranscriptWriter.Write(s_work[0]);
        var half = text.IndexOf('\n', text.Length / 2) + 1;
        folder.Add("session.jsonl", text[..half]);
        var first = folder.Import();
        var again = folder.Import();

        folder.Add("session.jsonl", text);
        var grown = folder.Import();

        Assert.Equal((first.ReadCount, 0L, first.ReadCount), (first.NewCount, again.NewCount, again.DuplicateCount));
        Assert.Equal(first.NewCount, grown.DuplicateCount);
        using var whole = new ImportFolder();
        Assert.Equal(whole.Add("session.jsonl", text).Import().NewCount, first.NewCount + grown.NewCount);
    }

    [Fact]
    public void A_resumed_sessions_copies_are_the_first_sessions_calls()
    {
        using var folder = new ImportFolder();
        folder.Add("first.jsonl", TranscriptWriter.Write(s_work[0]));
        folder.Add("resumed.jsonl", TranscriptWriter.Write(s_work[0], sessionId: "another-session", copy: 1));
        File.SetLastWriteTimeUtc(Path.Combine(folder.Input, "first.jsonl"), DateTime.UtcNow.AddHours(-1));

        var result = folder.Import();

        Assert.Equal(result.NewCount, result.DuplicateCount);
        Assert.All(folder.Stored(), row => Assert.Equal(s_work[0].SessionId, row.Session));
    }

    [Fact]
    public void Equal_events_without_an_id_are_each_counted_and_copies_of_them_are_not()
    {
        using var folder = new ImportFolder();
        var line = """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Read","tool_input":{"file_path":"a"}}""" + "\n";
        folder.Add("log.jsonl", line + line + line).Add("copy.jsonl", line + line + line);

        var first = folder.Import();
        folder.Add("log.jsonl", line + line + line + line);
        var grown = folder.Import();

        Assert.Equal((3L, 3L), (first.NewCount, first.DuplicateCount));
        Assert.Equal((1L, 6L), (grown.NewCount, grown.DuplicateCount));
    }

    [Fact]
    public void Short_call_ids_of_different_sessions_are_different_calls()
    {
        using var folder = new ImportFolder();
        string Line(string session) =>
            $$"""{"session_id":"{{session}}","hook_event_name":"PreToolUse","tool_name":"Read","tool_use_id":"call_1"}""" + "\n";
        folder.Add("log.jsonl", Line("a") + Line("b"));

        Assert.Equal(2, folder.Import().NewCount);
    }

    [Fact]
    public void An_import_whose_run_can_not_be_recorded_is_an_import_all_the_same()
    {
        using var folder = new ImportFolder().Add("first.jsonl", TranscriptWriter.Write(s_work[0]));
        folder.Import();
        folder.Execute("CREATE TRIGGER no_runs BEFORE INSERT ON pattern_runs BEGIN SELECT RAISE(ABORT, 'no more'); END");

        var result = folder.Add("second.jsonl", TranscriptWriter.Write(s_work[1])).Import();

        Assert.NotEqual(0, result.NewCount);
        Assert.StartsWith("The events are stored, but the run could not be recorded: ", result.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_the_same_and_creates_nothing()
    {
        using var folder = new ImportFolder();
        folder.Add("session.jsonl", TranscriptWriter.Write(s_work[0])).Add("copy.jsonl", TranscriptWriter.Write(s_work[0], copy: 1));

        var preview = folder.Import(new ImportOptions { DryRun = true });

        Assert.False(File.Exists(folder.Database));
        Assert.Equivalent(folder.Import() with { DryRun = true }, preview);
        Assert.Equal(0, folder.Import(new ImportOptions { DryRun = true }).NewCount);
    }

    [Theory]
    [InlineData("CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)")]
    [InlineData(
        "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, event_id TEXT, event_type "
            + "TEXT, session_id TEXT, timestamp TEXT, payload TEXT, tool_name TEXT, extra TEXT)"
    )]
    [InlineData(
        "CREATE TABLE hook_events (event_id TEXT, event_type TEXT, session_id "
            + "TEXT, timestamp TEXT, tool_name TEXT, UNIQUE (event_id, session_id))"
    )]
    public void A_table_that_another_program_made_is_worked_with_and_filled_once(string schema)
    {
        using var folder = new ImportFolder();
        folder.Execute(schema);
        folder.Add("session.jsonl", TranscriptWriter.Write(s_work[0]));

        var (preview, first, again) = (folder.Import(new ImportOptions { DryRun = true }), folder.Import(), folder.Import());

        Assert.Equal(first.NewCount, preview.NewCount);
        Assert.Equal((0L, first.NewCount), (again.NewCount, again.DuplicateCount));
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM hook_events";
        Assert.Equal(first.NewCount, count.ExecuteScalar());
    }

    [Fact]
    public void What_the_originals_table_refuses_is_counted_and_the_rest_is_stored()
    {
        using var folder = new ImportFolder();
        folder.Execute(SqliteEvents.OriginalSchema);
        foreach (var work in s_work)
            folder.Add($"{work.SessionId}.jsonl", TranscriptWriter.Write(work));

        var result = folder.Import();

        var failed = s_work.SelectMany(work => work.Calls).Count(call => call.Failed);
        Assert.True(failed > 0, "the invented work needs a failure");
        Assert.Equal(failed, Assert.Single(result.Skipped, skip => skip.Reason == SkipReason.Refused).Count);
        Assert.Equal(s_work.Sum(work => work.Calls.Count), folder.Stored().Count(row => row.Type == "PreToolUse"));
    }

    [Fact]
    public void An_import_that_is_stopped_keeps_whole_batches_and_is_completed_by_the_next()
    {
        using var folder = new ImportFolder();
        foreach (var work in AgentWork.Invent(sessions: 1500))
            folder.Add($"{work.SessionId}.jsonl", TranscriptWriter.Write(work));
        using var stop = new CancellationTokenSource();
        var database = PatternDatabase.Open(folder.Database);
        var progress = new StopAfter(40, stop);

        Assert.Throws<OperationCanceledException>(() =>
            Storage.Import.FileImport.Run(database, [folder.Input], "Auto", new ImportOptions(), progress, stop.Token)
        );
        var kept = folder.Stored().Count;
        var rest = folder.Import();

        Assert.True(kept > 0 && kept % 5000 == 0, $"{kept} events are kept");
        Assert.Equal(kept, rest.DuplicateCount);
    }

    private sealed class StopAfter(int percent, CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Percent >= percent)
                stop.Cancel();
        }
    }
}
