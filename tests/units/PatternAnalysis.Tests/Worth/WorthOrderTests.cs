using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What comes first of what could go, and of what saves nothing.</summary>
public class WorthOrderTests
{
    [Theory]
    [InlineData(2, WorthKind.None, 0)]
    [InlineData(3, WorthKind.Script, 3)]
    public void A_saving_recurs_in_as_many_sessions_as_texts_have_to(int savingSessions, WorthKind kind, double turns)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            // The calls of one message are one turn, of which nothing can go.
            var message = session < savingSessions ? null : $"m{session}";
            calls
                .Call($"s{session}", "Bash", "command", "make lint", message)
                .Call($"s{session}", "Bash", "command", "make test", message)
                .Call($"s{session}", session % 2 == 0 ? "Read" : "Grep", "file_path", $"{session}.cs");
        }

        var worth = Appraisals.Of(calls).WorthOf("Bash(make lint)→Bash(make test)");

        Assert.Equal((kind, turns), (worth.Kind, worth.SavedTurns));
    }

    [Fact]
    public void Of_what_saves_nothing_first_comes_what_a_command_with_parameters_could_run()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            for (var time = 0; time < 6; time++)
                calls
                    .Call($"s{session}", "Grep", "pattern", $"{session}{time}")
                    .Call($"s{session}", "Read", "file_path", $"{session}{time}.cs")
                    .Call($"s{session}", (session + time) % 2 == 0 ? "Glob" : "WebFetch", "pattern", $"{session}{time}");
            calls.Bash($"s{session}", $"go test -run Test{session} ./a{session}/");
        }

        var patterns = Appraisals.Of(calls);
        var (command, looks) = (patterns.WorthOf("Bash(go test -run <path> <text>)"), patterns.WorthOf("Grep→Read(.cs)"));

        Assert.Equal((WorthKind.None, WorthKind.None), (command.Kind, looks.Kind));
        Assert.True(command.Rank < looks.Rank);
    }

    [Theory]
    [InlineData("git status --short")]
    [InlineData("git worktree list")]
    [InlineData("git branch -a")]
    [InlineData("docker ps")]
    [InlineData("git status && git log --oneline -5")]
    [InlineData("gh pr view --web")]
    public void Of_commands_that_save_no_turn_those_that_do_something_come_before_those_that_only_show(string shows)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
        {
            for (var time = 0; time < 3; time++)
                Alone(calls, session, time, shows);
            Alone(calls, session, 3, "make docs");
        }

        var patterns = Appraisals.Of(calls);
        var (show, does) = (patterns.WorthOf($"Bash({shows})"), patterns.WorthOf("Bash(make docs)"));

        Assert.Equal((WorthKind.Command, WorthKind.Command), (show.Kind, does.Kind));
        Assert.True(does.Rank < show.Rank);
    }

    // Between steps that are others from time to time: it stands after no edit and is no part of a longer pattern.
    private static void Alone(RecordedCalls calls, int session, int time, string command) =>
        calls
            .Call($"s{session}", (session + time) % 2 == 0 ? "Glob" : "WebFetch", "pattern", $"{session}{time}")
            .Call($"s{session}", (session + time) % 3 == 0 ? "Skill" : "Grep", "pattern", $"{session}{time}")
            .Bash($"s{session}", command)
            .Call($"s{session}", (session / 2 + time) % 2 == 0 ? "Task" : "WebSearch", "pattern", $"{session}{time}");
}
