using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What reading promises: the right events in the right order, clear errors, and no trace.</summary>
public class ReadTests
{
    private static readonly TimeWindow s_day = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2026-03-02 10:00:00")]
    [InlineData("2026-03-02 10:00:00.123456")]
    [InlineData("2026-03-02T10:00:00")]
    [InlineData("2026-03-02T10:00:00Z")]
    [InlineData("2026-03-02T10:00:00.5+00:00")]
    [InlineData("2026-03-01T20:00:00-14:00")]
    [InlineData("2026-03-03T00:00:00+1400")]
    [InlineData("1772445600")]
    [InlineData("1772445600.25")]
    [InlineData("1772445600000")]
    [InlineData(1772445600L)]
    [InlineData(1772445600000L)]
    [InlineData(1772445600.75)]
    public void Every_stored_form_of_a_time_is_read(object timestamp)
    {
        foreach (var type in new[] { "TEXT", "DATETIME", "" })
        {
            using var events = new EventDatabase($"CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp {type})");
            events.Add("s", "tool_use", "Read", timestamp);

            var sequence = Assert.Single(Read(events, s_day).Sequences());

            Assert.Equal(s_day.Since!.Value.AddHours(10), sequence.FirstSeen!.Value, TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData("2026-03-01 23:59:59.999999", false)]
    [InlineData("2026-03-02 00:00:00", true)]
    [InlineData("2026-03-02 23:59:59.999999", true)]
    [InlineData("2026-03-03 00:00:00", false)]
    [InlineData("2026-03-03T01:00:00+02:00", true)]
    [InlineData("2026-03-02T01:00:00+02:00", false)]
    public void The_window_is_half_open_in_UTC(string timestamp, bool inside)
    {
        using var events = new EventDatabase().Add("s", "tool_use", "Read", timestamp);

        Assert.Equal(inside ? 1 : 0, Read(events, s_day).Count);
    }

    [Fact]
    public void What_cannot_be_used_is_counted_by_reason()
    {
        using var events = new EventDatabase()
            .Add("s", "tool_use", "Read", "2026-03-02 10:00:00")
            .Add("s", "tool_use", "Edit", "the day before yesterday")
            .Add("s", "tool_use", "Edit", null)
            .Add("s", "tool_use", null, "2026-03-02 10:00:01")
            .Add("s", "tool_use", "", "2026-03-02 10:00:01")
            .Add(null, "tool_use", "Edit", "2026-03-02 10:00:02")
            .Add("s", "Notification", "Edit", "2026-03-02 10:00:03");

        var reading = Read(events, s_day).Reading;

        Assert.Equal(6, reading.EventCount);
        Assert.Equal(new Dictionary<string, long> { ["unreadable_timestamp"] = 2, ["no_tool"] = 2, ["no_session"] = 1 }, reading.Excluded);
    }

    [Fact]
    public void Equal_times_keep_the_order_of_insertion()
    {
        using var events = new EventDatabase();
        foreach (var tool in new[] { "Read", "Edit", "Write", "Bash", "Grep" })
            events.Add("s", "tool_use", tool, "2026-03-02 10:00:00");
        events.Add("s", "tool_use", "First", "2026-03-02 09:59:59.9");

        Assert.Equal("First→Read→Edit→Write→Bash→Grep", Assert.Single(Read(events, s_day).Sequences()).Text);
    }

    [Fact]
    public void The_start_and_the_end_of_a_call_are_one_step()
    {
        using var events = new EventDatabase(EventDatabase.OriginalSchema)
            .AddCall("s", "PreToolUse", "Bash", "2026-03-02 10:00:00", """{"tool_use_id":"a"}""")
            .AddCall("s", "PreToolUse", "Read", "2026-03-02 10:00:01", """{"tool_use_id":"b"}""")
            .AddCall("s", "PostToolUse", "Read", "2026-03-02 10:00:02", """{"tool_use_id":"b"}""")
            .AddCall("s", "PostToolUse", "Bash", "2026-03-02 10:00:03", """{"tool_input":{"x":[1,{"tool_use_id":"b"}]},"tool_use_id":"a"}""")
            .AddCall("s", "PostToolUse", "Edit", "2026-03-02 10:00:04", "{}")
            .AddCall("s", "PostToolUse", "Edit", "2026-03-02 10:00:05", "no json");

        var corpus = Read(events, s_day, "PreToolUse", "PostToolUse");

        var sequence = Assert.Single(corpus.Sequences());
        Assert.Equal(("Bash→Read", 4), (sequence.Text, sequence.EventCount));
        Assert.Equal(new Dictionary<string, long> { ["same_call"] = 2, ["call_end_without_id"] = 2 }, corpus.Reading.Excluded);
        Assert.Equal("Read→Bash→Edit→Edit", Assert.Single(Read(events, s_day, "PostToolUse").Sequences()).Text);
    }

    [Fact]
    public void A_view_or_a_table_without_rowid_is_read_as_well()
    {
        using var view = new EventDatabase("CREATE TABLE raw (id INTEGER, s TEXT, e TEXT, t TEXT, at TEXT); "
            + "CREATE VIEW hook_events AS SELECT id, s AS session_id, e AS event_type, t AS tool_name, at AS timestamp FROM raw");
        view.Execute("INSERT INTO raw VALUES (2, 's', 'tool_use', 'Edit', '2026-03-02 10:00:00'), (1, 's', 'tool_use', 'Read', '2026-03-02 10:00:00')");
        Assert.Equal("Read→Edit", Assert.Single(Read(view, s_day).Sequences()).Text);

        using var table = new EventDatabase("CREATE TABLE hook_events (id INTEGER PRIMARY KEY, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT) WITHOUT ROWID");
        table.Execute("INSERT INTO hook_events VALUES (2, 's', 'tool_use', 'Edit', '2026-03-02 10:00:00'), (1, 's', 'tool_use', 'Read', '2026-03-02 10:00:00')");
        Assert.Equal("Read→Edit", Assert.Single(Read(table, s_day).Sequences()).Text);
    }

    [Fact]
    public void Names_in_any_script_and_any_encoding_of_the_database_are_kept()
    {
        foreach (var encoding in new[] { "UTF-8", "UTF-16le" })
        {
            using var events = new EventDatabase($"PRAGMA encoding = '{encoding}'; {EventDatabase.MinimalSchema}");
            events.AddSession("sitzung-ü", s_day.Since!.Value, "Lesen ä", "読む", "🙂");

            var sequence = Assert.Single(Read(events, s_day).Sequences());

            Assert.Equal(("sitzung-ü", "Lesen ä→読む→🙂"), (sequence.SessionId, sequence.Text));
        }
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void Reading_leaves_no_trace(string journalMode)
    {
        using var events = new EventDatabase(journalMode: journalMode).AddSession("s", s_day.Since!.Value, "Read", "Edit");
        var before = events.Files();

        Assert.Equal(2, Read(events, s_day).StepCount);

        Assert.Equal(before, events.Files());
    }

    [Fact]
    public void Events_that_another_process_still_holds_in_the_log_are_read()
    {
        using var events = new EventDatabase(journalMode: "WAL");
        using var writer = events.Open();
        using var holdsOpen = writer.CreateCommand();
        holdsOpen.CommandText = "SELECT count(*) FROM hook_events";
        holdsOpen.ExecuteScalar();
        events.AddSession("s", s_day.Since!.Value, "Read", "Edit");
        Assert.True(File.Exists(events.Path + "-wal"));

        Assert.Equal(2, Read(events, s_day).StepCount);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var events = new EventDatabase("CREATE TABLE other (a)");
        Assert.Equal("TableNotFound", ErrorOf(events.Path).ErrorId);
        Assert.Contains("hook_events", ErrorOf(events.Path).Message, StringComparison.Ordinal);

        events.Execute("CREATE TABLE hook_events (session_id, event_type, timestamp)");
        Assert.Equal("ColumnNotFound", ErrorOf(events.Path).ErrorId);
        Assert.Contains("tool_name", ErrorOf(events.Path).Message, StringComparison.Ordinal);

        var missing = events.Path + ".missing";
        Assert.Equal("DatabaseNotFound", ErrorOf(missing).ErrorId);
        Assert.Contains(missing, ErrorOf(missing).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(missing));

        File.WriteAllText(missing, new string('x', 4096));
        Assert.Equal("NotADatabase", ErrorOf(missing).ErrorId);
        Assert.Equal("DatabaseNotFound", ErrorOf(Path.GetDirectoryName(events.Path)!).ErrorId);
    }

    [Fact]
    public void A_connection_string_names_a_file_and_its_text_is_never_repeated()
    {
        using var events = new EventDatabase().AddSession("s", s_day.Since!.Value, "Read");
        Assert.Equal(events.Path, PatternDatabase.Open($"Data Source={events.Path}").Name);

        var error = Assert.Throws<PatternAnalysisException>(() => PatternDatabase.Open("Serrver=x;Pasword=secret"));
        Assert.Equal("InvalidConnectionString", error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static PatternAnalysisException ErrorOf(string path)
    {
        var sequencer = new EventSequencer(new EventQuery());
        return Assert.Throws<PatternAnalysisException>(() =>
            PatternDatabase.Open(path).Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None));
    }

    private static SequenceCorpus Read(EventDatabase events, TimeWindow window, params string[] eventTypes)
    {
        var sequencer = new EventSequencer(new EventQuery { Window = window, EventTypes = eventTypes.Length > 0 ? eventTypes : EventQuery.DefaultEventTypes });
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }
}
