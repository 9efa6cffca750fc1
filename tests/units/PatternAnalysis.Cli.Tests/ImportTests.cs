using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>From an empty machine with logs: two commands to a report.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly CommandLine _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Two_commands_lead_from_logs_to_a_report()
    {
        WriteLogs();

        var import = _program.Run("import", "logs", "--database", "events.db");
        var analyze = _program.Run("analyze", "--database", "events.db", "--since", "2026-03-01", "--report", "report.md");

        Assert.Equal((0, 0), (import.ExitCode, analyze.ExitCode));
        Assert.Contains("Stored 60 new", import.Output);
        Assert.Contains("2026-03-02 10:00", import.Output);
        Assert.Contains("Read", File.ReadAllText(Path.Combine(_program.Folder, "report.md")));
    }

    [Fact]
    public void The_result_is_one_JSON_object()
    {
        WriteLogs();
        File.WriteAllText(Path.Combine(_program.Folder, "logs", "x.jsonl"), "");

        var json = JsonDocument.Parse(_program.Run("import", "logs/*", "--database", "events.db", "--json").Output).RootElement;

        Assert.Equal(
            (60, 0, 20),
            (json.GetProperty("new").GetInt32(), json.GetProperty("duplicate").GetInt32(), json.GetProperty("sessions").GetInt32())
        );
        Assert.Equal("empty_file", json.GetProperty("skipped")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public void An_import_that_finds_nothing_warns_with_what_it_saw_and_ends_with_1()
    {
        Directory.CreateDirectory(Path.Combine(_program.Folder, "logs"));
        File.WriteAllText(Path.Combine(_program.Folder, "logs", "metrics.jsonl"), """{"resourceMetrics":[]}""");
        File.WriteAllText(Path.Combine(_program.Folder, "logs", "other.jsonl"), """{"alpha":1,"beta":2}""");

        var import = _program.Run("import", "logs", "--database", "events.db");

        Assert.Equal(1, import.ExitCode);
        Assert.Contains("Nothing was imported from 2 files", import.Error);
        Assert.Contains("fields alpha, beta", import.Output);
        Assert.Contains("OpenTelemetry metrics", import.Output);
    }

    [Fact]
    public void An_import_of_what_is_stored_already_is_no_failure()
    {
        WriteLogs();

        Assert.Equal(0, _program.Run("import", "logs", "--database", "events.db").ExitCode);
        Assert.Equal(0, _program.Run("import", "logs", "--database", "events.db").ExitCode);
    }

    [Fact]
    public async Task Who_is_told_to_stop_says_so_and_keeps_what_was_stored()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllLines(
            Path.Combine(_program.Folder, "many.jsonl"),
            Enumerable
                .Range(0, 300_000)
                .Select(call =>
                    $$"""{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Read","tool_use_id":"toolu_{{call:D20}}","""
                    + """ "timestamp":"2026-03-02T10:00:00Z"}"""
                )
        );
        const int Late = 0; // It was done before it was told.
        const int Slow = 128 + 15; // It could not end within its second; both happen on a busy machine.
        var (exitCode, error) = (Late, "");
        for (var attempt = 0; attempt < 10 && exitCode is Late or Slow; attempt++)
            (exitCode, error) = await StopInTheMidstAsync($"events-{attempt}.db");

        Assert.Equal((1, "error Cancelled: stopped; what was not finished was not saved."), (exitCode, error.TrimEnd()));
        Assert.All(
            Directory.GetFiles(_program.Folder, "events-*.db"),
            database => Assert.Equal(0, _program.Run("import", "many.jsonl", "--database", database).ExitCode)
        );
    }

    private async Task<(int ExitCode, string Error)> StopInTheMidstAsync(string database)
    {
        using var process = _program.Start("import", "many.jsonl", "--database", database);
        while (!process.HasExited && !File.Exists(Path.Combine(_program.Folder, $"{database}-wal")))
            await Task.Delay(10);

        // Not SIGINT: who runs tests in the background has it ignored.
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    [Fact]
    public void A_dry_run_creates_nothing()
    {
        WriteLogs();

        Assert.Contains("Would store 60 new", _program.Run("import", "logs", "--database", "events.db", "--dry-run").Output);
        Assert.False(File.Exists(Path.Combine(_program.Folder, "events.db")));
    }

    [Theory]
    [InlineData(2, "import")]
    [InlineData(2, "import", "logs", "--format", "Guess")]
    [InlineData(1, "import", "missing", "--database", "events.db")]
    [InlineData(1, "import", "logs", "--database", "no/folder/events.db")]
    public void What_cannot_work_says_so(int exitCode, params string[] arguments)
    {
        WriteLogs();

        var result = _program.Run(arguments);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith("error", result.Error);
    }

    private void WriteLogs()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_program.Folder, "logs")).FullName;
        for (var session = 0; session < 20; session++)
        {
            File.WriteAllLines(
                Path.Combine(folder, $"{session}.jsonl"),
                new[] { "Read", "Edit", "Write" }.Select(
                    (tool, second) =>
                        $$"""{"session_id":"s{{session}}","hook_event_name":"PreToolUse","tool_name":"{{tool}}","""
                        + $$""" "timestamp":"2026-03-02T10:00:0{{second}}Z"}"""
                )
            );
        }
    }
}
