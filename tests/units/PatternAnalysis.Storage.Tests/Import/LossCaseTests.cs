using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Reporting;
using ZstdSharp;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Which files are found and how they are opened: cases 12 and 13, each with relatives; and what a table may be like.</summary>
public class LossCaseTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";

    [Theory]
    [InlineData(".zst")]
    [InlineData(".gz")]
    public void Case_12_compressed_files_are_read(string extension)
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl" + extension, Compress(Rollout(), extension));

        folder.Import();

        Assert.Equal($"{Session}: exec_command(make)=Ok", folder.Told());
    }

    [Fact]
    public void Case_12_relative_broken_compression_is_a_file_that_cannot_be_read()
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl.zst", Compress(Rollout(), ".zst")[..^20]);

        var result = folder.Import();

        Assert.Equal("unreadable 1", result.Skips());
    }

    [Theory]
    [InlineData(".zst")]
    [InlineData(".gz")]
    public void Case_12_relative_compressed_in_several_pieces(string extension)
    {
        using var folder = new ImportFolder();
        var lines = Rollout().Split('\n', 2);
        byte[] frame = [0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2]; // Zstandard lets anybody write what readers pass over
        folder.Add(
            "rollout-a.jsonl" + extension,
            [.. Compress(lines[0] + "\n", extension), .. extension == ".zst" ? frame : [], .. Compress(lines[1], extension)]
        );

        var result = folder.Import();

        Assert.Equal(("", $"{Session}: exec_command(make)=Ok"), (result.Skips(), folder.Told()));
    }

    [Theory]
    [InlineData(".zst", "unreadable 1")]
    [InlineData(".gz", "malformed 1")] // the platform's reader takes a cut for the end
    public void Case_12_relative_of_data_that_was_cut_off_what_lies_before_is_imported(string extension, string skips)
    {
        using var folder = new ImportFolder();
        var path = "rollout-a.jsonl" + extension;
        folder.Add(path, [.. Compress(Rollout(), extension), .. Compress(Rollout(), extension)[..^20]]);

        Assert.Equal(skips, folder.Import().Skips());
        Assert.Equal($"{Session}: exec_command(make)=Ok", folder.Told());

        folder.Add(path, Compress(Rollout(), extension));
        Assert.Equal(("", 0L), Seen(folder.Import()));
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 9, 9 }, "a ZIP archive")]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0 }, "compressed by xz")]
    [InlineData(new byte[] { 0x42, 0x5A, 0x68, 0x39 }, "compressed by bzip2")]
    [InlineData(new byte[] { 4, 0x22, 0x4D, 0x18 }, "compressed by lz4")]
    public void Case_12_relative_other_compressions_are_named(byte[] content, string name)
    {
        using var folder = new ImportFolder();
        folder.Add("rollout-a.jsonl", content);

        var skip = Assert.Single(folder.Import().Skipped);

        Assert.Equal("unknown_format", skip.Reason);
        Assert.Contains(name, skip.Examples[0]);
    }

    [Fact]
    public void Case_12_relative_files_that_no_events_can_be_in_are_counted()
    {
        using var folder = new ImportFolder();
        folder.Add("notes.md", "# x").Add("rollout-a.jsonl.xz", "x");

        var result = folder.Import();

        Assert.Equal("other_file 2", result.Skips());
        Assert.NotNull(ImportText.Warn(result));
    }

    [UnixFact]
    public void Case_13_a_linked_folder_is_read()
    {
        using var target = CaseFolder.Of("13");
        using var folder = new ImportFolder();
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "-srv-shop"), Path.Combine(target.Input, "-srv-shop"));

        folder.Import();

        Assert.Equal("00000514-1111-4222-8333-000000001300: Read(.md)=Ok", folder.Told());
    }

    [UnixFact]
    public void Case_13_relative_loops_of_links_end_and_are_counted()
    {
        using var folder = CaseFolder.Of("13");
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "-srv-shop", "again"), folder.Input);
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "twice"), Path.Combine(folder.Input, "-srv-shop"));
        File.CreateSymbolicLink(
            Path.Combine(folder.Input, "copy.jsonl"),
            Directory.GetFiles(Path.Combine(folder.Input, "-srv-shop"), "*.jsonl").Single()
        );

        var result = folder.Import();

        Assert.Equal(("linked_again 2", 1, 3L), (result.Skips(), result.FileCount, result.NewCount));
    }

    [UnixFact]
    public void Case_13_relative_a_link_that_leads_nowhere_costs_itself_and_one_that_leads_outside_is_followed()
    {
        using var outside = CaseFolder.Of("13");
        using var folder = new ImportFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Input, "a-gone.jsonl"), "/nowhere/at/all.jsonl");
        File.CreateSymbolicLink(Path.Combine(folder.Input, "b-self.jsonl"), Path.Combine(folder.Input, "b-self.jsonl"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "c-gone"), "/nowhere/at/all");
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "d-up"), "..");
        File.CreateSymbolicLink(
            Path.Combine(folder.Input, "e.jsonl"),
            Directory.GetFiles(outside.Input, "*.jsonl", SearchOption.AllDirectories).Single()
        );

        var result = folder.Import();

        Assert.Equal(3, result.NewCount);
        Assert.Equal("00000514-1111-4222-8333-000000001300: Read(.md)=Ok", folder.Told());
        Assert.Equal(4, result.SkippedCount);
        Assert.Contains("a-gone.jsonl", string.Join('\n', result.Skipped.SelectMany(skip => skip.Examples)));
    }

    [UnixFact]
    public void Case_13_relative_a_link_given_by_name_is_the_file_that_it_leads_to()
    {
        using var folder = CaseFolder.Of("13");
        var file = Directory.GetFiles(folder.Input, "*.jsonl", SearchOption.AllDirectories).Single();
        var link = Path.Combine(folder.Input, "link.jsonl");
        File.CreateSymbolicLink(link, file);

        var result = folder.Import(null, "Auto", link, file);

        Assert.Equal((1, 3L), (result.FileCount, result.NewCount));
    }

    [UnixFact]
    public void Case_13_relative_pipes_and_devices_are_skipped_and_not_waited_for()
    {
        using var folder = CaseFolder.Of("13");
        using var made = Process.Start("mkfifo", Path.Combine(folder.Input, "pipe.jsonl"));
        made.WaitForExit();
        File.CreateSymbolicLink(Path.Combine(folder.Input, "zero.jsonl"), "/dev/zero");
        folder.Add("empty.jsonl", "");

        var result = folder.Import();

        Assert.Equal(("empty_file 1, not_a_file 2", 3L), (result.Skips(), result.NewCount));
    }

    [Fact]
    public void Somebody_elses_table_keeps_its_owners_rules_for_references()
    {
        using var folder = CaseFolder.Of("13");
        Create(
            folder,
            """
            CREATE TABLE hook_events (id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, event_type TEXT, source_app TEXT, session_id TEXT,
                timestamp TEXT, payload TEXT, workflow_id TEXT REFERENCES workflow_history (workflow_id),
                tool_name TEXT)
            """
        );

        Assert.Equal(3, folder.Import().NewCount);
    }

    [Fact]
    public void Columns_that_the_database_makes_of_others_are_read_and_not_written()
    {
        using var folder = CaseFolder.Of("13");
        Create(
            folder,
            """
            CREATE TABLE hook_events (id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, event_type TEXT, source_app TEXT, session_id TEXT,
                timestamp TEXT, payload TEXT, tool_name TEXT GENERATED ALWAYS AS (json_extract(payload, '$.tool_name')) VIRTUAL)
            """
        );

        Assert.Equal(3, folder.Import().NewCount);
        Assert.Equal("00000514-1111-4222-8333-000000001300: Read(.md)=Ok", folder.Told());
    }

    [Fact]
    public void The_latest_event_is_the_latest_by_time_however_late_older_ones_were_stored()
    {
        using var folder = CaseFolder.Of("13");
        folder.Import();
        folder.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO hook_events (event_id, event_type, session_id, timestamp, payload, tool_name)
            SELECT 'old-' || i, 'PreToolUse', 's', '2020-01-01 00:00:00', '{}', 'Read' FROM n
            """
        );
        var query = new EventQuery { Window = TimeWindow.Last(24, new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)) };

        Assert.Contains("is of 2026-03-02 09:00Z", PatternDatabase.Open(folder.Database).ExplainEmpty(query, EventReading.None));
    }

    private static void Create(ImportFolder folder, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Execute(sql);
    }

    private static (string Skips, long New) Seen(ImportResult result) => (result.Skips(), result.NewCount);

    private static string Rollout() =>
        new CodexLines()
            .Meta(Session)
            .Call("call_0", "exec_command", new { cmd = "make" })
            .Output("call_0", "Exit code: 0\nOutput:\n")
            .Text;

    private static byte[] Compress(string text, string extension)
    {
        if (extension == ".zst")
        {
            using var compressor = new Compressor();
            return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
        }

        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}

/// <summary>A test of what only Unix has: links that anybody may make, pipes, devices.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no pipes in folders, and links need a privilege.";
    }
}

/// <summary>Several of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no shell that limits files.";
    }
}
