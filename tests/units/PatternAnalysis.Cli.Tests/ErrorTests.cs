using System.CommandLine;
using System.Text;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>Every error is one line with an id; the exit code and the page of errors come from the catalogue.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task What_nobody_foresaw_is_one_line_that_says_where_to_report_it()
    {
        var (exitCode, error) = await RunAsync(() => throw new InvalidOperationException("a line\nand another"));

        Assert.Equal(1, exitCode);
        Assert.StartsWith("error Unexpected: ", error, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: a line and another", error, StringComparison.Ordinal);
        Assert.Contains(ErrorCatalogue.ReportTo, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Where_it_happened_is_shown_on_demand()
    {
        var (exitCode, error) = await RunAsync(() => throw new InvalidOperationException("oops"), "--verbose");

        Assert.Equal(1, exitCode);
        Assert.Contains(nameof(Where_it_happened_is_shown_on_demand), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_error_of_the_catalogue_ends_with_its_exit_code()
    {
        foreach (var expected in ErrorCatalogue.All)
        {
            var (exitCode, error) = await RunAsync(() => throw new PatternAnalysisException(expected, "what happened"));

            Assert.Equal((expected.ExitCode, $"error {expected.Id}: what happened"), (exitCode, error.TrimEnd()));
        }
    }

    [Fact]
    public void The_page_of_errors_lists_the_catalogue()
    {
        var page = Path.Combine(Repository.Root, "docs", "errors.md");
        var expected = new StringBuilder("# Errors\n\n");
        expected.Append("Every error has an id that stays: on the command line it stands behind `error`, in PowerShell it begins the\n");
        expected.Append("`FullyQualifiedErrorId`, in the panel's API it is `error_id`. The page is made of the catalogue in\n");
        expected.Append(
            "`src/PatternAnalysis/Errors`: a test compares them, and writes the page anew when `PATTERN_ANALYSIS_UPDATE=1` is set.\n\n"
        );
        expected.Append("| Id | Category | Exit code | HTTP status | What to do |\n| --- | --- | --- | --- | --- |\n");
        foreach (var error in ErrorCatalogue.All)
            expected.Append($"| `{error.Id}` | {error.Category} | {error.ExitCode} | {error.HttpStatus} | {error.Advice} |\n");
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_UPDATE") == "1")
            File.WriteAllText(page, expected.ToString());

        Assert.Equal(expected.ToString(), File.ReadAllText(page));
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(Action work, params string[] arguments)
    {
        var command = new Command("work");
        command.SetAction(
            CommandRunner.Action(
                (_, _) =>
                {
                    work();
                    return CommandRunner.Ran;
                }
            )
        );
        var root = new RootCommand { CommandRunner.Verbose, command };
        var (before, written) = (Console.Error, new StringWriter());
        Console.SetError(written);
        try
        {
            return (await CommandRunner.RunAsync(root, ["work", .. arguments]), written.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
