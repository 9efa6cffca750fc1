using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Mining;

/// <summary>One of the worst occurrences, as it is shown.</summary>
public class DangerousOccurrenceTests
{
    [Fact]
    public void It_is_shown_in_a_line_and_hides_nothing()
    {
        var occurrence = new DangerousOccurrence
        {
            SessionId = "s\u001b1",
            Command = "rm -rf a\nrm\u202e b",
            Level = DangerLevel.Destructive,
            RuleId = "files.delete",
        };

        Assert.StartsWith("Destructive [files.delete] s", occurrence.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(occurrence.Command, occurrence.ToString(), StringComparison.Ordinal);
        Assert.Contains("rm -rf a\nrm", occurrence.Command, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', occurrence.Command);
        Assert.DoesNotContain('\u001b', occurrence.SessionId);
    }

    [Theory]
    [InlineData(DangerLevel.Safe, 3, 0, 0)]
    [InlineData(DangerLevel.Unknown, 0, 3, 0)]
    [InlineData(DangerLevel.Destructive, 0, 0, 3)]
    public void Occurrences_of_one_level_are_counted_there(DangerLevel level, int safe, int unknown, int destructive)
    {
        var danger = OccurrenceDanger.Of(level, 3);

        Assert.Equal((safe, unknown, destructive), (danger.Safe, danger.Unknown, danger.Destructive));
        Assert.Empty(danger.Worst);
    }

    [Fact]
    public void Without_times_it_is_not_known_when_it_happened()
    {
        var place = PatternMiner
            .Mine(Corpus.Of("Bash(git push --force) Read", "Bash(git push --force) Read"), new MiningOptions())
            .Single()
            .Place;

        Assert.Equal(place.OccurrenceCount, place.Occurrences.Safe + place.Occurrences.Unknown + place.Occurrences.Destructive);
        Assert.Empty(place.Occurrences.Worst);
    }

    [Fact]
    public void Of_unknown_commands_the_part_that_nobody_knows_is_named_and_when()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b" })
            calls.Bash(session, "git log && git branch $(whatever)").Bash(session, "git status");
        var place = PatternMiner
            .Mine(Appraisals.Corpus(calls, model: ActivityModel.Operation), new MiningOptions())
            .MaxBy(pattern => pattern.Length)!
            .Place;

        Assert.Equal((0, 2, 0), (place.Occurrences.Safe, place.Occurrences.Unknown, place.Occurrences.Destructive));
        Assert.Equal(["a", "b"], place.Occurrences.Worst.Select(worst => worst.SessionId));
        Assert.All(place.Occurrences.Worst, worst => Assert.Equal(place.Danger.Segment, worst.Command));
        Assert.Equal(
            [new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 2, 10, 0, 2, TimeSpan.Zero)],
            place.Occurrences.Worst.Select(worst => worst.At)
        );
    }

    [Fact]
    public void Of_destructive_commands_the_whole_command_is_named()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b" })
            calls.Bash(session, "git log && git branch -D old").Bash(session, "git status");
        var place = PatternMiner
            .Mine(Appraisals.Corpus(calls, model: ActivityModel.Operation), new MiningOptions())
            .MaxBy(pattern => pattern.Length)!
            .Place;

        Assert.Equal((0, 0, 2), (place.Occurrences.Safe, place.Occurrences.Unknown, place.Occurrences.Destructive));
        Assert.Equal(
            ["git log && git branch -D old", "git log && git branch -D old"],
            place.Occurrences.Worst.Select(worst => worst.Command)
        );
        Assert.NotEqual(place.Danger.Segment, place.Occurrences.Worst[0].Command);
        Assert.Same(place.Occurrences, place.Occurrences);
    }
}
