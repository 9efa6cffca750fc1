using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>
/// A variable stands for each value that the text gives it anywhere; a value is never forgotten, and none makes
/// anything known.
/// </summary>
public class KnownValuesTests
{
    private static ShellSegment Last(string text, ShellDialect dialect = ShellDialect.Posix) =>
        ShellReader.Read(text, dialect).Segments[^1];

    [Theory]
    [InlineData("for f in a .env b; do cat $f; done", "a .env b")]
    [InlineData("for f in a .env; do cat \"x/${f}\"; done", "x/a x/.env")]
    [InlineData("select f in a b; do cat $f; done", "a b")]
    [InlineData("f=.env; cat $f", ".env")]
    [InlineData("f=.env; f=b; cat $f", ".env b")]
    [InlineData("f+=.env; cat $f", ".env")]
    [InlineData("f=.env cat $f", ".env")]
    [InlineData("export f=.env; cat $f", ".env")]
    [InlineData("declare f=.env; cat $f", ".env")]
    [InlineData("typeset f=.env; cat $f", ".env")]
    [InlineData("local f=.env; cat $f", ".env")]
    [InlineData("readonly f=.env; cat $f", ".env")]
    [InlineData("echo f=.env; cat $f", "")]
    [InlineData("export -n f; cat $f", "")]
    [InlineData("d=a; f=$d/b; cat $f", "$d/b a/b")]
    [InlineData("f=a; f=$f:b; cat $f", "a $f:b")]
    [InlineData("d=a; f=b; cat $d/$f", "a/$f a/b")]
    [InlineData("f=a; cat $g $f.txt", "a.txt")]
    [InlineData("f=a; cat $fg", "")]
    [InlineData("f=a; cat ${f}g", "ag")]
    [InlineData("f=a; cat '$f'", "")]
    [InlineData("f=a; cat b > $f", "a")]
    [InlineData("f=; cat $f", "")]
    [InlineData("=a; cat $f", "")]
    [InlineData("g() { cat $f; }; f=a; g $f", "a")]
    public void A_variable_stands_for_what_the_text_gives_it(string text, string values) =>
        Assert.Equal(values, string.Join(' ', Last(text).Alternatives));

    [Fact]
    public void A_value_that_is_given_later_counts_as_well() =>
        Assert.Equal(["a"], ShellReader.Read("cat $f; f=a", ShellDialect.Posix).Segments[0].Alternatives);

    [Theory]
    [InlineData("Get-ChildItem")]
    [InlineData("gci")]
    [InlineData("dir")]
    [InlineData("ls")]
    [InlineData("Get-Item")]
    [InlineData("gi")]
    [InlineData("Resolve-Path")]
    [InlineData("rvpa")]
    [InlineData("Join-Path")]
    public void In_PowerShell_a_variable_stands_for_what_is_listed_anywhere(string program)
    {
        Assert.Equal([".env*", "b"], Last($"{program} .env* b | % {{ gc $_ }}", ShellDialect.PowerShell).Alternatives);
        Assert.Empty(Last($"{program} .env* | % {{ gc a }}", ShellDialect.PowerShell).Alternatives);
        Assert.Empty(Last("Get-Date .env* | % { gc $_ }", ShellDialect.PowerShell).Alternatives);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_value_that_is_longer_than_any_path_is_none(int length, bool isKept)
    {
        var value = new string('a', length);

        Assert.Equal(isKept ? [value] : [], Last($"f={value}; cat $f").Alternatives);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void A_word_with_more_variables_than_are_followed_is_doubted(int count, bool isDoubted)
    {
        var names = Enumerable.Range(0, count).Select(index => $"v{index}").ToArray();
        var text = string.Concat(names.Select(name => $"{name}=a;")) + "cat " + string.Concat(names.Select(name => "$" + name));

        Assert.Equal(isDoubted ? "its variables may have more values than are looked at" : null, Last(text).UnknownReason);
    }

    [Fact]
    public void More_values_than_can_be_looked_at_are_a_reason_to_doubt()
    {
        var text =
            $"for f in {string.Join(' ', Enumerable.Range(0, 400))}; do cat $f$f; "
            + $"for g in {string.Join(' ', Enumerable.Range(0, 400))}; do ls $f$g; done; done";

        Assert.Equal("its variables may have more values than are looked at", Last(text).UnknownReason);
        Assert.Null(ShellReader.Read(text, ShellDialect.Posix).Segments[0].UnknownReason);
    }
}
