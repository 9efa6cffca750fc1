using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>An awk program is plain when all of it was read and it runs, reads and writes nothing but its input and output.</summary>
public sealed class AwkProgramTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{print $2}")]
    [InlineData("NR > 1 && $3 >= 2 || /a|b/ { print $1 }")]
    [InlineData("$1 ~ /x>y/ { printf \"%s > %s\\n\", $1, $2 }")]
    [InlineData("{ if ($1 > 2) print; x = $1 > 3 }")]
    [InlineData("{ print ($1 > 2) }")]
    [InlineData("{ print a[1 > 2] }")]
    [InlineData("{ print (a+b)/2, (c)/2 } # system(\"x\")")]
    [InlineData("{ print a / 2 \"|\" b / 2 }")]
    [InlineData("{ if ((a + b)/2 > 1) print }")]
    [InlineData("/[|]/ { next }\n/a\\/|b/")]
    [InlineData("{ print \"a\\\"|b\" }")]
    [InlineData("{ print > \"/dev/stderr\"; n++ }")]
    [InlineData("{ print >> \"/dev/stdout\" }")]
    [InlineData("{ printf \"x\" > \"/dev/null\" # x\n}")]
    [InlineData("BEGIN { return /|/ }\\\n{ print in /|/ }")]
    [InlineData("{ if ($1) /\"|/; else /\"|/ }")]
    [InlineData("{ print; x = 1 > 2 }")]
    public void A_program_that_only_prints_is_plain(string program) => Assert.True(AwkProgram.IsPlain(program));

    [Theory]
    [InlineData("BEGIN { system(\"x\") }")]
    [InlineData("{ print | \"sh\" }")]
    [InlineData("{ \"x\" | getline }")]
    [InlineData("{ getline < \"x\" }")]
    [InlineData("{ close(x) }")]
    [InlineData("@load \"x\"")]
    [InlineData("{ print > \"x\" }")]
    [InlineData("{ print $1, $2 >> \"x\" }")]
    [InlineData("{ printf(\"a\") > \"x\" }")]
    [InlineData("{ print(1) > $1 }")]
    [InlineData("{ print a[1] > f }")]
    [InlineData("{ print > \"/dev/stdout\" \".txt\" }")]
    [InlineData("{ print > \"/dev/stdout\" x }")]
    [InlineData("{ print > ")]
    [InlineData("{ if (1) print > \"x\" }")]
    [InlineData("{ print a / 2 > \"x\"; y = 1 / 2 }")]
    [InlineData("{ print (1) / 2 > \"x\"; y = 1 / 2 }")]
    [InlineData("# x\n{ print > \"x\" }")]
    [InlineData("{ if ($1) /\"/; print > \"x\"; x = /\"/ }")]
    [InlineData("{ if ($1) ; else /\"/; print > \"x\"; x = /\"/ }")]
    [InlineData("{ while ((n--)) /\"/; print > \"x\"; x = /\"/ }")]
    [InlineData("{ do /\"/; while (1); print > \"x\"; x = /\"/ }")]
    public void A_program_that_runs_reads_or_writes_is_not(string program) => Assert.False(AwkProgram.IsPlain(program));

    [Theory]
    [InlineData("{ print \"a }")]
    [InlineData("{ print \"a\n\" }")]
    [InlineData("/a")]
    [InlineData("/a\nb/")]
    [InlineData("/[/]")]
    [InlineData("/[/]/")]
    public void What_is_not_read_is_not(string program) => Assert.False(AwkProgram.IsPlain(program));
}
