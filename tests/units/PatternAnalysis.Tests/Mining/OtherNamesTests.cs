using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>By which other names a pattern is known whose commands recur more or less often elsewhere.</summary>
public class OtherNamesTests
{
    [Fact]
    public void A_pattern_of_forms_is_known_by_its_operations_and_by_every_mixture()
    {
        var pattern = Find(Commits(session => $"git add src/{session}.cs", session => $"git commit -m 'Change {session}'"));
        Assert.Equal("Bash(git add <path>)→Bash(git commit -m <text>)", pattern.ToolSequence);

        var ids = OtherNames.IdsOf(pattern).ToArray();

        foreach (
            var name in new[]
            {
                "Bash(git add)→Bash(git commit)",
                "Bash(git add <path>)→Bash(git commit)",
                "Bash(git add)→Bash(git commit -m <text>)",
            }
        )
            Assert.Contains(RepeatedPattern.IdOf(name), ids);
        Assert.DoesNotContain(pattern.PatternId, ids);
    }

    [Fact]
    public void A_pattern_of_operations_is_known_by_the_texts_and_forms_of_its_first_occurrence()
    {
        var pattern = Find(Commits(_ => "git status -s", _ => "git log -3"), ActivityModel.Operation);
        Assert.Equal("Bash(git status)→Bash(git log)", pattern.ToolSequence);

        var ids = OtherNames.IdsOf(pattern).ToArray();

        Assert.Contains(RepeatedPattern.IdOf("Bash(git status -s)→Bash(git log -3)"), ids);
        Assert.DoesNotContain(pattern.PatternId, ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Steps_that_stand_for_runs_keep_their_plus()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 4; session++)
            calls.Bash($"s{session}", "git status -s").Bash($"s{session}", "git status -s").Bash($"s{session}", "git log -3");
        var pattern = Find(calls, ActivityModel.Operation, collapses: true);
        Assert.Equal("Bash(git status)+→Bash(git log)", pattern.ToolSequence);

        var ids = OtherNames.IdsOf(pattern).ToArray();

        Assert.Contains(RepeatedPattern.IdOf("Bash(git status -s)+→Bash(git log -3)"), ids);
        Assert.DoesNotContain(RepeatedPattern.IdOf("Bash(git status -s)→Bash(git log -3)"), ids);
    }

    [Fact]
    public void Names_of_long_patterns_are_of_one_kind_throughout()
    {
        string[] commands = [.. Enumerable.Range(0, 9).Select(step => $"git add folder{step}/a.cs")];
        var calls = new RecordedCalls();
        for (var session = 0; session < 4; session++)
        {
            foreach (var command in commands)
                calls.Bash($"s{session}", command);
        }

        var pattern = PatternMiner.Mine(Build(calls, ActivityModel.Adaptive, false), new MiningOptions()).MaxBy(found => found.Length)!;
        Assert.Equal(9, pattern.Length);

        var ids = OtherNames.IdsOf(pattern).ToArray();

        Assert.InRange(ids.Length, 1, 8);
        Assert.Contains(RepeatedPattern.IdOf(string.Join('→', Enumerable.Repeat("Bash(git add)", 9))), ids);
        Assert.DoesNotContain(pattern.PatternId, ids);
    }

    [Fact]
    public void Patterns_of_bare_names_are_known_by_no_other()
    {
        Assert.Empty(OtherNames.IdsOf(PatternMiner.Mine(Corpus.Of("Read Edit", "Read Edit"), new MiningOptions())[0]));
    }

    private static RecordedCalls Commits(Func<int, string> add, Func<int, string> commit)
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 20; session++)
        {
            foreach (var command in new[] { add(session), commit(session), $"run{session} {session}", $"look{session} {session}" })
                calls.Bash($"s{session}", command);
        }

        return calls;
    }

    private static RepeatedPattern Find(RecordedCalls calls, ActivityModel model = ActivityModel.Adaptive, bool collapses = false) =>
        PatternMiner.Mine(Build(calls, model, collapses), new MiningOptions()).Single(pattern => pattern.Length == 2);

    private static SequenceCorpus Build(RecordedCalls calls, ActivityModel model, bool collapses)
    {
        var sequencer = new EventSequencer(
            new EventQuery(),
            new ActivityOptions
            {
                Model = model,
                CollapseRuns = collapses,
                ReadsOutcomes = true,
            }
        );
        calls.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }
}
