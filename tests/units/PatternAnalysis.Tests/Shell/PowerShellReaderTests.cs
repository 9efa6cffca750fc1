using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

public class PowerShellReaderTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.PowerShell).Segments;

    // Expressions are segments without a program; here only the commands are of interest.
    private static string Programs(string text) =>
        string.Join(' ', Read(text).Where(segment => segment.Program is not null).Select(segment => segment.Program));

    [Theory]
    [InlineData("a; b | c && d || e", "a b c d e")]
    [InlineData("a\nb", "a b")]
    [InlineData("a `\n b", "a")]
    [InlineData("if (a) { b } elseif (c) { d } else { e }", "a b c d e")]
    [InlineData("foreach ($x in a) { b $x }", "a b")]
    [InlineData("while ($true) { a }", "a")]
    [InlineData("try { a } catch [System.Exception] { b } finally { c }", "a b c")]
    [InlineData("function f { param($x) a }; f 1", "a f")]
    [InlineData("function f { param ($x = 1) & 'a' (b) }; f 1", "a b f")]
    [InlineData("[CmdletBinding()] param($x) & 'a' c", "a")]
    [InlineData("do { a } while ($x) & 'b'", "a b")]
    [InlineData("if (a) { b } & 'c'; (d) & e", "a b c d e")]
    [InlineData("a | ForEach-Object { b $_ } | Where-Object { $_.x -eq (c) }", "a ForEach-Object b Where-Object c")]
    [InlineData("$x = a | b", "a b")]
    [InlineData("$x.y += a", "a")]
    [InlineData("a (b c) $(d) \"x $(e)\" @(f)", "a b d e f")]
    [InlineData("(a).Name", "a")]
    [InlineData("& 'C:\\Program Files\\x\\tool.exe' y", "tool")]
    [InlineData("& { a }; . { b }", "a b")]
    [InlineData(". .\\x.ps1", "x.ps1")]
    [InlineData("a & ; b", "a b")]
    [InlineData("$h = @{ Path = 'x'; Value = (a) }; b @h", "a b")]
    [InlineData("return a", "a")]
    [InlineData("<# a; b #> c # d", "c")]
    [InlineData("@'\na; b\n'@ | c", "c")]
    [InlineData("@\"\nx $(a)\n\"@ | c", "a c")]
    [InlineData("bash -c 'a; b'", "bash a b")]
    [InlineData("iex 'a'", "iex a")]
    [InlineData("Microsoft.PowerShell.Management\\Remove-Item x", "Remove-Item")]
    public void Commands_are_found(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a 'b''c' \"d`\"e\" f`;g", "b'c|d\"e|f;g")]
    [InlineData("a -b:$true $c.d ${e f} g,h", "-b:$true|$c.d|${e f}|g,h")]
    [InlineData("a C:\\x\\y > z", "C:\\x\\y")]
    public void Words_are_what_the_command_would_get(string text, string arguments) =>
        Assert.Equal(arguments, string.Join('|', Assert.Single(Read(text)).Arguments.Select(word => word.Value)));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    [InlineData("a (b")]
    [InlineData("a {b")]
    [InlineData("a }")]
    [InlineData("& $a b")]
    [InlineData("$x.Kill()")]
    [InlineData("[IO.File]::Delete('x')")]
    [InlineData("class X { }")]
    [InlineData("@'\nx")]
    public void What_cannot_be_read_is_marked(string text) => Assert.True(ShellReader.Read(text, ShellDialect.PowerShell).HasUnknown);

    [Theory]
    [InlineData("'a'.Trim().Split(',')")]
    [InlineData("$x[0] -replace 'a', 'b'")]
    [InlineData("1 + 2 * 3")]
    [InlineData("-not $x")]
    public void An_expression_that_only_computes_is_readable(string text) =>
        Assert.False(ShellReader.Read(text, ShellDialect.PowerShell).HasUnknown);

    [Fact]
    public void A_pipeline_is_linked()
    {
        var segments = Read("a | b");

        Assert.Equal(ShellOperator.Pipe, segments[0].Operator);
        Assert.Same(segments[0], segments[1].Upstream);
    }
}
