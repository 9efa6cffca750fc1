using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What a pattern says of itself.</summary>
public class RepeatedPatternTests
{
    [Fact]
    public void Its_id_is_the_beginning_of_the_hash_of_its_text()
    {
        var pattern = Mine("Read Edit", "Read Edit").Single();

        Assert.Equal(("Read→Edit", "20afc2fcf221bda3"), (pattern.ToolSequence, pattern.PatternId));
        Assert.Equal(("Read→Edit", null), (pattern.ToString(), pattern.Without));
    }

    [Fact]
    public void It_tells_in_how_many_sessions_of_how_many_it_is_and_how_often()
    {
        var pattern = Mine("b a a a a", "a a", "c").Single(pattern => pattern.ToolSequence == "a→a");

        Assert.Equal(
            (2, 2, 3, 4, 3),
            (pattern.Length, pattern.SessionCount, pattern.OccurrenceCount, pattern.RawCount, pattern.TotalSessionCount)
        );
        Assert.Equal(["a", "a"], pattern.Steps);
        Assert.Equal(["session-0000", "session-0001"], pattern.ExampleSessions);
        Assert.Equal(
            [new PatternSession("session-0000", 2, null, null), new PatternSession("session-0001", 1, null, null)],
            pattern.Sessions
        );
    }

    [Fact]
    public void A_variant_has_an_id_that_stays_whatever_it_is_without()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b", "c" })
            calls.Bash(session, session == "c" ? "git branch -D old" : "git branch").Bash(session, "git log");
        var patterns = PatternMiner.Mine(
            Worth.Appraisals.Corpus(calls, model: PatternAnalysis.Activities.ActivityModel.Operation),
            new MiningOptions()
        );

        Assert.Equal(
            ["Bash(git branch)→Bash(git log)", "Bash(git branch)→Bash(git log) (without: git branch)"],
            patterns.Select(pattern => pattern.ToolSequence)
        );
        Assert.Equal([null, "git branch"], patterns.Select(pattern => pattern.Without));
        Assert.Equal(RepeatedPattern.IdOf("Bash(git branch)→Bash(git log) (without: destructive steps)"), patterns[1].PatternId);
    }

    [Fact]
    public void A_session_of_events_tells_from_when_to_when_it_was_looked_at()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b" })
            calls.Tool(session, "Read").Tool(session, "Edit").Tool(session, session);
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

        Assert.Equal(
            [new PatternSession("a", 1, start, start.AddSeconds(2)), new PatternSession("b", 1, start.AddSeconds(3), start.AddSeconds(5))],
            PatternMiner.Mine(Worth.Appraisals.Corpus(calls), new MiningOptions()).Single().Sessions
        );
    }

    // A command that recurs can be a routine by itself, however it is followed; that something is read is none.
    [Theory]
    [InlineData(1, "Bash(make lint)|Read|Edit|Glob|Grep")]
    [InlineData(2, "Bash(make lint)")]
    [InlineData(3, "")]
    public void Single_commands_that_recur_are_patterns_where_two_steps_are_asked_for(int shortest, string expected)
    {
        var calls = new RecordedCalls();
        string[] others = ["Read", "Edit", "Glob", "Grep"];
        for (var session = 0; session < 4; session++)
            calls
                .Tool($"s{session}", others[session])
                .Bash($"s{session}", "make lint")
                .Tool($"s{session}", others[(session + 1) % 4])
                .Tool($"s{session}", $"only{session}");

        var patterns = PatternMiner.Mine(Worth.Appraisals.Corpus(calls), new MiningOptions { MinimumLength = shortest });

        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(),
            patterns.Select(pattern => pattern.ToolSequence).Order()
        );
    }

    [Fact]
    public void Nothing_is_mined_of_nothing()
    {
        Assert.Throws<ArgumentNullException>(() => PatternMiner.Mine(null!, new MiningOptions()));
        Assert.Throws<ArgumentNullException>(() => PatternMiner.Mine(Corpus.Of("a"), null!));
        Assert.Throws<ArgumentNullException>(() => PatternMiner.GivenUpBeside(null!));
    }

    // Most sessions; then most occurrences; then longest; then by text, capitals first.
    [Fact]
    public void Patterns_are_shown_the_most_frequent_first_then_the_longest_then_by_text()
    {
        string[] sessions = ["p q", "p q", "p q", "r s r s", "r s", "k l m", "k l m", "B x", "B x", "a x", "a x"];
        string[] expected = ["p→q", "r→s", "k→l→m", "B→x", "a→x"];

        Assert.Equal(expected, Mine(sessions).Select(pattern => pattern.ToolSequence));
        Assert.Equal(expected, Mine(sessions).Reverse().Order(RepeatedPattern.ByFrequency).Select(pattern => pattern.ToolSequence));
    }

    [Fact]
    public void A_session_is_shown_with_what_is_known_of_its_times()
    {
        var from = new DateTimeOffset(2026, 1, 31, 10, 30, 0, TimeSpan.FromHours(1));

        Assert.Equal(
            "3 2026-01-31T09:30:00.000Z 2026-01-31T10:00:00.250Z session-1",
            new PatternSession("session-1", 3, from, from.AddMinutes(30).AddMilliseconds(250)).ToString()
        );
        Assert.Equal("1 - - x", new PatternSession("x", 1, null, null).ToString());
        Assert.DoesNotContain('\u202e', new PatternSession("a\u202eb", 1, null, null).SessionId);
    }

    [Fact]
    public void What_a_search_gave_up_is_told_beside_its_patterns_and_nothing_beside_none()
    {
        var patterns = Mine("a b", "a b");
        patterns[0].Run.GivenUp = ["something"];

        Assert.Equal(["something"], PatternMiner.GivenUpBeside(patterns));
        Assert.Empty(PatternMiner.GivenUpBeside([]));
    }

    private static IReadOnlyList<RepeatedPattern> Mine(params string[] sessions) =>
        PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions());
}
