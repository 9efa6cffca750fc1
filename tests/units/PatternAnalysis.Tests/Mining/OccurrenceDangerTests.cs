using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>How dangerous each occurrence of a pattern was, and which of them are named.</summary>
public class OccurrenceDangerTests
{
    [Fact]
    public void Occurrences_back_to_back_are_judged_each_for_itself()
    {
        var calls = new RecordedCalls()
            .Bash("a", "git branch -D old")
            .Bash("a", "git log")
            .Bash("a", "git branch")
            .Bash("a", "git log")
            .Bash("b", "git branch")
            .Bash("b", "git log");

        var danger = Find(calls, "Bash(git branch)→Bash(git log)").Occurrences;

        Assert.Equal((2, 0, 1), (danger.Safe, danger.Unknown, danger.Destructive));
    }

    [Fact]
    public void The_first_of_the_worst_steps_is_named_and_only_the_worst_level()
    {
        var calls = new RecordedCalls()
            .Bash("a", "git branch $(whatever)")
            .Bash("a", "git branch")
            .Bash("a", "git log")
            .Bash("b", "git branch -D one")
            .Bash("b", "git branch -D two")
            .Bash("b", "git log");

        var danger = Find(calls, "Bash(git branch)→Bash(git branch)→Bash(git log)").Occurrences;

        Assert.Equal((0, 1, 1), (danger.Safe, danger.Unknown, danger.Destructive));
        Assert.Equal(["git branch -D one"], danger.Worst.Select(worst => worst.Command));
    }

    [Fact]
    public void Those_that_are_named_are_the_first_five_by_time()
    {
        var calls = new RecordedCalls().Tool("late", "Read").Tool("late", "Edit");
        foreach (var number in Enumerable.Range(1, 6))
            calls.Bash($"early-{number}", $"git branch -D {number}").Bash($"early-{number}", "git log");
        calls.Bash("late", "git branch -D last").Bash("late", "git log");

        var worst = Find(calls, "Bash(git branch)→Bash(git log)").Occurrences.Worst;

        Assert.Equal(["1", "2", "3", "4", "5"], worst.Select(occurrence => occurrence.Command[^1..]));
        Assert.Equal(worst.Select(occurrence => occurrence.At).Order(), worst.Select(occurrence => occurrence.At));
        Assert.All(
            worst,
            occurrence => Assert.Equal((DangerLevel.Destructive, "git.branch-delete"), (occurrence.Level, occurrence.RuleId))
        );
    }

    private static PatternPlace Find(RecordedCalls calls, string sequence)
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Operation });
        calls.Read(sequencer.StoreQuery, sequencer, default);
        return PatternMiner.Mine(sequencer.Build(), new MiningOptions()).Single(pattern => pattern.ToolSequence == sequence).Place;
    }
}
