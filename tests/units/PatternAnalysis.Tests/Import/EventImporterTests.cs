using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What an import hands to a database, and what it remembers of files.</summary>
public class EventImporterTests
{
    [Fact]
    public void A_batch_holds_so_many_events_at_most_however_long_a_file_is()
    {
        var table = new EventTable();

        var result = Import(table, TextFile.Of("long.jsonl", [.. Enumerable.Range(0, 12_001).Select(number => TextFile.Call(number))]));

        Assert.Equal(12_001, result.NewCount);
        Assert.Equal([5_000, 5_000, 2_001], table.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public void And_so_much_text_at_most_however_few_they_are()
    {
        var table = new EventTable();
        var text = new string('x', 3 << 20);

        Import(table, TextFile.Of("wide.jsonl", [.. Enumerable.Range(0, 12).Select(number => TextFile.Call(number, text))]));

        Assert.Equal(12, table.Rows.Count);
        Assert.All(table.Batches, batch => Assert.InRange(batch.Length, 1, 20 << 20));
    }

    [Fact]
    public void A_file_that_was_read_whole_is_not_read_again()
    {
        var (table, memory) = (new EventTable(), new FileMemory());
        var file = TextFile.Of("a.jsonl", TextFile.Call(1));
        Import(table, file, memory);

        var again = Import(table, file, memory);

        Assert.Equal((1, 1, 1L), (again.FileCount, again.UnchangedCount, again.DuplicateCount));
        Assert.Single(table.Batches);
    }

    [Fact]
    public void A_file_with_an_event_that_the_table_refused_is_read_again()
    {
        var memory = new FileMemory();
        var file = TextFile.Of("a.jsonl", TextFile.Call(1), TextFile.Call(2, "git log"));
        var strict = new EventTable { Refuses = row => row.Payload.Contains("git log", StringComparison.Ordinal) };
        var first = Import(strict, file, memory);

        var table = new EventTable();
        var again = Import(table, file, memory);

        Assert.Equal((1L, 1L), (first.NewCount, first.SkippedCount));
        Assert.Equal("refused_by_table", first.Skipped.Single().Reason);
        Assert.Equal(["a.jsonl:2"], first.Skipped.Single().Examples);
        Assert.Equal((0, 2), (again.UnchangedCount, table.Rows.Count));
    }

    [Fact]
    public void A_file_that_could_not_be_read_is_told_of_and_read_again_and_the_others_are_stored()
    {
        var (table, memory) = (new EventTable(), new FileMemory());
        var file = TextFile.Of("broken.jsonl", TextFile.Call(2));
        var broken = new JsonEventSource(file.Name, file.Length, file.LastWriteUtc, () => throw new IOException("the disk is gone"));

        var first = Import(table, [broken, TextFile.Of("a.jsonl", TextFile.Call(1))], memory);
        var again = Import(table, [file], memory);

        Assert.Equal(1, first.NewCount);
        Assert.Equal(("unreadable", 1L), (first.Skipped.Single().Reason, first.Skipped.Single().Count));
        Assert.Equal(["broken.jsonl (the disk is gone)"], first.Skipped.Single().Examples);
        Assert.Equal((0, 1L), (again.UnchangedCount, again.NewCount));
    }

    [Fact]
    public void A_dry_run_says_what_would_be_stored_counts_copies_once_and_remembers_nothing()
    {
        var (table, memory) = (new EventTable(), new FileMemory());
        var files = new[] { TextFile.Of("a.jsonl", TextFile.Call(1)), TextFile.Of("copy.jsonl", TextFile.Call(1)) };

        var preview = Import(table, files, memory, new ImportOptions { DryRun = true });
        var result = Import(table, files, memory);

        Assert.Equal((1L, 1L, true), (preview.NewCount, preview.DuplicateCount, preview.DryRun));
        Assert.Equal((1L, 1L, 0), (result.NewCount, result.DuplicateCount, result.UnchangedCount));
        Assert.Single(table.Rows);
    }

    [Fact]
    public void Of_what_is_left_out_the_first_five_places_are_named_and_all_are_counted()
    {
        var lines = Enumerable.Range(0, 9).Select(_ => "{\"no\":\"event\"}").Prepend(TextFile.Call(1)).ToArray();

        var skipped = Import(new EventTable(), TextFile.Of("a.jsonl", lines)).Skipped.Single();

        Assert.Equal(9, skipped.Count);
        Assert.Equal(["a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:5", "a.jsonl:6"], skipped.Examples);
    }

    [Fact]
    public void Every_reason_for_leaving_something_out_has_words_of_its_own()
    {
        var reasons = typeof(SkipReason).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(reasons.Length, reasons.Select(SkipReason.Explain).Distinct().Count());
        Assert.All(reasons, reason => Assert.Matches("^[a-z]+ ", SkipReason.Explain(reason)));
        Assert.Equal("something_else", SkipReason.Explain("something_else"));
    }

    private static ImportResult Import(EventTable table, IEventSource source, FileMemory? memory = null) => Import(table, [source], memory);

    private static ImportResult Import(EventTable table, IEventSource[] sources, FileMemory? memory, ImportOptions? options = null) =>
        new EventImporter(table, null, memory, options ?? new ImportOptions()).Import(sources);
}
