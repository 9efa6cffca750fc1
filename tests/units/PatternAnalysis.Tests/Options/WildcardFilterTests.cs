using CsCheck;
using PatternAnalysis.Options;

namespace PatternAnalysis.Tests.Options;

/// <summary>
/// Wildcards are PowerShell's, on every front. That they are is also tested against PowerShell itself, in Options.Tests.ps1.
/// </summary>
public class WildcardFilterTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("s1", "s1", true)]
    [InlineData("s1", "S1", true)]
    [InlineData("s1", "s12", false)]
    [InlineData("s?", "s1", true)]
    [InlineData("s?", "s", false)]
    [InlineData("s[12]", "s2", true)]
    [InlineData("s[12]", "s3", false)]
    [InlineData("s[0-9]*", "s4-x", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[a`-c]", "-", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("s`[12`]", "s[12]", true)]
    [InlineData("s`*", "s*", true)]
    [InlineData("s`*", "s1", false)]
    [InlineData("a`", "a`", true)]
    [InlineData("Bash(*)", "bash(git log\n--all)", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("ı", "I", false)]
    public void A_name_matches_as_it_would_in_PowerShell(string wildcard, string name, bool expected) =>
        Assert.Equal(expected, WildcardFilter.Of(wildcard)!.IsMatch(name));

    [Theory]
    [InlineData("[")]
    [InlineData("s[12")]
    [InlineData("[]")]
    [InlineData("[a`]")]
    [InlineData("[z-a]")]
    public void What_is_no_wildcard_is_refused(string wildcard)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => WildcardFilter.Of(wildcard));

        Assert.Equal("InvalidWildcard", error.ErrorId);
        Assert.Contains(wildcard, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_is_enough_and_none_is_no_filter()
    {
        Assert.True(WildcardFilter.Of("a*", "b*")!.IsMatch("bc"));
        Assert.Null(WildcardFilter.Of());
        Assert.Null(WildcardFilter.Of(null));
    }

    [Fact]
    public void Every_escaped_text_matches_itself_and_nothing_else() =>
        Gen.Select(Gen.String, Gen.String)
            .Sample(
                (text, other) =>
                {
                    var filter = WildcardFilter.Of(string.Concat(text.Select(letter => "`" + letter)))!;

                    Assert.True(filter.IsMatch(text));
                    if (!string.Equals(text, other, StringComparison.OrdinalIgnoreCase))
                        Assert.Equal(string.Equals(text, other, StringComparison.InvariantCultureIgnoreCase), filter.IsMatch(other));
                }
            );

    [Fact]
    public void Many_stars_take_no_longer_than_one()
    {
        var filter = WildcardFilter.Of(string.Concat(Enumerable.Repeat("*a", 30)) + "b")!;

        Assert.False(filter.IsMatch(new string('a', 100_000)));
    }
}
