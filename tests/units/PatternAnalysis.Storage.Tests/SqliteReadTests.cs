using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What reading promises on SQLite.</summary>
public sealed class SqliteReadTests : ReadTests
{
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
            using var events = new SqliteEvents($"CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp {type})");
            events.Add("s", "tool_use", "Read", timestamp);

            var sequence = Assert.Single(Read(events, Day).Sequences());

            Assert.Equal(Day.Since!.Value.AddHours(10), sequence.FirstSeen!.Value, TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Reading_starts_again_when_somebody_writes_meanwhile()
    {
        using var events = new SqliteEvents();
        for (var number = 0; number < 3; number++)
            events.Add("s", "tool_use", $"t{number}", "2026-03-02 10:00:00");
        using (var connection = events.Open())
            connection.Execute("PRAGMA journal_mode = WAL");
        var sink = new WritingSink(events);

        events.Database.Events.Read(new EventQuery { EventTypes = ["tool_use"] }, sink, CancellationToken.None);

        Assert.Equal(1, sink.Restarts);
        Assert.Equal(["t0", "t1", "t2", "t3"], sink.Tools);
    }

    /// <summary>Keeps the tools it is told of, and adds a row to the table when the first one comes.</summary>
    private sealed class WritingSink(SqliteEvents events) : IHookEventSink
    {
        public List<string> Tools { get; } = [];

        public int Restarts { get; private set; }

        public void Add(in HookEventRow row)
        {
            Tools.Add(System.Text.Encoding.UTF8.GetString(row.ToolName));
            if (Restarts == 0 && Tools.Count == 1)
                events.Add("s", "tool_use", "t3", "2026-03-02 10:00:01");
        }

        public void Restart()
        {
            Restarts++;
            Tools.Clear();
        }
    }

    [Fact]
    public void A_view_or_a_table_without_rowid_is_read_as_well()
    {
        using var view = new SqliteEvents(
            "CREATE TABLE raw (id INTEGER, s TEXT, e TEXT, t TEXT, at TEXT); "
                + "CREATE VIEW hook_events AS SELECT id, s AS session_id, e AS event_type, t AS tool_name, at AS timestamp FROM raw"
        );
        view.Execute(
            "INSERT INTO raw VALUES (2, 's', 'tool_use', 'Edit', '2026-03-02 "
                + "10:00:00'), (1, 's', 'tool_use', 'Read', '2026-03-02 10:00:00')"
        );
        Assert.Equal("Read→Edit", Assert.Single(Read(view, Day).Sequences()).Text);

        using var table = new SqliteEvents(
            "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, session_id TEXT, "
                + "event_type TEXT, tool_name TEXT, timestamp TEXT) WITHOUT ROWID"
        );
        table.Execute(
            "INSERT INTO hook_events VALUES (2, 's', 'tool_use', 'Edit', '2026-03-02 "
                + "10:00:00'), (1, 's', 'tool_use', 'Read', '2026-03-02 10:00:00')"
        );
        Assert.Equal("Read→Edit", Assert.Single(Read(table, Day).Sequences()).Text);
    }

    [Fact]
    public void A_view_that_never_ends_is_refused_at_once()
    {
        using var events = new SqliteEvents(
            "CREATE VIEW numbers AS WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c; "
                + "CREATE VIEW hook_events AS SELECT x AS id, 's' AS session_id, 'tool_use' AS event_type, 'Read' AS tool_name, "
                + "'2026-03-02 10:00:00' AS timestamp FROM numbers"
        );

        Assert.Equal("EndlessView", Assert.Throws<PatternAnalysisException>(() => Read(events, Day)).ErrorId);
        Assert.Equal("EndlessView", Assert.Throws<PatternAnalysisException>(() => events.Database.FindSources()).ErrorId);
    }

    [Theory]
    [InlineData("CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp)")]
    [InlineData("CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp); CREATE INDEX i ON hook_events (timestamp)")]
    [InlineData(
        "CREATE TABLE hook_events (session_id, event_type, tool_name, timestamp); "
            + "CREATE INDEX i ON hook_events (event_type, timestamp, session_id, tool_name)"
    )]
    public void Texts_that_somebody_stored_as_bytes_are_the_same_texts(string schema)
    {
        using var events = new SqliteEvents(schema);
        foreach (var step in new[] { "Read", "Edit", "Write" })
            events.Execute(
                $"INSERT INTO hook_events VALUES ('text', 'tool_use', '{step}', '2026-03-02 10:00:0{step.Length}'), "
                    + $"(CAST('bytes' AS BLOB), CAST('tool_use' AS BLOB), CAST('{step}' AS BLOB), "
                    + $"CAST('2026-03-02 10:00:0{step.Length}' AS BLOB))"
            );

        Assert.Equal(["Read→Edit→Write", "Read→Edit→Write"], Read(events, Day).Sequences().Select(sequence => sequence.Text));
    }

    [Fact]
    public void A_column_called_rowid_and_numbers_at_both_ends_of_what_SQLite_can_count_lose_nothing()
    {
        using var named = new SqliteEvents("CREATE TABLE hook_events (rowid TEXT, session_id, event_type, tool_name, timestamp)");
        named.Execute("INSERT INTO hook_events VALUES ('z', 's', 'tool_use', 'Read', '2026-03-02 10:00:00')");
        Assert.Equal("Read", Assert.Single(Read(named, Day).Sequences()).Text);

        using var wide = new SqliteEvents(
            "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, session_id, event_type, tool_name, timestamp)"
        );
        wide.Execute(
            "INSERT INTO hook_events VALUES (-9223372036854775808, 's', 'tool_use', 'Read', '2026-03-02 10:00:00'), "
                + "(9223372036854775807, 's', 'tool_use', 'Edit', '2026-03-02 10:00:01')"
        );
        Assert.Equal("Read→Edit", Assert.Single(Read(wide, Day).Sequences()).Text);
    }

    [Fact]
    public void Names_in_any_script_and_any_encoding_of_the_database_are_kept()
    {
        foreach (var encoding in new[] { "UTF-8", "UTF-16le" })
        {
            using var events = new SqliteEvents($"PRAGMA encoding = '{encoding}'; {EventDatabase.MinimalSchema}");
            events.AddSession("sitzung-ü", Day.Since!.Value, "Lesen ä", "読む", "🙂");

            var sequence = Assert.Single(Read(events, Day).Sequences());

            Assert.Equal(("sitzung-ü", "Lesen ä→読む→🙂"), (sequence.SessionId, sequence.Text));
        }
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void Reading_leaves_no_trace(string journalMode)
    {
        using var events = new SqliteEvents(journalMode: journalMode).AddSession("s", Day.Since!.Value, "Read", "Edit");
        var before = events.State();

        Assert.Equal(2, Read(events, Day).StepCount);

        Assert.Equal(before, events.State());
    }

    [Fact]
    public void Events_that_another_process_still_holds_in_the_log_are_read()
    {
        using var events = new SqliteEvents(journalMode: "WAL");
        using var writer = events.Open();
        using var holdsOpen = writer.CreateCommand();
        holdsOpen.CommandText = "SELECT count(*) FROM hook_events";
        holdsOpen.ExecuteScalar();
        events.AddSession("s", Day.Since!.Value, "Read", "Edit");
        Assert.True(File.Exists(events.Path + "-wal"));

        Assert.Equal(2, Read(events, Day).StepCount);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var events = new SqliteEvents("CREATE TABLE other (a)");
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
        using var events = new SqliteEvents();
        Assert.Equal(events.Path, PatternDatabase.Open($"Data Source={events.Path}").Name);

        var error = Assert.Throws<PatternAnalysisException>(() => PatternDatabase.Open("Serrver=x;Pasword=secret"));
        Assert.Equal("InvalidConnectionString", error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_that_is_no_JSON_is_one_without_an_id()
    {
        using var events = CreateOriginal()
            .AddCall("s", "PreToolUse", "Bash", "2026-03-02 10:00:00", "no json")
            .AddCall("s", "PostToolUse", "Bash", "2026-03-02 10:00:01", "{\"tool_use_id\":");

        Assert.Equal("Bash", Assert.Single(Read(events, Day, "PreToolUse", "PostToolUse").Sequences()).Text);
    }

    protected override EventDatabase Create() => new SqliteEvents();

    protected override EventDatabase CreateOriginal() => new SqliteEvents(SqliteEvents.OriginalSchema);
}
