using System.Text.Json;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>What a monitor sees.</summary>
public sealed class StatusTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(Repository.Root, "samples", "hook-events.jsonl");

    private readonly CommandLine _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Nothing_that_ran_well_in_time_ends_with_3_and_a_run_with_0()
    {
        _program.Run("import", s_sample, "--database", "events.db");

        var before = _program.Run("status", "--database", "events.db");
        _program.Run("analyze", "--database", "events.db", "--since", "2020-01-01");
        var after = _program.Run("status", "--database", "events.db", "--max-age", "26h", "--json");

        Assert.Equal((3, 0), (before.ExitCode, after.ExitCode));
        Assert.StartsWith("NOT RUNNING: No analysis ever ended well.", before.Output);
        var status = JsonDocument.Parse(after.Output).RootElement;
        Assert.True(status.GetProperty("healthy").GetBoolean());
        Assert.Equal("completed", status.GetProperty("last_run").GetProperty("outcome").GetString());
        Assert.Equal("import", status.GetProperty("last_import").GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("last_failure").ValueKind);
        Assert.Equal(0, status.GetProperty("spool").GetInt32());
        Assert.NotEqual(0, status.GetProperty("sources").GetArrayLength());
    }

    [Fact]
    public void Runs_are_listed_with_their_kind()
    {
        _program.Run("import", s_sample, "--database", "events.db");
        _program.Run("analyze", "--database", "events.db", "--since", "2020-01-01");

        var runs = JsonDocument.Parse(_program.Run("runs", "--database", "events.db", "--json").Output).RootElement.GetProperty("runs");

        Assert.Equal(["analysis", "import"], runs.EnumerateArray().Select(run => run.GetProperty("kind").GetString()));
        Assert.Contains("Completed", _program.Run("runs", "--database", "events.db", "--kind", "Import").Output);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    public void An_age_that_is_none_is_refused(string age) =>
        Assert.Equal(2, _program.Run("status", "--database", "events.db", "--max-age", age).ExitCode);
}

/// <summary>What exists already, on the command line.</summary>
public sealed class AutomationsTests : IDisposable
{
    private readonly CommandLine _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void What_a_project_automates_is_listed_and_said_of_its_routines()
    {
        File.WriteAllText(Path.Combine(_program.Folder, "Makefile"), "format:\n\tdotnet format\n\tdotnet build\n");
        using (var log = File.CreateText(Path.Combine(_program.Folder, "events.jsonl")))
        {
            for (var session = 0; session < 20; session++)
            {
                string[] commands = ["dotnet format", "dotnet build"];
                foreach (var (command, second) in commands.Select((command, second) => (command, second)))
                    log.WriteLine(
                        $$"""{"session_id":"s{{session}}","hook_event_name":"PreToolUse","tool_name":"Bash", """
                            + $$"""  "tool_input":{"command":"{{command}}"}, """
                            + $$"""  "timestamp":"2026-03-{{session + 1:00}}T10:00:0{{second}}Z"}"""
                    );
            }
        }

        _program.Run("import", "events.jsonl", "--database", "events.db");
        var list = _program.Run("automations", ".", "--project-only", "--json");
        var analysis = _program.Run("analyze", "-d", "events.db", "--since", "2026-01-01", "--json", "--dry-run", "--automation-path", ".");

        Assert.Equal((0, 0), (list.ExitCode, analysis.ExitCode));
        Assert.Equal(
            "make format",
            JsonDocument.Parse(list.Output).RootElement.GetProperty("automations")[0].GetProperty("name").GetString()
        );
        var covered = JsonDocument
            .Parse(analysis.Output)
            .RootElement.GetProperty("patterns")
            .EnumerateArray()
            .Select(pattern => pattern.GetProperty("covered_by"))
            .First(cover => cover.ValueKind == JsonValueKind.Object);
        Assert.Equal("make format", covered.GetProperty("name").GetString());
        Assert.Equal((0, 1.0), (covered.GetProperty("through_count").GetInt32(), covered.GetProperty("by_hand_share").GetDouble()));
    }

    [Fact]
    public void Automations_are_found_where_the_events_come_from()
    {
        var project = Directory.CreateDirectory(Path.Combine(_program.Folder, "app", "src")).Parent!;
        File.WriteAllText(Path.Combine(project.FullName, "Makefile"), "format:\n\tdotnet format\n\tdotnet build\n");
        Directory.CreateDirectory(Path.Combine(project.FullName, ".git"));
        using (var log = File.CreateText(Path.Combine(_program.Folder, "events.jsonl")))
        {
            for (var session = 0; session < 20; session++)
            {
                foreach (var (command, second) in new[] { "dotnet format", "dotnet build" }.Select((command, second) => (command, second)))
                    log.WriteLine(
                        $$"""{"session_id":"s{{session}}","hook_event_name":"PreToolUse","tool_name":"Bash", """
                            + $$"""  "cwd":{{JsonSerializer.Serialize(Path.Combine(project.FullName, "src"))}}, """
                            + $$"""  "tool_input":{"command":"{{command}}"}, """
                            + $$"""  "timestamp":"2026-03-{{session + 1:00}}T10:00:0{{second}}Z"}"""
                    );
            }
        }

        _program.Run("import", "events.jsonl", "--database", "events.db");
        var list = _program.Run("automations", "--database", "events.db", "--project-only", "--json");
        var analysis = _program.Run("analyze", "-d", "events.db", "--since", "2026-01-01", "--json", "--dry-run", "--find-automation");

        Assert.Equal((0, 0), (list.ExitCode, analysis.ExitCode));
        Assert.Equal(
            "make format",
            JsonDocument.Parse(list.Output).RootElement.GetProperty("automations")[0].GetProperty("name").GetString()
        );
        Assert.Contains("\"name\": \"make format\"", analysis.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Assert.Equal("PathNotFound", _program.Run("automations", "nowhere").Error.Split(' ', ':')[1]);
}
