using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>
/// sed and awk only edit and print where each option is one that does no more, and each script that they are
/// given is plain.
/// </summary>
public class ScriptArgumentTests
{
    private static bool ArePlain(string text, ScriptLanguage language) =>
        ScriptArguments.ArePlain(new SegmentFacts(ShellReader.Read(text, ShellDialect.Posix).Segments[0], [], null), language);

    [Theory]
    [InlineData(
        "-n -E -r -s -u -z -nE -l5 --quiet --silent --regexp-extended --separate --unbuffered --null-data --posix --debug --sandbox",
        true
    )]
    [InlineData("--line-length=5 --zero-terminated --", true)]
    [InlineData("-i -i.bak --in-place -f --file=a -b -L --follow-symlinks -ni --help-me -x", false)]
    public void An_option_of_sed_is_known_to_do_no_more_or_is_not(string options, bool isPlain)
    {
        foreach (var option in options.Split(' '))
        {
            Assert.Equal((option, isPlain), (option, ArePlain($"sed {option} p a", ScriptLanguage.Sed)));
            Assert.False(ArePlain($"sed {option} 'w f' a", ScriptLanguage.Sed), option);
        }
    }

    [Theory]
    [InlineData("sed p a", true)]
    [InlineData("sed -e p", true)]
    [InlineData("sed -ne p a", true)]
    [InlineData("sed --expression p", true)]
    [InlineData("sed --expression=p", true)]
    [InlineData("sed -e p -e s/a/b/ 'w f'", true)]
    [InlineData("sed -e 'a\\' -e 'e ls'", true)]
    [InlineData("sed \"s/$a/b/\" c", true)]
    [InlineData("sed \"$a p\"", true)]
    [InlineData("sed p 'w f'", true)]
    [InlineData("sed", true)]
    [InlineData("sed 'w f' a", false)]
    [InlineData("sed -e 'w f'", false)]
    [InlineData("sed -ne 'w f'", false)]
    [InlineData("sed -e'w f'", false)]
    [InlineData("sed --expression 'w f'", false)]
    [InlineData("sed --expression='w f'", false)]
    [InlineData("sed -e p -e 'e ls'", false)]
    [InlineData("sed -n -- 'w f'", false)]
    public void Each_script_of_sed_counts(string text, bool isPlain) => Assert.Equal(isPlain, ArePlain(text, ScriptLanguage.Sed));

    [Theory]
    [InlineData(
        "-F: -b -c -C -P -r -s -t -S -vx=1 --field-separator=: --assign=x=1 --posix --traditional --re-interval --sandbox --csv",
        true
    )]
    [InlineData("--characters-as-bytes --", true)]
    [InlineData("-f -fa -E -i -l -o -p -d -D --file=a --include=a --load=a --exec=a --pretty-print --dump-variables --profile -x", false)]
    public void An_option_of_awk_is_known_to_do_no_more_or_is_not(string options, bool isPlain)
    {
        foreach (var option in options.Split(' '))
        {
            Assert.Equal((option, isPlain), (option, ArePlain($"awk {option} '{{ print }}' a", ScriptLanguage.Awk)));
            Assert.False(ArePlain($"awk {option} '{{ system(1) }}' a", ScriptLanguage.Awk), option);
        }
    }

    [Theory]
    [InlineData("awk '{ print }' a", true)]
    [InlineData("awk -F : '{ print }' a", true)]
    [InlineData("awk -v x=1 '{ print }' a", true)]
    [InlineData("awk --assign x=1 '{ print }' a", true)]
    [InlineData("awk --field-separator : '{ print }' a", true)]
    [InlineData("awk \"{ print \\\"$a\\\" }\" b", true)]
    [InlineData("awk", false)]
    [InlineData("awk $program a", false)]
    [InlineData("awk \"$program\" a", false)]
    [InlineData("awk -F : '{ system(1) }' a", false)]
    [InlineData("awk -v '{ print }' '{ system(1) }'", false)]
    [InlineData("awk --assign '{ print }' '{ system(1) }'", false)]
    [InlineData("awk --field-separator '{ print }' '{ system(1) }'", false)]
    [InlineData("awk '{ system(1) }' '{ print }'", false)]
    public void The_program_of_awk_counts(string text, bool isPlain) => Assert.Equal(isPlain, ArePlain(text, ScriptLanguage.Awk));

    [Theory]
    [InlineData("system getline close extension include load", false)]
    [InlineData(
        "print printf length substr split gsub sub match sprintf tolower toupper index next exit delete function systems getlines",
        true
    )]
    public void A_word_of_awk_that_runs_or_reads_something_is_known(string words, bool isPlain)
    {
        foreach (var word in words.Split(' '))
            Assert.Equal((word, isPlain), (word, AwkProgram.IsPlain($"{{ {word} }}")));
    }

    [Theory]
    [InlineData("{ print > \"/dev/stdout\" }", true)]
    [InlineData("{ print > \"/dev/stderr\" }", true)]
    [InlineData("{ print >> \"/dev/null\" }", true)]
    [InlineData("{ print >\"/dev/stdout\"}", true)]
    [InlineData("{ print > \"/dev/stdout\"\t; x }", true)]
    [InlineData("{ print > \"/dev/stdin\" }", false)]
    [InlineData("{ print > /dev/stdout }", false)]
    [InlineData("{ print >", false)]
    [InlineData("{ print > \"/dev/stdout\" + 1 }", false)]
    [InlineData("{ x = 1 > 2 }", true)]
    [InlineData("{ print (1 > 2) }", true)]
    [InlineData("{ print a[1 > 2] }", true)]
    [InlineData("{ print; x = 1 > 2 }", true)]
    [InlineData("{ print\nx = 1 > 2 }", true)]
    [InlineData("{ print } 1 > 2", true)]
    [InlineData("{ print a) > f }", false)]
    [InlineData("{ a || b }", true)]
    [InlineData("{ a | b }", false)]
    [InlineData("{ a |& b }", false)]
    [InlineData("@include", false)]
    [InlineData("`a`", false)]
    [InlineData("# system()\n{ print }", true)]
    [InlineData("{ print \"system(1) | x\" }", true)]
    [InlineData("/system(1) | x/", true)]
    [InlineData("/[|/]/", false)]
    [InlineData("/[|]/", true)]
    [InlineData("/a\\/|b/", true)]
    [InlineData("{ a / b | c / d }", false)]
    [InlineData("{ (a) / b | c / d }", false)]
    [InlineData("{ a[1] / b | c / d }", false)]
    [InlineData("{ \"a\" / b | c / d }", false)]
    [InlineData("{ if (a) /b|c/ }", true)]
    [InlineData("{ while (a) /b|c/ }", true)]
    [InlineData("{ for (;;) /b|c/ }", true)]
    [InlineData("{ switch (a) { case /b|c/: print } }", true)]
    [InlineData("{ return /b|c/ }", true)]
    [InlineData("{ a in /b|c/ }", true)]
    [InlineData("{ print /b|c/ }", true)]
    [InlineData("{ printf /b|c/ }", true)]
    [InlineData("{ if (a) ; else /b|c/ }", true)]
    [InlineData("{ do /b|c/; while (a) }", true)]
    [InlineData("{ a ~ /b|c/ }", true)]
    public void What_an_awk_program_writes_and_where_a_pattern_begins_is_known(string program, bool isPlain) =>
        Assert.Equal(isPlain, AwkProgram.IsPlain(program));
}
