using System.CommandLine;
using System.Text.Json;
using PatternAnalysis.Application;
using PatternAnalysis.Cli.Commands;
using PatternAnalysis.Cli.Tests.Support;
using PatternAnalysis.Options;

namespace PatternAnalysis.Cli.Tests;

/// <summary>The command line takes the options of the catalogue; that the cmdlets do is tested in Options.Tests.ps1.</summary>
public sealed class OptionTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Analyze_has_every_option_of_the_catalogue_and_none_that_is_not_of_the_command_line_alone()
    {
        // A report's file is the value of --report, which may stand without one.
        var expected = OptionCatalogue
            .Of<RunOptions>()
            .Select(option => option.CommandLineName)
            .Where(name => name != "--report-path")
            .Concat(["--database", "--database-time-zone", "--json"]);

        Assert.Equal(expected.Order(), RootProgram.Create("analyze").Subcommands.Single().Options.Select(option => option.Name).Order());
    }

    [Fact]
    public void The_page_of_the_command_line_says_what_the_program_takes()
    {
        var page = Path.Combine(Repository.Root, "docs", "command-line.md");
        var expected = CommandLinePage.Write(RootProgram.Create());
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_UPDATE") == "1")
            File.WriteAllText(page, expected);

        Assert.Equal(expected, File.ReadAllText(page));
    }

    [Fact]
    public void A_command_that_is_named_first_is_all_that_is_made_and_the_same_as_among_all()
    {
        foreach (var command in RootProgram.Create().Subcommands)
        {
            var alone = Assert.Single(RootProgram.Create(command.Name).Subcommands);
            Assert.Equal(command.Name, alone.Name);
            Assert.Equal(command.Options.Select(option => option.Name), alone.Options.Select(option => option.Name));
        }
    }

    [Fact]
    public void Every_option_of_the_command_line_says_what_it_does()
    {
        static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

        Assert.All(
            All(RootProgram.Create()).SelectMany(command => command.Options),
            option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name)
        );
    }

    [Theory]
    [InlineData("s[12]", 2)]
    [InlineData("s?", 3)]
    [InlineData("S`[1`]", 1)]
    public void Wildcards_are_those_of_PowerShell(string wildcard, int sessions)
    {
        var events = Path.Combine(_cli.Folder, "events.jsonl");
        File.WriteAllLines(
            events,
            from session in new[] { "s1", "s2", "s3", "s[1]" }
            from tool in new[] { "Read", "Edit" }
            select $$"""{"session_id":"{{session}}","event_type":"tool_use","tool_name":"{{tool}}","timestamp":"2026-03-02T10:00:00Z"}"""
        );
        Assert.Equal(0, _cli.Run("import", "events.jsonl", "-d", "events.db").ExitCode);

        var (exitCode, output, _) = _cli.Run("analyze", "-d", "events.db", "--since", "2026-03-02", "--json", "--session-id", wildcard);

        Assert.Equal(0, exitCode);
        Assert.Equal(sessions, JsonDocument.Parse(output).RootElement.GetProperty("sessions").GetInt32());
    }

    [Theory]
    [InlineData("InvalidWindow", "--since", "2026-01-02", "--until", "2026-01-01")]
    [InlineData("InvalidWildcard", "--session-id", "s[12")]
    [InlineData("UnknownReportFormat", "--report", "report.pdf")]
    public void What_cannot_work_is_the_same_error_as_in_PowerShell_before_any_work(string id, params string[] arguments)
    {
        var (exitCode, output, error) = _cli.Run(["analyze", "-d", "nothing-here.db", .. arguments]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith($"error {id}: ", error, StringComparison.Ordinal);
    }
}
