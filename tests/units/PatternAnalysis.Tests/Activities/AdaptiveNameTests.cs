using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Activities;

/// <summary>A name says as much as recurs: the text, else the form, else the operation.</summary>
public class AdaptiveNameTests
{
    [Fact]
    public void A_text_that_recurs_in_three_sessions_is_the_name()
    {
        var calls = new RecordedCalls().Bash("a", "cd x && make lint").Bash("b", "make lint 2>&1 | tail").Bash("c", "make lint");

        Assert.Equal(["Bash(make lint)", "Bash(make lint)", "Bash(make lint)"], Steps(calls));
    }

    [Fact]
    public void In_two_sessions_it_is_not_however_often()
    {
        var calls = new RecordedCalls()
            .Bash("a", "terraform plan -out=p")
            .Bash("a", "terraform plan -out=p")
            .Bash("b", "terraform plan -out=p");

        Assert.All(Steps(calls), name => Assert.Equal("Bash(terraform plan)", name));
    }

    [Fact]
    public void A_form_that_recurs_is_the_name_where_the_text_does_not()
    {
        var calls = new RecordedCalls()
            .Bash("a", "git commit -m 'One'")
            .Bash("b", "git commit -m 'Two'")
            .Bash("c", "git commit -m 'Three'");

        Assert.All(Steps(calls), name => Assert.Equal("Bash(git commit -m <text>)", name));
    }

    [Fact]
    public void What_recurs_in_neither_way_goes_by_its_operation()
    {
        var calls = new RecordedCalls().Bash("a", "git rebase -i main").Bash("b", "npm run --if-present x");

        Assert.Equal(["Bash(git rebase)", "Bash(npm run x)"], Steps(calls));
    }

    [Fact]
    public void Sub_commands_of_an_unknown_program_are_learned_when_few_of_them_do_for_nearly_all_calls()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b", "c" })
            calls
                .Bash(session, "bd ready")
                .Bash(session, $"bd show PRJ-{session.Length}")
                .Bash(session, $"frob {session}{session}{session}x");

        Assert.Equal(["Bash(bd ready)", "Bash(bd show PRJ-1)", "Bash(frob <text>)"], Steps(calls).Distinct());
    }

    [Fact]
    public void What_was_run_once_with_a_command_that_recurs_does_not_go_by_its_name()
    {
        var calls = new RecordedCalls()
            .Bash("a", "npm test")
            .Bash("b", "npm test")
            .Bash("c", "npm test")
            .Bash("d", "npm test only/once.js --bail");

        Assert.Equal(["Bash(npm test)", "Bash(npm test …)"], Steps(calls).Distinct());
    }

    [Fact]
    public void What_recurs_goes_by_the_name_that_an_agent_calls_its_shell_most()
    {
        var calls = new RecordedCalls()
            .Call("a", "shell", "command", "bash -lc 'npm test'")
            .Call("b", "shell_command", "command", "npm test 2>&1 | tail -3")
            .Call("c", "exec_command", "cmd", "npm test")
            .Call("d", "exec_command", "cmd", "cargo bench");

        string[] names = ["exec_command(npm test)", "exec_command(npm test)", "exec_command(npm test)", "exec_command(cargo bench)"];
        Assert.Equal(names, Steps(calls));
    }

    [Fact]
    public void Bookkeeping_is_left_out_and_counted()
    {
        var calls = new RecordedCalls().Bash("a", "make lint").Tool("a", "TodoWrite").Bash("a", "make test").Tool("b", "TodoWrite");

        var corpus = Build(calls);

        Assert.Equal(["Bash(make lint)→Bash(make test)"], corpus.Sequences().Select(sequence => sequence.Text));
        Assert.Equal(2, corpus.Reading.Excluded[EventReading.Bookkeeping]);
    }

    [Fact]
    public void Sub_agents_of_one_session_are_no_further_sessions()
    {
        var calls = new RecordedCalls();
        foreach (var agent in new[] { null, "x", "y", "z" })
            calls.Bash("a", "git show a1b2c3d4", agent);

        Assert.All(Steps(calls), name => Assert.Equal("Bash(git show)", name));
    }

    [Fact]
    public void A_secret_is_no_part_of_a_name()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b", "c" })
            calls.Bash(session, "deploy --token=ghp_abcdefghijklmnopqrstuvwxyz0123456789");

        Assert.All(Steps(calls), name => Assert.DoesNotContain("ghp_", name));
    }

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var calls = new RecordedCalls();
        var common = string.Join(" ", Enumerable.Range(0, 40).Select(number => $"--opt{number}"));
        foreach (var session in new[] { "a", "b", "c" })
            calls.Bash(session, $"tool {common} one").Bash(session, $"tool {common} two");

        var names = Steps(calls).Distinct().ToArray();

        Assert.Equal(2, names.Length);
        Assert.All(names, name => Assert.True(name.Length < 180));
    }

    [Fact]
    public void Excluded_names_are_left_out_by_the_name_that_is_shown()
    {
        var calls = new RecordedCalls();
        foreach (var session in new[] { "a", "b", "c" })
            calls.Bash(session, "make lint").Bash(session, "make test");

        var options = new ActivityOptions { Model = ActivityModel.Adaptive, ExcludeFilter = WildcardFilter.Of("Bash(make lint)") };

        Assert.All(Steps(calls, options), name => Assert.Equal("Bash(make test)", name));
    }

    private static IEnumerable<string> Steps(RecordedCalls calls, ActivityOptions? options = null) =>
        Build(calls, options).Sequences().SelectMany(sequence => sequence.Steps);

    private static SequenceCorpus Build(RecordedCalls calls, ActivityOptions? options = null)
    {
        var sequencer = new EventSequencer(new EventQuery(), options ?? new ActivityOptions { Model = ActivityModel.Adaptive });
        calls.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }
}
