using CsCheck;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

public class StepTextTests
{
    private static readonly Gen<string> s_name = Gen.OneOf(
        Gen.String[Gen.Char["a→\\u2192\n\u202e"], 1, 6],
        Gen.String[1, 8].Where(text => text.Length > 0)
    );

    [Theory]
    [InlineData("Read→Edit", "Read", "Edit")]
    [InlineData(@"a\u2192b→c", "a→b", "c")]
    [InlineData(@"a\u000Ab", "a\nb")]
    [InlineData(@"C:\\temp", @"C:\temp")]
    [InlineData(@"\u202Eevil", "\u202eevil")]
    [InlineData("読む→🙂", "読む", "🙂")]
    public void Steps_are_joined_by_arrows_and_what_would_disturb_is_escaped(string text, params string[] steps)
    {
        Assert.Equal(text, StepText.Join(steps));
        Assert.Equal(steps, StepText.Split(text));
    }

    [Fact]
    public void Two_different_sequences_never_share_a_text() =>
        Gen.Select(s_name.Array[1, 4], s_name.Array[1, 4])
            .Sample(
                (a, b) => (StepText.Join(a) == StepText.Join(b)) == a.SequenceEqual(b) && StepText.Split(StepText.Join(a)).SequenceEqual(a)
            );
}
