using System.Text.Json;
using PatternAnalysis.Cli.Tests.Support;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>The same hostile texts, as everything that an event can hold, through every command and into every kind of file.</summary>
public sealed class HostileTextTests : IClassFixture<HostileDatabase>
{
    private readonly HostileDatabase _hostile;

    public HostileTextTests(HostileDatabase hostile) => _hostile = hostile;

    public static TheoryData<string> Commands => [.. HostileDatabase.Commands.Select(command => string.Join(' ', command))];

    [Fact]
    public void Every_command_is_among_those_that_are_tried() =>
        Assert.Equal(
            CommandLinePage.Commands().Order(),
            HostileDatabase.Commands.Select(command => command[0]).Append("workflow").Append("serve").Distinct().Order()
        );

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_a_terminal_is_shown_is_seen_and_forges_no_line(string command)
    {
        var (exitCode, output, error) = _hostile.Run(command.Split(' '));

        Assert.Contains(exitCode, new[] { 0, 1, 2, 3 });
        AssertHarmless(output);
        AssertHarmless(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        if (command.EndsWith("--json", StringComparison.Ordinal))
            JsonDocument.Parse(output).Dispose();
    }

    [Fact]
    public void What_is_given_on_the_command_line_is_seen_and_forges_no_line()
    {
        // No argument holds a NUL, and half of a surrogate pair is none that a process could be given.
        foreach (var texts in HostileTexts.All.Where(text => !text.Contains('\0')).Chunk(12))
        {
            var text = string.Join(' ', texts);
            AssertHarmless(_hostile.Run("danger", text));
            AssertHarmless(_hostile.Run("serve", "--urls", text));
            AssertHarmless(_hostile.Run("workflow", text));
            AssertHarmless(_hostile.Run("review", "--deny", text, "--reason", text, "--reviewer", text));
        }
    }

    [Theory]
    [InlineData("md")]
    [InlineData("html")]
    [InlineData("csv")]
    [InlineData("json")]
    public void What_a_report_holds_acts_nowhere(string extension)
    {
        var file = _hostile.PathOf($"report.{extension}");
        var run = _hostile.Run("analyze", "--hours", "1000000", "--all-patterns", "--dry-run", "--report", file);
        Assert.True(run.ExitCode == 0, run.Error);
        var report = File.ReadAllText(file);

        AssertHarmless(report);
        switch (extension)
        {
            case "md":
                HostileTexts.AssertInert(report);
                break;
            case "html":
                HostileTexts.AssertOnlyOwnMarkup(report);
                break;
            case "csv":
                HostileTexts.AssertNoFormula(report);
                break;
            default:
                JsonDocument.Parse(report).Dispose();
                break;
        }

        Assert.True(report.Split('\n').Length > HostileTexts.All.Count || extension == "json");
    }

    [Fact]
    public void What_a_log_is_told_is_one_entry_whatever_it_says()
    {
        var text = File.ReadAllText(_hostile.Log);

        HostileTexts.AssertVisible(text);
        Assert.Single(text.Split('\n'), line => line.StartsWith('['));
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("forged", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("skill", "SKILL.md")]
    [InlineData("slashcommand", "*.md")]
    [InlineData("script", "*.sh")]
    public void What_a_draft_holds_acts_nowhere(string format, string file)
    {
        var folder = Directory.CreateDirectory(_hostile.PathOf($"drafts-{format}")).FullName;
        foreach (var id in _hostile.Approved)
            AssertHarmless(_hostile.Run("workflow", id, "--format", format, "--path", folder));

        var drafts = Directory.GetFiles(folder, file, SearchOption.AllDirectories);
        Assert.NotEmpty(drafts);
        foreach (var draft in drafts.Select(File.ReadAllText))
        {
            HostileTexts.AssertVisible(draft);
            if (format == "script")
                Assert.Contains("\nset -euo pipefail\n", draft, StringComparison.Ordinal);
            else
                HostileTexts.AssertInert(draft[draft.IndexOf("\n---\n", StringComparison.Ordinal)..]);
        }
    }

    private static void AssertHarmless((int ExitCode, string Output, string Error) run)
    {
        AssertHarmless(run.Output);
        AssertHarmless(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static void AssertHarmless(string surface)
    {
        HostileTexts.AssertVisible(surface.ReplaceLineEndings("\n"));
        HostileTexts.AssertForgesNoLine(surface.ReplaceLineEndings("\n"));
    }
}
