using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What stays and what varies in the steps of a pattern, as counted by hand.</summary>
public class StepDescriberTests
{
    [Fact]
    public void What_varies_is_told_by_its_form_and_its_three_most_frequent_texts()
    {
        string[] files = ["d.md", "c.md", "b.md", "a.md", "c.md", "b.md", "f.md", "e.md"];
        var steps = Describe(files.Select((file, session) => ($"git add {file}", "make test")), "Bash(git add <path>)→Bash(make test)");

        Assert.Equal(("git add <path>", StepClass.Parameter, 1.0), (steps[0].Template, steps[0].Class, steps[0].Share));
        Assert.Equal(["git add b.md", "git add c.md", "git add a.md"], steps[0].Examples);
        Assert.Equal(("make test", StepClass.Constant, 1.0), (steps[1].Template, steps[1].Class, steps[1].Share));
        Assert.Equal(["make test"], steps[1].Examples);
        Assert.Equal(["Bash(git add <path>)", "Bash(make test)"], steps.Select(step => step.Activity));
    }

    [Theory]
    [InlineData(5, StepClass.Bound, 0.625)]
    [InlineData(4, StepClass.Bound, 0.5)]
    [InlineData(3, StepClass.Parameter, 0.625)]
    public void A_step_is_of_the_class_that_it_is_of_most_often(int bound, StepClass expected, double share)
    {
        // In so many of eight sessions the file was named before.
        var calls = new RecordedCalls();
        for (var session = 0; session < 8; session++)
            calls
                .Call($"s{session}", "Edit", "file_path", session < bound ? $"f{session}.md" : $"g{session}.md")
                .Bash($"s{session}", $"fmt --write f{session}.md")
                .Bash($"s{session}", "make test");

        var step = Appraisals.Of(calls).WorthOf("Edit(.md)→Bash(fmt --write <path>)→Bash(make test)").Steps[1];

        Assert.Equal((expected, share, "fmt --write <path>"), (step.Class, step.Share, step.Template));
    }

    [Fact]
    public void Where_a_step_that_is_given_the_same_stands_more_often_than_the_pattern_only_the_pattern_counts()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
        {
            calls.Bash($"s{session}", $"deploy --to host{session}").Bash($"s{session}", "make test");
            calls.Call($"s{session}", session % 2 == 0 ? "Read" : "Grep", "file_path", $"{session}.cs").Bash($"s{session}", "make test");
        }

        var steps = Appraisals.Of(calls).WorthOf("Bash(deploy --to <text>)→Bash(make test)").Steps;

        Assert.Equal(["deploy --to host0", "deploy --to host1", "deploy --to host2"], steps[0].Examples);
    }

    [Fact]
    public void Occurrences_that_overlap_count_once()
    {
        // Three in a row are the pair once: what comes third is in no occurrence.
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
        {
            calls.Bash($"s{session}", $"git add x{session}.md").Bash($"s{session}", $"git add y{session}.md");
            calls.Bash($"s{session}", $"git add z{session / 2}.md").Call($"s{session}", "Grep", "pattern", $"{session}");
            calls.Bash($"s{session}", $"git add p{session}.md").Bash($"s{session}", $"git add q{session}.md");
        }

        var steps = Appraisals
            .Of(calls, options: new WorthOptions { MinimumConfidence = 0 })
            .WorthOf("Bash(git add <path>)→Bash(git add <path>)")
            .Steps;

        Assert.Equal(["git add p0.md", "git add p1.md", "git add p2.md"], steps[0].Examples);
        Assert.Equal(["git add q0.md", "git add q1.md", "git add q2.md"], steps[1].Examples);
    }

    [Fact]
    public void Secrets_in_examples_are_masked_and_long_ones_cut()
    {
        var secret = "ghp_" + new string('a', 18) + "1234567890" + new string('b', 8);
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(number => $"word{number}"));
        var steps = Describe(
            Enumerable.Range(0, 6).Select(session => ($"deploy --token {secret} {session} {words}", "make test")),
            sequence => sequence.EndsWith("→Bash(make test)", StringComparison.Ordinal)
        );

        Assert.All(steps[0].Examples, example => Assert.DoesNotContain(secret, example, StringComparison.Ordinal));
        Assert.All(steps[0].Examples, example => Assert.InRange(example.Length, 1, 220));
    }

    private static StepWorth[] Describe(IEnumerable<(string First, string Second)> sessions, string sequence) =>
        Describe(sessions, one => one == sequence);

    private static StepWorth[] Describe(IEnumerable<(string First, string Second)> sessions, Func<string, bool> isWanted)
    {
        var calls = new RecordedCalls();
        foreach (var (session, (first, second)) in sessions.Index())
            calls.Bash($"s{session}", first).Bash($"s{session}", second);
        return Appraisals.Of(calls).First(pattern => isWanted(pattern.ToolSequence)).Worth!.Steps;
    }
}
