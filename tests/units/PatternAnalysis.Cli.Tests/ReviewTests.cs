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
        Assert.DoesNotContain(ids[0], _cli.Run("review", "-d", _database, "--list", "--status", "pending").Output, StringComparison.Ordinal);
    }

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
}
