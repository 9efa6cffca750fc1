using System.Text;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Hostile files and texts on their way through a folder and a database.</summary>
public class HostileInputTests
{
    private const string Good =
        """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Read","timestamp":"2026-03-02T10:00:00Z","""
        + """ "tool_use_id":"toolu_good_""";

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_skipped_without_being_held()
    {
        using var folder = new ImportFolder();
        var path = Path.Combine(folder.Input, "hooks.jsonl");
        using (var file = File.CreateText(path))
        {
            file.WriteLine($"{Good}1\"}}");
            file.Write("""{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Write","tool_input":{"content":" """);
            for (var megabyte = 0; megabyte < 100; megabyte++)
                file.Write(new string('x', 1 << 20));
            file.WriteLine("\"}}");
            file.WriteLine($"{Good}2\"}}");
        }

        var result = folder.Import();

        Assert.Equal(2, result.NewCount);
        Assert.Equal((SkipReason.TooLong, 1L), (result.Skipped.Single().Reason, result.SkippedCount));
    }

    [Fact]
    public void Files_that_hold_nothing_are_told_apart()
    {
        using var folder = new ImportFolder();
        folder
            .Add("empty.jsonl", "")
            .Add("blank.json", "\n\n")
            .Add("package.json", "{\"name\":\"x\"}")
            .Add("text.log", "one\ntwo\n")
            .Add("none.db", "SQLite format 3\0 and then nothing")
            .Add("good.jsonl", $"{Good}1\"}}\n");

        var result = folder.Import();

        Assert.Equal(1, result.NewCount);
        Assert.Equal(
            [(SkipReason.EmptyFile, 2L), (SkipReason.UnknownFormat, 2L), (SkipReason.Unreadable, 1L)],
            result.Skipped.Select(skip => (skip.Reason, skip.Count))
        );
    }

    [Fact]
    public void A_text_that_closes_a_folder_of_links_to_itself_is_read_once()
    {
        using var folder = new ImportFolder();
        folder.Add("real/hooks.jsonl", $"{Good}1\"}}\n");
        Directory.CreateSymbolicLink(Path.Combine(folder.Input, "real", "loop"), folder.Input);

        var result = folder.Import();

        Assert.Equal((1, 1L), (result.FileCount, result.NewCount));
    }

    [Theory]
    [InlineData(PayloadMode.Command)]
    [InlineData(PayloadMode.Full)]
    [InlineData(PayloadMode.Unmasked)]
    public void No_NUL_reaches_a_database(PayloadMode mode)
    {
        using var folder = new ImportFolder();
        folder.Add(
            "hooks.jsonl",
            """
            {"session_id":"s","hook_event_name":"UserPromptSubmit","timestamp":"2026-03-02T10:00:00Z","prompt":"a\u0000b"}
            {"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"toolu_0123456789",
             "timestamp":"2026-03-02T10:00:01Z","tool_input":{"command":"ls a\u0000b"}}

            """
        );

        folder.Import(new ImportOptions { PayloadMode = mode });

        Assert.Equal(2, folder.Stored().Count);
        Assert.All(folder.Stored(), row => Assert.DoesNotContain("u0000", row.Payload));
        Assert.Contains("\uFFFD", System.Text.RegularExpressions.Regex.Unescape(folder.Stored()[1].Payload));
    }
}
