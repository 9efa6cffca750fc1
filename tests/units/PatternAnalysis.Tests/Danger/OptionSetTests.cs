using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>An option word is known when every part of it is.</summary>
public sealed class OptionSetTests
{
    private static readonly OptionSet s_options = new("ab:n", ["--long", "-maxdepth", "-Name"]);

    [Theory]
    [InlineData("-a", true)]
    [InlineData("-aa", true)]
    [InlineData("-ab", true)]
    [InlineData("-bx", true)]
    [InlineData("-abx", true)]
    [InlineData("-n5", true)]
    [InlineData("-an5", true)]
    [InlineData("--long", true)]
    [InlineData("--long=x", true)]
    [InlineData("-maxdepth", true)]
    [InlineData("-MAXDEPTH", true)]
    [InlineData("-name", true)]
    [InlineData("-x", false)]
    [InlineData("-ax", false)]
    [InlineData("-xa", false)]
    [InlineData("-5", false)]
    [InlineData("-:", false)]
    [InlineData("-a:", false)]
    [InlineData("--lon", false)]
    [InlineData("--LONG", false)]
    [InlineData("--longer", false)]
    [InlineData("--a", false)]
    public void An_option_is_known_by_its_letters_or_by_its_name(string option, bool isKnown) =>
        Assert.Equal(isKnown, s_options.Contains(option));
}
