using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>A word is what the program gets, as far as the text says it: quotes and escapes gone, expansions as they are written.</summary>
public class PosixWordTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.Posix).Segments;

    [Theory]
    [InlineData("a\\ b", "a b", true, false)]
    [InlineData("a\\\nb", "ab", true, false)]
    [InlineData("a\\", "a", true, false)]
    [InlineData("'a\\b'", "a\\b", true, false)]
    [InlineData("''", "", true, false)]
    [InlineData("\"a\\b\"", "a\\b", true, false)]
    [InlineData("\"\\$a \\` \\\" \\\\\"", "$a ` \" \\", true, false)]
    [InlineData("\"a\\\nb\"", "ab", true, false)]
    [InlineData("\"a'b'c\"", "a'b'c", true, false)]
    [InlineData("a'b'\"c\"d", "abcd", true, false)]
    [InlineData("$'a'", "a", true, false)]
    [InlineData("$\"a\"", "a", true, false)]
    [InlineData("$a", "$a", false, true)]
    [InlineData("\"$a\"", "$a", true, true)]
    [InlineData("$a_1.b", "$a_1.b", false, true)]
    [InlineData("$1a", "$1a", false, true)]
    [InlineData("$@", "$@", false, true)]
    [InlineData("$*", "$*", false, true)]
    [InlineData("$#", "$#", false, true)]
    [InlineData("$?", "$?", false, true)]
    [InlineData("$!", "$!", false, true)]
    [InlineData("$$", "$$", false, true)]
    [InlineData("$-", "$-", false, true)]
    [InlineData("$", "$", false, false)]
    [InlineData("a$", "a$", false, false)]
    [InlineData("$.", "$.", false, false)]
    [InlineData("${a}b", "${a}b", false, true)]
    [InlineData("${a:-b}", "${a}", false, true)]
    [InlineData("${a:-${b:-c}}d", "${a}d", false, true)]
    [InlineData("${a#\\}}b", "${a}b", true, true)]
    [InlineData("${a:-'}'}b", "${a}b", true, true)]
    [InlineData("${a:-\"}\"}b", "${a}b", true, true)]
    [InlineData("\"${a:-\"}\"}b\"", "${a}b", true, true)]
    [InlineData("${#a}", "${}", false, true)]
    [InlineData("$((1+2))", "$()", false, true)]
    [InlineData("$(( (1) ))b", "$()b", false, true)]
    [InlineData("$[1]", "$[1]", false, false)]
    [InlineData("$(b)c", "$()c", false, true)]
    [InlineData("`b`c", "$()c", false, true)]
    [InlineData("<(b)", "$()", false, true)]
    [InlineData("a,b=c{d}*?[e]~!%^", "a,b=c{d}*?[e]~!%^", false, false)]
    [InlineData("@(b|c)", "@(b|c)", false, false)]
    [InlineData("!(b)", "!(b)", false, false)]
    [InlineData("?(b)x", "?(b)x", false, false)]
    [InlineData("*(b)", "*(b)", false, false)]
    [InlineData("+(b(c)d)", "+(b(c)d)", false, false)]
    [InlineData("+(b\\)c)", "+(b)c)", true, false)]
    [InlineData("+(')')", "+())", true, false)]
    [InlineData("é\u00a0b", "é\u00a0b", false, false)]
    [InlineData("b\rc", "b\rc", false, false)]
    public void A_word_is_read_as_the_program_gets_it(string word, string value, bool isQuoted, bool hasExpansion)
    {
        var segment = Read($"a {word}")[0];

        Assert.Equal(new ShellWord(value, isQuoted, hasExpansion), Assert.Single(segment.Arguments));
    }

    [Theory]
    [InlineData("\\n\\t\\r\\a\\b\\f\\v\\e\\E", "\n\t\r\a\b\f\v\u001b\u001b")]
    [InlineData("\\\\ \\' \\\" \\?", "\\ ' \" ?")]
    [InlineData("\\x41\\x4a1\\x4", "AJ1\u0004")]
    [InlineData("\\101\\60\\7x\\1017", "A0\ax" + "A7")]
    [InlineData("\\501", "A")]
    [InlineData("\\8", "8")]
    [InlineData("\\u41\\u00e9\\u00e9a", "Aéé" + "a")]
    [InlineData("\\U0001F600x", "\U0001F600x")]
    [InlineData("\\xg", "\\xg")]
    [InlineData("\\uD800", "\\uD800")]
    [InlineData("\\U00110000", "\\U00110000")]
    [InlineData("a\\0b", "a")]
    [InlineData("a\\x00b\\0c", "a")]
    [InlineData("\\cA", "cA")]
    public void Escapes_in_dollar_quotes_are_characters(string body, string value) =>
        Assert.Equal(value, Read($"a $'{body}' b")[0].Arguments[0].Value);

    [Theory]
    [InlineData("A=1 b", "A=1")]
    [InlineData("A+=1 b", "A+=1")]
    [InlineData("A[0]=1 b", "A[0]=1")]
    [InlineData("A[x]+=1 b", "A[x]+=1")]
    [InlineData("_a1=\"x y\" b", "_a1=x y")]
    [InlineData("A= B=2 b", "A=,B=2")]
    [InlineData("A=(1 2) b", "A=(1 2)")]
    [InlineData("A+=(1) b", "A+=(1)")]
    [InlineData("A='b c' b", "A=b c")]
    public void Assignments_stand_before_the_program(string text, string assignments)
    {
        var segment = Read(text)[0];

        Assert.Equal((assignments, "b"), (string.Join(',', segment.Assignments), segment.Program));
    }

    [Theory]
    [InlineData("1A=1")]
    [InlineData("A-b=1")]
    [InlineData("=1")]
    [InlineData("A[0=1")]
    [InlineData("A[0]")]
    [InlineData("A[0]x=1")]
    [InlineData("A+1")]
    [InlineData("A+")]
    [InlineData("A")]
    public void What_is_no_assignment_is_the_program(string word)
    {
        var segment = Read($"{word} b")[0];

        Assert.Equal((word, 0), (segment.Program, segment.Assignments.Count));
    }

    [Theory]
    [InlineData("a \"$(b \"$(c \")\" )\" )\" d; e", "a b c e")]
    [InlineData("a `b \\`c \\\\\\`d\\\\\\`\\` \\$(e)`", "a b c d e")]
    [InlineData("a $(b # )\n); c", "a b c")]
    [InlineData("a $(b ')' \")\" \\)); c", "a b c")]
    [InlineData("a $(case x in y) b;; esac); c", "a b c")]
    [InlineData("a $((b); (c)); d", "a b c d")]
    [InlineData("a $(( $(b) + `c` )); d", "a b c d")]
    [InlineData("a $(( 1 + \"$(b)\" )); d", "a b d")]
    [InlineData("a $(( ( 1 + 2 ) * 3 )) $(b)", "a b")]
    [InlineData("a $(( 1 \\) )) b; c", "a c")]
    [InlineData("a ${b:-$(c)} ${d:=`e`} ${f[$(g)]}; h", "a c e g h")]
    [InlineData("a \"${b:-$(c)}\" \"${d:-'$(e)'}\"; f", "a c e f")]
    [InlineData("a ${b:-'$(c)'}; d", "a d")]
    [InlineData("a ${b:-\"$(c)\"}; d", "a c d")]
    [InlineData("a ${b//$(c)/\\}$(d)}; e", "a c d e")]
    [InlineData("a x=$(b) --y=\"$(c)\"; d", "a b c d")]
    [InlineData("a=($(b) '$(c)' \"$(d)\"); e", "- b d e")]
    [InlineData("a @($(b)|c); d", "a b d")]
    [InlineData("a $[ $(b) ]; c", "a b c")]
    [InlineData("a > $(b); c", "a b c")]
    [InlineData("a <<< $(b); c", "a b c")]
    [InlineData("a <(b | c) >(d); e", "a b c d e")]
    [InlineData("a \"<(b)\"; c", "a c")]
    [InlineData("[[ -e <(b) && c == >(d) ]]; e", "[[ b d e")]
    [InlineData("$(a) b", "- a")]
    [InlineData("a\\\n$(b)", "a- b")]
    public void Commands_in_words_are_found_and_data_is_not(string text, string programs) =>
        Assert.Equal(
            programs.Replace("a- b", "- b", StringComparison.Ordinal),
            string.Join(' ', Read(text).Select(segment => segment.Program ?? "-"))
        );

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void Substitutions_are_followed_so_deep_and_no_deeper(int depth, bool isRead)
    {
        foreach (var (open, close) in new[] { ("$(b ", ")"), ("<(b ", ")"), ("\"$(b ", ")\"") })
        {
            var text = "a " + string.Concat(Enumerable.Repeat(open, depth + 1)) + string.Concat(Enumerable.Repeat(close, depth + 1));

            Assert.Equal((open, isRead), (open, !Read(text).Any(segment => segment.HasUnknown)));
        }
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Expansions_are_followed_so_deep_and_no_deeper(int depth, bool isRead)
    {
        var text = "a " + string.Concat(Enumerable.Repeat("$((1+", depth)) + "1" + string.Concat(Enumerable.Repeat("))", depth));

        Assert.Equal(isRead, !Read(text).Any(segment => segment.HasUnknown));
    }
}
