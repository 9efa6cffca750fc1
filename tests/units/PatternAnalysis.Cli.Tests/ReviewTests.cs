using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

public sealed class ReviewTests : IDisposable
{
    private readonly CommandLine _cli = new();
    private readonly string _database;

    public ReviewTests()
    {
        _database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", _database, "--since", "2026-03-02").ExitCode);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Patterns_are_listed_by_impact_and_decided_on()
    {
        var list = _cli.Run("review", "-d", _database, "--list", "--status", "pending", "--first", "2");
        Assert.Equal(0, list.ExitCode);
        var ids = list.Output.TrimEnd().Split(Environment.NewLine)[1..].Select(line => line[..16]).ToArray();
        Assert.Equal(2, ids.Length);

        Assert.Equal(0, _cli.Run("review", "-d", _database, "--approve", ids[0], "--notes", "a script", "--reviewer", "ada").ExitCode);
        Assert.Equal(0, _cli.Run("review", "-d", _database, "--deny", ids[1], "--reason", "no use").ExitCode);

        Assert.Matches(@"approved\s+1 ", _cli.Run("review", "-d", _database, "--stats").Output);
        Assert.Contains(ids[1], _cli.Run("review", "-d", _database, "--list", "--status", "rejected").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            ids[0],
            _cli.Run("review", "-d", _database, "--list", "--status", "pending").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_can_not_be_counted_has_no_table_heading() => Assert.Equal("", _cli.Run("review", "-d", "none.db", "--stats").Output);

    [Fact]
    public void Wrong_decisions_are_refused()
    {
        Assert.Equal(2, _cli.Run("review", "-d", _database, "--deny", "0000000000000000").ExitCode);
        Assert.Equal(2, _cli.Run("review", "-d", _database).ExitCode);
        Assert.Equal(2, _cli.Run("review", "-d", _database, "--list", "--status", "maybe").ExitCode);
        var unknown = _cli.Run("review", "-d", _database, "--approve", "0000000000000000");
        Assert.Equal(1, unknown.ExitCode);
        Assert.StartsWith("error PatternNotFound:", unknown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--exclude-part belongs to --approve or --deny.", "--list", "--exclude-part")]
    [InlineData("--adopted-as belongs to --approve", "--list", "--adopted-as", "make")]
    [InlineData("--adopted-as belongs to --approve", "--deny", "0000000000000000", "--reason", "no use", "--adopted-as", "make")]
    public void Options_that_would_be_dropped_are_refused(string problem, params string[] arguments)
    {
        var result = _cli.Run(["review", "-d", _database, .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_is_replaced_only_when_that_is_said_and_the_history_keeps_both()
    {
        var id = FirstPending();
        Assert.Equal(0, _cli.Run("review", "-d", _database, "--approve", id, "--reviewer", "ada").ExitCode);

        var second = _cli.Run("review", "-d", _database, "--deny", id, "--reason", "no use", "--reviewer", "bob");
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("error PatternDecidedMeanwhile:", second.Error, StringComparison.Ordinal);
        Assert.Contains("approved by ada", second.Error, StringComparison.Ordinal);

        Assert.Equal(0, _cli.Run("review", "-d", _database, "--deny", id, "--reason", "no use", "--reviewer", "bob", "--replace").ExitCode);
        var history = _cli.Run("review", "-d", _database, "--history", id).Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, history.Length);
        Assert.Matches($@"^\d{{4}}-.*Z {id} rejected  bob: no use$", history[0]);
        Assert.EndsWith("approved  ada: -", history[1], StringComparison.Ordinal);
        Assert.Equal(history, _cli.Run("review", "-d", _database, "--history").Output.TrimEnd().Split(Environment.NewLine));
        Assert.Single(_cli.Run("review", "-d", _database, "--history", "--first", "1").Output.TrimEnd().Split(Environment.NewLine));
        Assert.Equal(1, _cli.Run("review", "-d", _database, "--history", "0000000000000000").ExitCode);
    }

    [TerminalFact]
    public void In_a_terminal_patterns_are_reviewed_one_by_one()
    {
        var id = FirstPending();

        var (exitCode, output) = _cli.RunInTerminal(["a", "a script", "d", "s", "q"], "review", "-d", _database, "--reviewer", "ada");

        Assert.Equal(0, exitCode);
        Assert.Contains("[a]pprove, [r]eject, [s]kip, [d]etails, [q]uit:", output, StringComparison.Ordinal);
        Assert.Contains($"Pattern {id}, pending", output, StringComparison.Ordinal);
        Assert.Matches("Approved 1, rejected 0, skipped 1, not looked at [0-9]+\\.", output);
        Assert.DoesNotContain("\u001b[", output, StringComparison.Ordinal); // nothing that a screen reader stumbles over
        Assert.Contains("approved  ada: a script", _cli.Run("review", "-d", _database, "--history").Output, StringComparison.Ordinal);
    }

    private string FirstPending() =>
        _cli.Run("review", "-d", _database, "--list", "--status", "pending", "--first", "1").Output.TrimEnd().Split(Environment.NewLine)[1][
            ..16
        ];
}
