using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public sealed class AnalyzeTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void The_summary_has_the_originals_lines()
    {
        var (exitCode, output, error) = _cli.Run("analyze", "--database", _cli.SampleDatabase(), "--hours", "480", "--until", "2026-03-16");

        Assert.Equal((0, ""), (exitCode, error));
        var rule = new string('=', 80);
        string[] lines =
        [
            rule,
            "DAILY PATTERN ANALYSIS SUMMARY",
            rule,
            "Analysis Window: 480 hours",
            "Total Sessions Analyzed: ",
            "Patterns Discovered: ",
            "  - New Patterns: ",
            "  - Updated Patterns: ",
            "",
            "Classification:",
            "  - Auto-Approved: ",
            "  - Pending Review: ",
            "  - Auto-Rejected: ",
            "",
            "Estimated Total Savings: $",
            "Evidence: 720 hours",
            "",
            "Routines worth automating: ",
            "  - Model turns that could go: ",
            "  - What those cost: $",
            "  - Waiting that would go: ",
            "Loops: ",
            rule,
        ];
        var written = output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(lines.Length, written.Length);
        Assert.All(lines.Zip(written), line => Assert.StartsWith(line.First, line.Second, StringComparison.Ordinal));
        Assert.Matches(@"Savings: \$\d,\d{3}\.\d\d", output);
    }

    [Fact]
    public void The_result_as_JSON_is_one_object_with_the_documented_names()
    {
        var (exitCode, output, _) = _cli.Run(
            "analyze",
            "-d",
            _cli.SampleDatabase(),
            "--since",
            "2026-03-02",
            "--until",
            "2026-03-16",
            "--json"
        );

        Assert.Equal(0, exitCode);
        var result = JsonDocument.Parse(output).RootElement;
        foreach (
            var name in (string[])
                [
                    "window",
                    "sessions",
                    "events",
                    "excluded",
                    "patterns_found",
                    "new_patterns",
                    "updated_patterns",
                    "auto_approved",
                    "pending",
                    "auto_rejected",
                    "total_savings_usd",
                    "patterns",
                ]
        )
            Assert.True(result.TryGetProperty(name, out _), name);
        Assert.Equal((60, 2211), (result.GetProperty("sessions").GetInt32(), result.GetProperty("events").GetInt32()));
        var patterns = result.GetProperty("patterns").EnumerateArray().ToArray();
        Assert.Equal(result.GetProperty("patterns_found").GetInt32(), patterns.Length);
        foreach (
            var name in (string[])
                [
                    "pattern_id",
                    "tool_sequence",
                    "session_count",
                    "occurrence_count",
                    "expected_count",
                    "lift",
                    "p_value",
                    "q_value",
                    "confidence_score",
                    "estimated_savings_usd",
                    "status",
                    "reasons",
                    "example_sessions",
                ]
        )
            Assert.All(patterns, pattern => Assert.True(pattern.TryGetProperty(name, out _), name));
        Assert.All(patterns, pattern => Assert.InRange(pattern.GetProperty("example_sessions").GetArrayLength(), 2, 10));
        Assert.All(patterns, pattern => Assert.NotEqual(0, pattern.GetProperty("reasons").GetArrayLength()));
        foreach (var status in (string[])["auto-approved", "pending", "auto-rejected"])
            Assert.Equal(
                result.GetProperty(status.Replace('-', '_')).GetInt32(),
                patterns.Count(pattern => pattern.GetProperty("status").GetString() == status)
            );
    }

    [Theory]
    [InlineData("--since", "2999-01-01")]
    [InlineData("--hours", "999999999")]
    [InlineData("--hourly-rate", "1e300")]
    [InlineData("--hours", "48", "--until", "0001-01-02")]
    [InlineData("--since", "2026-01-02", "--until", "2026-01-01")]
    [InlineData("--min-length", "5", "--max-length", "3")]
    public void Arguments_that_together_can_find_nothing_are_bad_ones(params string[] arguments)
    {
        var (exitCode, output, error) = _cli.Run(["analyze", "-d", _cli.SampleDatabase(), .. arguments]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Matches("^error( InvalidWindow| InvalidLength)?: ", error);
    }

    [Fact]
    public void The_originals_confidence_and_grouping_are_there_as_well()
    {
        var (exitCode, output, _) = _cli.Run(
            "analyze",
            "-d",
            _cli.SampleDatabase(),
            "--since",
            "2026-03-02",
            "--json",
            "--dry-run",
            "--confidence-model",
            "Frequency",
            "--min-occurrences",
            "30"
        );

        Assert.Equal(0, exitCode);
        Assert.All(
            JsonDocument.Parse(output).RootElement.GetProperty("patterns").EnumerateArray(),
            pattern =>
            {
                var sessions = pattern.GetProperty("session_count").GetInt32();
                Assert.True(sessions >= 30);
                Assert.Equal(
                    sessions >= 50 ? Math.Min(0.95, sessions / 60.0 * 1.1) : sessions / 60.0,
                    pattern.GetProperty("confidence_score").GetDouble(),
                    0.00005
                );
            }
        );

        var whole = JsonDocument
            .Parse(
                _cli.Run(
                    "analyze",
                    "-d",
                    Path.Combine(_cli.Folder, "events.db"),
                    "--since",
                    "2026-03-02",
                    "--json",
                    "--whole-sequence"
                ).Output
            )
            .RootElement;
        Assert.Equal(0, whole.GetProperty("patterns_found").GetInt32());
    }

    [Fact]
    public void The_report_and_the_notification_go_where_they_are_sent()
    {
        var database = _cli.SampleDatabase();

        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02", "--report", "out/report.md", "--notify").ExitCode);
        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02", "--notify", "--verbose").ExitCode);

        var report = File.ReadAllText(Path.Combine(_cli.Folder, "out", "report.md"));
        Assert.Contains("## Waiting for review", report, StringComparison.Ordinal);
        Assert.Contains("mcp\\_\\_tracker\\_\\_delete\\_comment", report, StringComparison.Ordinal);
        var log = File.ReadAllText(Path.Combine(_cli.Folder, "logs", "pattern_notifications.log"));
        Assert.Equal(2, log.Split("New Patterns Requiring Review").Length);
    }

    [Fact]
    public void What_became_of_patterns_can_fail_without_the_report_and_the_notification()
    {
        var database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02").ExitCode);
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_cli.Folder, database)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE pattern_effects DROP COLUMN told_at";
            command.ExecuteNonQuery();
        }

        var (exitCode, _, error) = _cli.Run("analyze", "-d", database, "--since", "2026-03-02", "--report", "report.md", "--notify");

        Assert.Equal(1, exitCode);
        Assert.Contains("told_at", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_cli.Folder, "report.md")));
        Assert.True(File.Exists(Path.Combine(_cli.Folder, "logs", "pattern_notifications.log")));
    }

    [Theory]
    [InlineData("--hours", "0")]
    [InlineData("--hours", "many")]
    [InlineData("--min-occurrences", "-1")]
    [InlineData("--since", "yesterday")]
    [InlineData("--confidence-model", "Gut")]
    [InlineData("--approve-confidence", "1.5")]
    [InlineData("--unknown", "1")]
    [InlineData("--since", "2026-03-02", "--hours", "3")]
    [InlineData("--since", "2026-03-02", "--until", "2026-03-01")]
    public void Bad_arguments_end_with_2_before_any_work(params string[] arguments)
    {
        var (exitCode, output, error) = _cli.Run(["analyze", "-d", "nothing-here.db", .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Contains("error", error, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing-here", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_ends_with_1_and_says_what_to_do()
    {
        var (exitCode, output, error) = _cli.Run("analyze", "-d", "nothing-here.db");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("error DatabaseNotFound:", error, StringComparison.Ordinal);

        Assert.Contains("PATTERN_ANALYSIS_DATABASE", _cli.Run("analyze").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_pattern_is_no_failure()
    {
        var (exitCode, output, _) = _cli.Run("analyze", "-d", _cli.SampleDatabase());

        Assert.Equal(0, exitCode);
        Assert.Contains("Patterns Discovered: 0", output, StringComparison.Ordinal);
    }
}
