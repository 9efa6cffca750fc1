using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What steps are to an automation, and where a hook could run them.</summary>
public class StepClassTests
{
    private const int Sessions = 3;

    [Theory]
    [InlineData("Bash", "make lint", StepClass.Constant, true)]
    [InlineData("Bash", "git status", StepClass.Constant, true)]
    [InlineData("Bash", "git add new/{0}.md", StepClass.Parameter, true)]
    [InlineData("Bash", "deploy --to host{0}", StepClass.Parameter, true)]
    [InlineData("Bash", "git commit -m 'Say {0} again'", StepClass.Message, true)]
    [InlineData("Bash", "git log -{0} --oneline", StepClass.Look, false)]
    [InlineData("Bash", "cat notes{0}.txt", StepClass.Look, false)]
    [InlineData("Bash", "python -c 'print({0} + len(\"abc\"))'", StepClass.Free, false)]
    [InlineData("Read", "src/part{0}.cs", StepClass.Look, false)]
    [InlineData("Edit", "src/part{0}.cs", StepClass.Free, false)]
    [InlineData("Edit", "src/part.cs", StepClass.Free, false)]
    [InlineData("Grep", "word", StepClass.Look, false)]
    public void A_step_in_the_middle_of_sessions_is_what_recurs_of_it(string tool, string given, StepClass expected, bool canRun)
    {
        var values = Values(session => [.. Openings(session, 12), (tool, Text(given, session))]);
        var last = values.Corpus.StepCount - 1;

        Assert.Equal((expected, canRun), (values.ClassOf(last), values.CanRun(last)));
    }

    [Theory]
    [InlineData("git add new/{0}.md", 2, StepClass.Free)]
    [InlineData("make lint", 2, StepClass.Free)]
    [InlineData("make lint", 3, StepClass.Constant)]
    [InlineData("git log -3", 2, StepClass.Look)]
    [InlineData("git log -3", 3, StepClass.Constant)]
    public void What_happens_in_fewer_sessions_than_recur_does_not_recur(string command, int sessions, StepClass expected)
    {
        var values = Values(session =>
            [.. Openings(session, 1), ("Bash", session < sessions ? Text(command, session) : $"other{session} --now")]
        );

        Assert.Equal(expected, values.ClassOf(1));
    }

    [Theory]
    [InlineData(0, StepClass.Constant, true)]
    [InlineData(2, StepClass.Constant, true)]
    [InlineData(3, StepClass.Constant, false)]
    [InlineData(9, StepClass.Constant, false)]
    [InlineData(10, StepClass.Look, false)]
    public void A_file_that_sessions_begin_by_reading_is_constant_there_and_can_be_given_at_the_start(
        int place,
        StepClass expected,
        bool canRun
    )
    {
        // Every session reads it first, and the last one again at a place further on.
        var values = Values(session => session < Sessions ? [("Read", "AGENTS.md")] : [.. Openings(session, place), ("Read", "AGENTS.md")]);
        var last = values.Corpus.StepCount - 1;

        Assert.Equal((expected, canRun), (values.ClassOf(last), values.CanRun(last)));
    }

    [Theory]
    [InlineData("src/a{0}.go", "gofmt -w src/a{0}.go", StepClass.Bound, true)]
    [InlineData("src/a{0}.go", "git add src/a{0}.go", StepClass.Bound, false)]
    [InlineData("src/a{0}.go", "gofmt -w src/a{0}.go && git add src/a{0}.go", StepClass.Bound, false)]
    [InlineData("src/a{0}.go", "gofmt -w src/b{0}.go", StepClass.Parameter, false)]
    public void Only_what_takes_the_edited_file_and_leaves_the_history_alone_can_be_told_of_the_edit(
        string edited,
        string command,
        StepClass expected,
        bool takesEdit
    )
    {
        var values = Values(session => [("Edit", Text(edited, session)), ("Bash", Text(command, session))]);
        var activity = values.Corpus.AllSteps[1];

        Assert.Equal(expected, values.ClassOf(1));
        Assert.Equal((takesEdit, takesEdit, takesEdit), (values.TakesEdit(1), values.IsCheck(1), values.TakesEdits(activity)));
        Assert.False(values.TakesEdit(0) || values.IsCheck(0) || values.TakesEdits(values.Corpus.AllSteps[0]));
    }

    [Theory]
    [InlineData("make lint", true)]
    [InlineData("git status", false)]
    [InlineData("git diff --check", true)]
    [InlineData("deploy --to host{0}", false)]
    public void A_check_runs_as_it_stands_and_is_not_only_shown(string command, bool isCheck) =>
        Assert.Equal(isCheck, Values(session => [("Bash", Text(command, session))]).IsCheck(0));

    // e edits, l, t and s run as they stand, p takes a parameter, c and k commit. Marks: a after an edit, 0 at the start, c before a
    // commit, b straight behind an edit.
    [Theory]
    [InlineData("l", "0")]
    [InlineData("elt", "0 0ab 0a")]
    [InlineData("eelltl", "0 0ab 0ab - - -")]
    [InlineData("eltl", "0 0ab 0a -")]
    [InlineData("ettl", "0 0ab 0 -")]
    [InlineData("eplt", "0 0ab 0 -")]
    [InlineData("ltsc", "0 0 0c -")]
    [InlineData("ltsk", "0 0 0c -")]
    [InlineData("lcelc", "0c 0 0 abc a")]
    [InlineData("cc", "0c 0")]
    [InlineData("sele", "0 0 0ab a")]
    [InlineData("setle", "0 0 0ab a a")]
    public void A_hook_could_run_what_stands_behind_edits_at_the_start_and_before_commits(string steps, string marks)
    {
        var values = Values(session => [.. steps.Select((symbol, place) => Step(symbol, session, place))]);
        var found = Enumerable.Range(0, steps.Length).Select(position => Marks(values, position));

        Assert.Equal(marks, string.Join(' ', found));
    }

    // At how many places of the session a call of make lint would stand behind an edit.
    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("e", 1, 1, 0)]
    [InlineData("ee", 2, 1, 0)]
    [InlineData("et", 2, 1, 0)]
    [InlineData("el", 1, 1, 0)]
    [InlineData("elt", 1, 1, 0)]
    [InlineData("etl", 2, 1, 0)]
    [InlineData("etle", 3, 2, 0)]
    [InlineData("epte", 2, 2, 0)]
    [InlineData("eltel", 2, 2, 0)]
    [InlineData("elce", 2, 2, 1)]
    [InlineData("cece", 2, 2, 2)]
    public void Each_edit_and_each_check_behind_it_is_a_place_and_a_run_of_edits_one_occasion(
        string steps,
        int places,
        int runs,
        int commits
    )
    {
        var values = Values(session =>
            [Step('l', session, 0), Step('t', session, 1), .. steps.Select((s, place) => Step(s, session, place + 2))]
        );
        var lint = values.Corpus.AllSteps[0];

        Assert.Equal("Bash(make lint)", values.Corpus.Activity(lint));
        Assert.Equal(places, values.Places(1, HookCondition.AfterEdit, lint));
        Assert.Equal(runs, values.Occasions(1, HookCondition.AfterEdit));
        Assert.Equal(
            (commits, commits),
            (values.Places(1, HookCondition.BeforeCommit, lint), values.Occasions(1, HookCondition.BeforeCommit))
        );
        Assert.Equal(
            (Math.Min(3, steps.Length + 2), 1),
            (values.Places(1, HookCondition.AtStart, lint), values.Occasions(1, HookCondition.AtStart))
        );
    }

    [Fact]
    public void Steps_that_nothing_is_known_of_are_of_no_class()
    {
        var corpus = Appraisals.Corpus(new RecordedCalls().Tool("s", "Deploy").Bash("s", "make"));
        var values = new StepValues(corpus, corpus.Records!, new WorthOptions());

        Assert.Equal((StepClass.Unknown, false), (values.ClassOf(0), values.CanRun(0)));
    }

    private static string Marks(StepValues values, int position)
    {
        var marks =
            (values.Meets(position, HookCondition.AtStart) ? "0" : "")
            + (values.Meets(position, HookCondition.AfterEdit) ? "a" : "")
            + (values.FollowsEdit(position) ? "b" : "")
            + (values.Meets(position, HookCondition.BeforeCommit) ? "c" : "");
        return marks.Length == 0 ? "-" : marks;
    }

    private static (string Tool, string Given) Step(char symbol, int session, int place) =>
        symbol switch
        {
            'e' => ("Edit", $"src/f{session}{place}.cs"),
            'l' => ("Bash", "make lint"),
            't' => ("Bash", "make test"),
            's' => ("Bash", "git status"),
            'k' => ("Bash", $"make all && git commit -m 'Say {session} and {place}'"),
            'p' => ("Bash", $"deploy --to host{session}{place}"),
            _ => ("Bash", $"git commit -m 'Say {session} and {place}'"),
        };

    private static IEnumerable<(string, string)> Openings(int session, int count) =>
        Enumerable.Range(0, count).Select(place => ("Read", $"doc{session}-{place}.md"));

    private static string Text(string format, int session) => format.Replace("{0}", $"{session}", StringComparison.Ordinal);

    // One session more than must be: what recurs does so without it.
    private static StepValues Values(Func<int, (string Tool, string Given)[]> steps)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session <= Sessions; session++)
        {
            foreach (var (tool, given) in steps(session))
                calls.Call(
                    $"s{session}",
                    tool,
                    tool switch
                    {
                        "Bash" => "command",
                        "Grep" => "pattern",
                        _ => "file_path",
                    },
                    given
                );
        }

        var corpus = Appraisals.Corpus(calls);
        return new StepValues(corpus, corpus.Records!, new WorthOptions());
    }
}
