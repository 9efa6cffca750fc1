using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>A path has one spelling, whatever a command makes of it.</summary>
public sealed class PathTextTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("./a//b/.", "a/b")]
    [InlineData("a/../b", "b")]
    [InlineData("a/../../b", "../b")]
    [InlineData("../../b", "../../b")]
    [InlineData("/../a", "/a")]
    [InlineData("/a/../..", "/")]
    [InlineData("\\a\\.\\b", "/a/b")]
    [InlineData("C:\\a\\..\\b", "C:/b")]
    public void Paths_are_normalized(string path, string normalized) => Assert.Equal(normalized, PathText.Normalize(path));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a{b}c", "a{b}c")]
    [InlineData("a{b,c", "a{b,c")]
    [InlineData("a{b,c}d", "abd acd")]
    [InlineData("{a,b}{c,d}", "ac bc ad bd")]
    [InlineData("{,a}b", "b ab")]
    [InlineData("{a,b{c,d}}", "a bc a bd")]
    public void Braces_stand_for_each_of_their_alternatives(string word, string alternatives) =>
        Assert.Equal(alternatives, string.Join(' ', PathText.Alternatives(word)));

    [Fact]
    public void Braces_that_multiply_are_not_followed_for_ever() =>
        Assert.InRange(PathText.Alternatives(string.Concat(Enumerable.Repeat("{a,b}", 40))).Count(), 2, 200);

    [Theory]
    [InlineData(".e*", true)]
    [InlineData(".en?", true)]
    [InlineData("x/.[ef]nv", true)]
    [InlineData("[.]env", true)]
    [InlineData(".env*", true)]
    [InlineData(".*", true)]
    [InlineData(".e*v", true)]
    [InlineData(".env", false)]
    [InlineData("*", false)]
    [InlineData("*env", false)]
    [InlineData(".e*x", false)]
    [InlineData(".e?", false)]
    [InlineData(".env?", false)]
    [InlineData(".f*", false)]
    [InlineData(".e*/x", false)]
    public void A_pattern_names_a_hidden_file_when_it_can_stand_for_it(string path, bool mayName) =>
        Assert.Equal(mayName, PathText.MayName(path, [".env"]));

    [Theory]
    [InlineData("id_*", true)]
    [InlineData("*rsa", true)]
    [InlineData("id?rsa", true)]
    [InlineData("*", false)]
    [InlineData("i*", false)]
    [InlineData("**", false)]
    public void A_pattern_that_says_nothing_of_a_name_names_nothing(string path, bool mayName) =>
        Assert.Equal(mayName, PathText.MayName(path, ["id_rsa"]));
}
