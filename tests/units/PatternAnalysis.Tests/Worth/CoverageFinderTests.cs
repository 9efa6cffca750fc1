using PatternAnalysis.Automations;
using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

public sealed class CoverageFinderTests
{
    private static readonly ExistingAutomation s_task = new(
        AutomationKind.Task,
        "make format",
        "Makefile",
        ["dotnet format", "dotnet build --no-restore"]
    );

    [Fact]
    public void What_something_covers_says_so_with_the_shares_and_leaves_the_first_places()
    {
        var calls = Calls();
        for (var i = 0; i < 4; i++)
            calls.Bash($"through-{i}", "make format");

        var before = Appraisals.Of(calls);
        var after = Appraisals.Of(calls, options: new WorthOptions { Automations = [s_task] });

        Assert.Equal("Bash(dotnet format)→Bash(dotnet build)", before.First(pattern => pattern.Worth!.MarginalTurns > 0).ToolSequence);
        Assert.All(before, pattern => Assert.Null(pattern.Worth!.CoveredBy));
        var covered = after.Single(pattern => pattern.ToolSequence == "Bash(dotnet format)→Bash(dotnet build)");
        Assert.Equal(s_task, covered.Worth!.CoveredBy!.Automation);
        Assert.Equal((4, covered.OccurrenceCount), (covered.Worth.CoveredBy.ThroughCount, covered.Worth.CoveredBy.ByHandCount));
        Assert.Equal(1, covered.Worth.CoveredBy.ThroughShare + covered.Worth.CoveredBy.ByHandShare, 9);
        Assert.StartsWith("covered by make format (Makefile): ", covered.Worth.CoveredBy.Guidance);

        var uncovered = after.Where(pattern => pattern.Worth is { CoveredBy: null, PartOf: null, MarginalTurns: > 0 }).ToArray();
        Assert.NotEmpty(uncovered);
        Assert.All(uncovered, pattern => Assert.True(pattern.Worth!.Rank < covered.Worth.Rank));
        Assert.Equal(Enumerable.Range(1, after.Count), after.Select(pattern => pattern.Worth!.Rank));
    }

    [Fact]
    public void What_is_worth_stays_the_same()
    {
        var calls = Calls();

        var before = Appraisals.Of(calls).ToDictionary(pattern => pattern.PatternId);
        var after = Appraisals.Of(calls, options: new WorthOptions { Automations = [s_task] });

        Assert.Equal(before.Count, after.Count);
        Assert.All(after, pattern => Assert.Equal(before[pattern.PatternId].Worth!.MarginalUsd, pattern.Worth!.MarginalUsd));
    }

    [Fact]
    public void An_allow_rule_covers_nothing()
    {
        var rule = new ExistingAutomation(
            AutomationKind.AllowRule,
            "Bash(dotnet format)",
            "settings.json",
            ["dotnet format", "dotnet build"]
        );

        Assert.All(
            Appraisals.Of(Calls(), options: new WorthOptions { Automations = [rule] }),
            pattern => Assert.Null(pattern.Worth!.CoveredBy)
        );
    }

    private static RecordedCalls Calls()
    {
        var calls = new RecordedCalls();
        for (var i = 0; i < 12; i++)
            calls.Bash($"a-{i}", "dotnet format").Bash($"a-{i}", "dotnet build");
        for (var i = 0; i < 6; i++)
            calls.Bash($"b-{i}", "npm ci").Bash($"b-{i}", "npm run lint");
        return calls;
    }
}
