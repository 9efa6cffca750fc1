using System.Text.Json;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public sealed class DangerTests : IDisposable
{
    private const string Own =
        """{ "rules": [{ "id": "own.status", "category": "own", "level": "destructive", "programs": ["git"],"""
        + """ "subcommands": ["status"], "why": "just a test" }] }""";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("git status", "Posix", "Safe: no rule speaks against it.")]
    [InlineData("cd x && rm -rf y", "Posix", "Destructive: ")]
    [InlineData("./deploy.sh", "Posix", "Unknown: no rule says what 'deploy.sh' does [unknown.program]")]
    [InlineData("ri x -Recurse", "PowerShell", "Destructive: ")]
    public void A_commands_verdict_is_explained(string command, string dialect, string first)
    {
        var (exitCode, output, error) = _cli.Run("danger", command, "--dialect", dialect);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith(first, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_segment_has_its_line_and_no_secret()
    {
        var output = _cli.Run("danger", "cd /home/jane/x && git push --force https://jane:hunter2@host/x").Output;

        Assert.Matches(@"(?m)^  Safe\s+-\s+cd ~/x\r?$", output);
        Assert.Matches(@"(?m)^  Destructive\s+git\.push-force\s+git push --force https://\*\*\*@host/x\r?$", output);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_disabled_rule_would_have_said_is_said()
    {
        File.WriteAllText(Path.Combine(_cli.Folder, "own.json"), """{ "disable": ["git.reset-hard"] }""");

        var output = _cli.Run("danger", "git reset --hard", "--rules", "own.json").Output;

        Assert.StartsWith("Safe: the rule 'git.reset-hard' (destructive: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no rule speaks against it", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_ones_own_decide_in_danger_and_in_analyze()
    {
        File.WriteAllText(Path.Combine(_cli.Folder, "own.json"), Own);

        Assert.StartsWith(
            "Destructive: just a test [own.status]",
            _cli.Run("danger", "git status", "--rules", "own.json").Output,
            StringComparison.Ordinal
        );

        var patterns = Analyze("--rules", "own.json")
            .GetProperty("patterns")
            .EnumerateArray()
            .Where(pattern => pattern.GetProperty("tool_sequence").GetString()!.Contains("git status", StringComparison.Ordinal))
            .ToArray();
        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.Equal("auto-rejected", pattern.GetProperty("status").GetString()));
        Assert.All(
            patterns,
            pattern =>
                Assert.StartsWith(
                    "destructive: just a test [own.status]",
                    pattern.GetProperty("reasons")[0].GetString(),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void A_stored_pattern_is_explained_occurrence_by_occurrence()
    {
        var database = _cli.SampleDatabase();
        var (_, analysis, _) = _cli.Run("analyze", "-d", database, "--since", "2026-03-02", "--json");
        var pattern = JsonDocument.Parse(analysis).RootElement.GetProperty("patterns")[0];

        var (exitCode, output, error) = _cli.Run("danger", "--pattern-id", pattern.GetProperty("pattern_id").GetString()!, "-d", database);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            pattern.GetProperty("occurrence_count").GetInt32(),
            output.Split('\n').Count(line => line.Contains("Z session ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Danger_wants_a_command_or_a_pattern()
    {
        Assert.Equal(2, _cli.Run("danger").ExitCode);
        Assert.Equal(2, _cli.Run("danger", "ls", "--pattern-id", "x").ExitCode);
    }

    [Fact]
    public void A_wrong_rule_file_ends_with_1_and_is_named_with_its_rule_and_field()
    {
        File.WriteAllText(Path.Combine(_cli.Folder, "own.json"), Own.Replace("destructive", "bad", StringComparison.Ordinal));

        foreach (
            var arguments in (string[][])
                [
                    ["danger", "ls", "--rules", "own.json"],
                    ["analyze", "-d", "nothing-here.db", "--rules", "own.json"],
                ]
        )
        {
            var (exitCode, output, error) = _cli.Run(arguments);
            Assert.Equal((1, ""), (exitCode, output));
            Assert.StartsWith(
                "error InvalidRuleFile: own.json: rule 'own.status': field 'level': 'bad' is none of",
                error,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Activities_are_what_recurs_by_default_and_operations_and_bare_tools_on_demand()
    {
        Assert.Contains("Bash(git commit", Analyze().GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Bash(git add)→Bash(git commit)", Analyze("--activity", "Operation").GetRawText(), StringComparison.Ordinal);

        var tools = Analyze("--activity", "Tool");
        Assert.DoesNotContain("Bash(", tools.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Bash→Bash", tools.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, _cli.Run("analyze", "--activity", "Word").ExitCode);
    }

    [Fact]
    public void Runs_collapse_and_activities_are_left_out_and_counted()
    {
        var result = Analyze("--collapse-runs", "--exclude-activity", "TodoWrite", "bash(ls*)");

        Assert.NotInRange(result.GetProperty("excluded").GetProperty("excluded_activity").GetInt32(), 0, 10);
        Assert.DoesNotContain("TodoWrite", result.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Bash(ls)", result.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(
            result.GetProperty("patterns").EnumerateArray(),
            pattern => pattern.GetProperty("tool_sequence").GetString()!.Contains("Read(.cs)+", StringComparison.Ordinal)
        );
    }

    private JsonElement Analyze(params string[] arguments)
    {
        var database = Path.Combine(_cli.Folder, "events.db");
        if (!File.Exists(database))
            _cli.SampleDatabase();
        var (exitCode, output, error) = _cli.Run(["analyze", "-d", database, "--since", "2026-03-02", "--dry-run", "--json", .. arguments]);
        Assert.Equal((0, ""), (exitCode, error));
        return JsonDocument.Parse(output).RootElement;
    }
}
