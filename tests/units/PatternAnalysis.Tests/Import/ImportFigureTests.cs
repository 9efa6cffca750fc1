using System.Globalization;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What an import counts, tells on its way, and hands over in which order.</summary>
public class ImportFigureTests
{
    [Fact]
    public void Every_figure_of_several_files()
    {
        var result = Importer(new EventTable())
            .Import([
                TextFile.Of("a.jsonl", Hook("a", 1), Hook("b", 3), "{\"no\":1}", "{"),
                TextFile.Of("b.jsonl", Hook("b", 2), Hook("c", null), Hook("a", 1)),
                TextFile.Of("c.jsonl", """{"event_type":"Stop","session_id":"d","timestamp":"2026-03-02T00:00:00Z"}"""),
                TextFile.Of("d.jsonl", "{\"foreign\":1}"),
                TextFile.Of("e.jsonl", " "),
            ]);

        Assert.Equal((5, 0), (result.FileCount, result.UnchangedCount));
        Assert.Equal(new Dictionary<string, int> { ["ClaudeHook"] = 2, ["HookEvents"] = 1 }, result.Formats);
        Assert.Equal((5L, 1L, 6L), (result.NewCount, result.DuplicateCount, result.ReadCount));
        Assert.Equal((4, 1L), (result.SessionCount, result.UndatedCount));
        Assert.Equal("2026-03-02T00:00:00 to 2026-03-02T12:00:00", $"{result.FirstSeen:s} to {result.LastSeen:s}");
        Assert.Equal(["1 empty_file", "1 malformed", "1 not_an_event", "1 unknown_format"], result.Skipped.Select(skip => skip.ToString()));
        Assert.Equal(
            ["e.jsonl", "a.jsonl:4", "a.jsonl:3", "d.jsonl (JSON objects with the fields foreign)"],
            result.Skipped.Select(skip => skip.Examples.Single())
        );
        Assert.Equal(4, result.SkippedCount);
        Assert.All(result.Skipped, skip => Assert.Equal(SkipReason.Explain(skip.Reason), skip.Explanation));
        Assert.Equal(
            "Imported 5 new events of 4 sessions from 5 files into ''; 1 were there already, 4 parts were left out.",
            result.ToString()
        );
        Assert.Equal(
            "Would import 1,234 new events of 0 sessions from 0 files into 'x'; 0 were there already, 0 parts were left out.",
            new ImportResult
            {
                DryRun = true,
                NewCount = 1_234,
                Database = "x",
            }.ToString()
        );
    }

    [Fact]
    public void What_was_left_out_most_often_comes_first_then_by_name()
    {
        var skipped = Importer(new EventTable())
            .Import([TextFile.Of("a.jsonl", Hook("a", 1), "{", "{", "{}", "{\"hook_event_name\":\"Stop\"}")])
            .Skipped;

        Assert.Equal(["2 malformed", "1 no_session", "1 not_an_event"], skipped.Select(skip => skip.ToString()));
    }

    [Fact]
    public void A_file_of_several_formats_is_of_the_first_and_what_came_before_is_counted_by_its_line()
    {
        var result = Importer(new EventTable())
            .Import([
                TextFile.Of("a.jsonl", "{\"foreign\":1}", "{\"x\":", "{\"half\":\"\\ud83d\"}", Hook("a", 1), "{\"half\":\"\\ud83d\"}"),
            ]);

        Assert.Equal(1, result.NewCount);
        Assert.Equal(
            ["malformed a.jsonl:2", "not_an_event a.jsonl:1,a.jsonl:3,a.jsonl:5"],
            result.Skipped.Select(skip => $"{skip.Reason} {string.Join(',', skip.Examples)}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Half_of_a_surrogate_pair_costs_its_record()
    {
        var result = Importer(new EventTable())
            .Import([TextFile.Of("a.jsonl", Hook("a", 1), """{"hook_event_name":"Stop","session_id":"\ud83d"}""", Hook("a", 2))]);

        Assert.Equal((2L, "not_utf8 1"), (result.NewCount, result.Skips()));
        Assert.Equal(["a.jsonl:2"], result.Skipped.Single().Examples);
    }

    [Fact]
    public void Progress_is_told_with_the_bytes_of_all_files()
    {
        var (told, files) = (
            new List<ImportProgress>(),
            new[] { TextFile.Of("a.jsonl", Hook("a", 1)), TextFile.Of("b.jsonl", Hook("b", 2)) }
        );
        Importer(new EventTable()).Import(files, new Told(told));

        var total = files.Sum(file => file.Length);
        Assert.Equal(["a.jsonl", "b.jsonl"], told.Select(one => one.File));
        Assert.Equal([files[0].Length, total], told.Select(one => one.BytesRead));
        Assert.All(told, one => Assert.Equal(total, one.TotalBytes));
        Assert.Equal([(int)(files[0].Length * 100 / total), 100], told.Select(one => one.Percent));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 100, "Reading files", "0 of 0 MB")]
    [InlineData(1 << 20, 3 << 20, 0, 0, 33, "Reading files", "1 of 3 MB")]
    [InlineData(9, 4, 0, 0, 100, "Reading files", "0 of 0 MB")]
    [InlineData(4, 4, 500, 2_000, 25, "Deriving steps", "500 of 2,000 events")]
    public void Progress_says_how_far_what_is_done(long read, long total, long derived, long all, int percent, string stage, string amount)
    {
        var progress = new ImportProgress("a", read, total) { DerivedCount = derived, ToDeriveCount = all };

        Assert.Equal((percent, stage, amount), (progress.Percent, progress.Stage, progress.Amount));
    }

    [Fact]
    public void Nothing_given_is_refused()
    {
        Assert.Throws<ArgumentNullException>("writer", () => new EventImporter(null!, null, null, new ImportOptions()));
        Assert.Throws<ArgumentNullException>("options", () => new EventImporter(new EventTable(), null, null, null!));
        Assert.Throws<ArgumentNullException>("sources", () => Importer(new EventTable()).Import(null!));
        Assert.Throws<ArgumentNullException>("hookEvent", () => Builder().TryBuild(null!, out _));
        Assert.Throws<ArgumentNullException>("usage", () => Builder().Dated((MessageUsage)null!));
        Assert.Throws<ArgumentNullException>("result", () => Builder().Dated((CallResult)null!));
        Assert.Throws<ArgumentNullException>("stream", () => new JsonValueReader(null!));
        Assert.Throws<ArgumentNullException>("receiver", () => TextFile.Of("a").Read(null!, null, _ => { }, default));
    }

    [Fact]
    public void A_cancelled_import_stores_nothing_more()
    {
        var table = new EventTable();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Importer(table).Import([TextFile.Of("a.jsonl", Hook("a", 1))], cancellationToken: new CancellationToken(canceled: true))
        );
        Assert.Empty(table.Rows);
    }

    [Theory]
    [InlineData(PayloadMode.Command, false, "write 2 usage 1 1 remember 1")]
    [InlineData(PayloadMode.None, false, "write 2 usage 1 0 remember 1")]
    [InlineData(PayloadMode.Command, true, "preview 2")]
    public void Events_come_first_then_what_messages_took_then_the_file_is_remembered(PayloadMode mode, bool isDry, string expected)
    {
        var store = new Store();

        new EventImporter(store, store, store, new ImportOptions { PayloadMode = mode, DryRun = isDry }).Import([Used("a")]);

        Assert.Equal(expected, string.Join(' ', store.Told));
    }

    [Fact]
    public void A_file_of_messages_alone_makes_the_database_first()
    {
        var store = new Store();
        const string Message =
            """{"type":"assistant","sessionId":"s","timestamp":"2026-03-02T09:00:00Z","message":{"id":"m","usage":{},"content":[]}}""";

        new EventImporter(store, store, store, new ImportOptions()).Import([TextFile.Of("a.jsonl", Message)]);

        Assert.Equal("write 0 usage 1 0 remember 1", string.Join(' ', store.Told));
    }

    [Fact]
    public void A_file_that_may_not_be_opened_is_told_of_as_one_that_cannot_be_read()
    {
        var source = new JsonEventSource("a", 1, TextFile.Written, () => throw new UnauthorizedAccessException("not yours"));

        var result = Importer(new EventTable()).Import([source]);

        Assert.Equal(["a (not yours)"], Assert.Single(result.Skipped, skip => skip.Reason == SkipReason.Unreadable).Examples);
    }

    [Fact]
    public void What_was_read_before_a_file_broke_is_stored()
    {
        var table = new EventTable();
        var bytes = System.Text.Encoding.UTF8.GetBytes(Hook("a", 1) + "\n" + Hook("a", 2) + "\n");
        var source = new JsonEventSource("a", 9, TextFile.Written, () => new BreakingStream(bytes));

        var result = Importer(table).Import([source, TextFile.Of("b.jsonl", Hook("b", 3))]);

        Assert.Equal((3L, "unreadable 1"), (result.NewCount, result.Skips()));
    }

    [Fact]
    public void Any_other_error_ends_the_import() =>
        Assert.Throws<InvalidOperationException>(() =>
            Importer(new EventTable()).Import([new JsonEventSource("a", 1, TextFile.Written, () => throw new InvalidOperationException())])
        );

    [Fact]
    public void A_file_with_more_sessions_than_are_remembered_is_read_again()
    {
        foreach (var (sessions, isRemembered) in new[] { (1_000, true), (1_001, false) })
        {
            var memory = new FileMemory();
            new EventImporter(new EventTable(), null, memory, new ImportOptions()).Import([
                TextFile.Of("a.jsonl", [.. Enumerable.Range(0, sessions).Select(session => Hook($"s{session}", 1))]),
            ]);

            Assert.Equal(isRemembered, memory.Read("").ContainsKey("a.jsonl"));
        }
    }

    [Fact]
    public void What_is_skipped_before_a_file_is_read_has_no_line()
    {
        var importer = Importer(new EventTable());
        importer.Skip(SkipReason.Unreadable, "gone.jsonl");

        Assert.Equal(["gone.jsonl"], importer.Import([]).Skipped.Single().Examples);
    }

    private static RecordBuilder Builder() => new(PayloadMode.Command, TextFile.Written, TextFile.Written);

    private static EventImporter Importer(EventTable table) => new(table, null, null, new ImportOptions());

    private static string Hook(string session, int? hour) =>
        hour is null
            ? $$"""{"hook_event_name":"Stop","session_id":"{{session}}"}"""
            : $$"""{"hook_event_name":"Stop","session_id":"{{session}}","timestamp":"2026-03-02T{{hour:D2}}:00:00Z"}""";

    private static JsonEventSource Used(string name) =>
        TextFile.Of(
            name,
            """{"type":"assistant","sessionId":"s","timestamp":"2026-03-02T09:00:00Z","message":{"id":"m","usage":{},"content":["""
                + """{"type":"tool_use","id":"t","name":"Bash"}]}}""",
            """{"type":"user","sessionId":"s","timestamp":"2026-03-02T09:00:00Z","message":{"content":["""
                + """{"type":"tool_result","tool_use_id":"t","content":"a1.txt"}]}}"""
        );

    private sealed class Told(List<ImportProgress> told) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => told.Add(value);
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("the disk is gone");
    }

    /// <summary>Notes in which order it is asked to keep what.</summary>
    private sealed class Store : IHookEventWriter, IUsageWriter, IImportMemory
    {
        public List<string> Told { get; } = [];

        public IReadOnlyList<EventWriteOutcome> Write(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken = default) =>
            Note(string.Create(CultureInfo.InvariantCulture, $"write {events.Count}"), events);

        public IReadOnlyList<EventWriteOutcome> Preview(
            IReadOnlyList<NewHookEvent> events,
            CancellationToken cancellationToken = default
        ) => Note($"preview {events.Count}", events);

        public void Write(
            IReadOnlyCollection<MessageUsage> messages,
            IReadOnlyCollection<CallResult> results,
            CancellationToken cancellationToken = default
        ) => Told.Add($"usage {messages.Count} {results.Count}");

        public IReadOnlyDictionary<string, ImportedFile> Read(string reader) => new Dictionary<string, ImportedFile>();

        public void Write(IReadOnlyCollection<ImportedFile> files, CancellationToken cancellationToken = default) =>
            Told.Add($"remember {files.Count}");

        private EventWriteOutcome[] Note(string what, IReadOnlyList<NewHookEvent> events)
        {
            Told.Add(what);
            return [.. events.Select(_ => EventWriteOutcome.Stored)];
        }
    }
}
