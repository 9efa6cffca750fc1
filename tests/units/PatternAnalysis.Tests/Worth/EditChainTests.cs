using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>Which steps stand where a hook after edits could run them.</summary>
public class EditChainTests
{
    // E an edit; a command in lower case runs as it stands, in upper case it does not. Marked are those that a hook could run.
    [Theory]
    [InlineData("abE", "...")] // nothing was edited yet
    [InlineData("Ea", ".!")]
    [InlineData("Eab", ".!!")]
    [InlineData("EEa", "..!")] // an edit behind an edit is one too, and no check
    [InlineData("Eaa", ".!.")] // run again for another reason
    [InlineData("Eaba", ".!!.")]
    [InlineData("Eabab", ".!!..")] // and nothing behind it
    [InlineData("EaEa", ".!.!")] // the next edit wants it again
    [InlineData("EAb", ".!.")] // behind what a hook can't run it comes too late
    [InlineData("EaB", ".!!")]
    [InlineData("EaBc", ".!!.")]
    [InlineData("Ea|a", ".!|.")] // another case
    [InlineData("E|a", ".|.")]
    [InlineData("Ea|Ea", ".!|.!")]
    public void A_step_stands_there_behind_an_edit_with_only_what_a_hook_runs_between_each_once(string steps, string marks)
    {
        var chain = new EditChain<char>();
        var found = steps.Select(step =>
        {
            if (step == '|')
            {
                chain.Restart();
                Assert.Equal((false, false), (chain.IsBehindEdit, chain.IsOpen));
                return '|';
            }

            var isEdit = step == 'E';
            var checks = chain.Take(step, isEdit, isConstant: char.IsLower(step));
            Assert.Equal(isEdit, chain.IsBehindEdit);
            return checks && !isEdit ? '!' : '.';
        });

        Assert.Equal(marks, string.Concat(found));
    }
}
