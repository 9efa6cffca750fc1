using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Whether what varies in a command was named before it, so that a script or a hook can fill it in.</summary>
public class ArgumentBinderTests
{
    // The path, its folder, or the end of either where that is a whole name.
    [Theory]
    [InlineData("pkg/src/a.cs", true)]
    [InlineData("./pkg/src/a.cs", true)]
    [InlineData("src/a.cs", true)]
    [InlineData("./src/a.cs", true)]
    [InlineData("pkg/src", true)]
    [InlineData("pkg/src/", true)]
    [InlineData("./pkg/src/...", true)]
    [InlineData("./src/...", true)]
    [InlineData("kg/src/a.cs", false)]
    [InlineData("other/a.cs", false)]
    [InlineData("pkg/sr", false)]
    [InlineData("./pkg", false)]
    [InlineData("pkg/src/a.cs.bak", false)]
    [InlineData("top/pkg/src/a.cs", false)]
    [InlineData("rc/a.cs", false)]
    public void A_path_is_named_by_itself_by_its_folder_and_from_another_folder_on(string argument, bool isNamed)
    {
        Assert.Equal(
            isNamed ? StepBinding.Edit : StepBinding.None,
            Last(calls => calls.Call("s", "Edit", "file_path", "pkg/src/a.cs").Bash("s", $"check -f {argument}"))
        );
        Assert.Equal(
            isNamed ? StepBinding.Calls : StepBinding.None,
            Last(calls => calls.Call("s", "Read", "file_path", "pkg/src/a.cs").Bash("s", $"check -f {argument}"))
        );
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    [InlineData(40, false)]
    public void It_was_named_shortly_before(int between, bool isNamed) =>
        Assert.Equal(
            isNamed ? StepBinding.Calls : StepBinding.None,
            Last(calls =>
            {
                calls.Call("s", "Read", "file_path", "src/a.cs");
                for (var number = 0; number < between; number++)
                    calls.Call("s", "Glob", "pattern", "x");
                calls.Bash("s", "check -f src/a.cs");
            })
        );

    [Fact]
    public void Only_the_edits_that_stood_side_by_side_last_bind_to_an_edit()
    {
        Assert.Equal(StepBinding.Edit, After("Edit src/a.cs", "Edit src/b.cs", "check -f src/a.cs"));
        Assert.Equal(StepBinding.Edit, After("Edit src/a.cs", "Glob x", "check -f src/a.cs"));
        Assert.Equal(StepBinding.Calls, After("Edit src/a.cs", "Glob x", "Edit src/b.cs", "check -f src/a.cs"));
        Assert.Equal(StepBinding.Edit, After("Edit src/a.cs", "Glob x", "Edit src/b.cs", "check -f src/b.cs"));
    }

    [Fact]
    public void All_that_varies_must_have_been_named()
    {
        Assert.Equal(StepBinding.Edit, After("Edit src/a.cs", "Edit src/b.cs", "check -f src/a.cs -g src/b.cs"));
        Assert.Equal(StepBinding.Calls, After("Edit src/a.cs", "Read src/b.cs", "check -f src/a.cs -g src/b.cs"));
        Assert.Equal(StepBinding.Calls, After("Read src/b.cs", "Edit src/a.cs", "check -f src/b.cs -g src/a.cs"));
        Assert.Equal(StepBinding.None, After("Edit src/a.cs", "check -f src/a.cs -g src/c.cs"));
        Assert.Equal(StepBinding.None, After("Edit src/a.cs", "check -f src/c.cs -g src/a.cs"));
        Assert.Equal(StepBinding.None, After("Edit src/a.cs", "check"));
        Assert.Equal(StepBinding.None, After("Read src/a.cs", "Read src/a.cs"));
    }

    [Fact]
    public void What_another_case_named_is_not_known_in_this_one()
    {
        var calls = new RecordedCalls().Call("a", "Edit", "file_path", "src/a.cs").Bash("b", "check -f src/a.cs");

        Assert.Equal(StepBinding.None, Records(calls, null)[1].Binding);
    }

    [Theory]
    [InlineData("out/report.txt", true)]
    [InlineData("report/", false)]
    [InlineData("./out", true)]
    public void What_an_answer_named_counts_as_what_a_call_was_given(string argument, bool isNamed)
    {
        var calls = new RecordedCalls().Call("s", "Glob", "pattern", "x", call: "c1").Bash("s", $"check -f {argument}");

        Assert.Equal(isNamed ? StepBinding.Calls : StepBinding.None, Records(calls, Answer("s", "c1", "one", "out/report.txt"))[1].Binding);
        Assert.Equal(StepBinding.None, Records(calls, Answer("s", "c2", "out/report.txt"))[1].Binding);
        Assert.Equal(StepBinding.None, Records(calls, Answer("t", "c1", "out/report.txt"))[1].Binding);
    }

    private static StepBinding After(params string[] steps) =>
        Last(calls =>
        {
            foreach (var step in steps)
            {
                if (step.Split(' ') is [("Edit" or "Read" or "Glob") and var tool, var file])
                    calls.Call("s", tool, tool == "Glob" ? "pattern" : "file_path", file);
                else
                    calls.Bash("s", step);
            }
        });

    private static StepBinding Last(Action<RecordedCalls> make)
    {
        var calls = new RecordedCalls();
        make(calls);
        return Records(calls, null)[^1].Binding;
    }

    private static StepRecord[] Records(RecordedCalls calls, IUsageReader? usage)
    {
        var corpus = Appraisals.Corpus(calls, usage);
        return [.. Enumerable.Range(0, corpus.StepCount).Select(position => corpus.Records![position])];
    }

    private static ToldUsage Answer(string session, string call, params string[] tokens) =>
        new() { Results = [new CallResult(session, call, default, tokens)] };
}
