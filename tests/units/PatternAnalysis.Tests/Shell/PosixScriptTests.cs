using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>
/// What runs in scripts with every construct of the shell: each command, once, where it stands, and how it is
/// joined to the next.
/// </summary>
public class PosixScriptTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.Posix).Segments;

    private static string Programs(string text) => string.Join(' ', Read(text).Select(segment => segment.Program ?? "-"));

    private static string Sign(ShellOperator value) =>
        value switch
        {
            ShellOperator.And => "&&",
            ShellOperator.Or => "||",
            ShellOperator.Pipe => "|",
            ShellOperator.Background => "&",
            ShellOperator.Sequence => ";",
            _ => ".",
        };

    private static string Joined(string text) =>
        string.Join(' ', Read(text).Select(segment => $"{segment.Program ?? "-"} {Sign(segment.Operator)}"));

    [Theory]
    [InlineData("a", "a .")]
    [InlineData("a;", "a ;")]
    [InlineData("a\nb", "a ; b .")]
    [InlineData("a && b || c", "a && b || c .")]
    [InlineData("a | b |& c", "a | b | c .")]
    [InlineData("a & b", "a & b .")]
    [InlineData("a &&\n\n b", "a && b .")]
    [InlineData("a |\n# words\n b", "a | b .")]
    [InlineData("a &> f; b", "a ; b .")]
    [InlineData("a &>> f && b", "a && b .")]
    [InlineData("a 2>&1 | b", "a | b .")]
    [InlineData("(a) && b", "a && b .")]
    [InlineData("if a; then b; fi; c", "a ; b ; c .")]
    [InlineData("case x in y) a;; z) b;; esac", "a ; b ;")]
    [InlineData("a\r\nb", "a ; b .")]
    public void Commands_are_joined_by_their_operators(string text, string joined) => Assert.Equal(joined, Joined(text));

    [Theory]
    [InlineData("a | b", "b<a")]
    [InlineData("a |& b | c", "b<a c<b")]
    [InlineData("a | while b; do c; done", "b<a")]
    [InlineData("a | { b; c; }", "b<a")]
    [InlineData("a | (b; c)", "b<a")]
    [InlineData("a | if b; then c; fi", "b<a")]
    [InlineData("a | ! b", "b<a")]
    [InlineData("a |\n b", "b<a")]
    [InlineData("a | ((1)) ; b", "")]
    [InlineData("a | ((b); (c))", "b<a")]
    [InlineData("a && b", "")]
    [InlineData("a; b", "")]
    [InlineData("a || b", "")]
    [InlineData("(a; b) | c", "c<b")]
    [InlineData("for x in y; do a; done | b", "b<a")]
    [InlineData("a | b; c", "b<a")]
    [InlineData("a | find . -exec b \\;", "find<a b<a")]
    public void A_command_knows_which_one_feeds_it(string text, string links) =>
        Assert.Equal(
            links,
            string.Join(' ', Read(text).Where(segment => segment.Upstream is not null).Select(s => $"{s.Program}<{s.Upstream!.Program}"))
        );

    [Theory]
    [InlineData("a", "a:Direct0")]
    [InlineData("(a; b); c", "a:Subshell0 b:Subshell0 c:Direct0")]
    [InlineData("((a); b); c", "a:Subshell0 b:Subshell0 c:Direct0")]
    [InlineData("{ a; }", "a:Direct0")]
    [InlineData("a $(b; (c))", "a:Direct0 b:Substitution1 c:Subshell1")]
    [InlineData("a $(b $(c)) `d`", "a:Direct0 b:Substitution1 c:Substitution2 d:Substitution1")]
    [InlineData("a <(b)", "a:Direct0 b:Substitution1")]
    [InlineData("bash -c 'a $(b)'", "bash:Direct0 a:InterpreterArgument1 b:Substitution2")]
    [InlineData("find . -exec a \\;", "find:Direct0 a:InterpreterArgument1")]
    [InlineData("cat <<E\n$(a)\nE", "cat:Direct0 a:Substitution1")]
    [InlineData("bash -c 'cat <<E\n$(a)\nE'", "bash:Direct0 cat:InterpreterArgument1 a:Substitution2")]
    [InlineData("(a) > f", "a:Subshell0 -:Direct0")]
    public void A_command_knows_where_it_was_found(string text, string places) =>
        Assert.Equal(places, string.Join(' ', Read(text).Select(segment => $"{segment.Program ?? "-"}:{segment.Origin}{segment.Depth}")));

    [Theory]
    [InlineData("{ a; b; } > f", 2)]
    [InlineData("(a; b) > f", 2)]
    [InlineData("while a; do b; done > f", 2)]
    [InlineData("until a; do b; done > f", 2)]
    [InlineData("if a; then b; else c; fi > f", 3)]
    [InlineData("for x in y; do a; done > f", 1)]
    [InlineData("select x in y; do a; done > f", 1)]
    [InlineData("case x in y) a;; z) b;; esac > f", 2)]
    [InlineData("case x in y) a;; z) b\nesac > f", 2)]
    [InlineData("z; { a; } > f", 1)]
    [InlineData("{ { a; }; b; } > f", 2)]
    public void What_runs_in_a_group_is_known_to_its_redirection(string text, int count)
    {
        var last = Read(text)[^1];
        var asked = new List<string?>();

        Assert.True(last.EndsGroup);
        Assert.Null(last.Program);
        last.Group!.IsQuiet(segment =>
        {
            asked.Add(segment.Program);
            return true;
        });
        Assert.Equal(count, asked.Count);
        Assert.DoesNotContain("z", asked);
    }

    [Theory]
    [InlineData("{ a; }; > f")]
    [InlineData("{ a; }\n> f")]
    [InlineData("{ a; } && > f")]
    [InlineData("> f")]
    [InlineData("a; > f")]
    [InlineData("{ a; } | > f")]
    public void A_redirection_behind_an_operator_belongs_to_no_group(string text)
    {
        Assert.False(Read(text)[^1].EndsGroup);
        Assert.Null(Read(text)[^1].Group);
    }

    [Theory]
    [InlineData("if a\nthen\nb\nelif c\nthen d\nelse\ne\nfi\nf", "a b c d e f")]
    [InlineData("while a\ndo\nb\ndone\nc", "a b c")]
    [InlineData("for x\ndo a\ndone", "a")]
    [InlineData("for x in $(a) `b`; do c; done", "a b c")]
    [InlineData("for x in a b\ndo c\ndone", "c")]
    [InlineData("for ((i=$(a); i<3; i++)); do b; done", "a b")]
    [InlineData("select x in $(a); do b; done", "a b")]
    [InlineData("case $(a) in\n(x|y) b ;;\n *) c\nesac\nd", "a b c d")]
    [InlineData("case x\nin\ny) a;; esac; b", "a b")]
    [InlineData("case x in $(a)) b;; esac", "a b")]
    [InlineData("case x in esac; a", "a")]
    [InlineData("case x in a) b;& c) d;;& e) f;; esac", "b d f")]
    [InlineData("case x in a) ;; esac; b", "b")]
    [InlineData("case x in a) case y in b) c;; esac;; d) e;; esac; f", "c e f")]
    [InlineData("case x in 'esac') a;; esac; b", "a b")]
    [InlineData("case x in a) (b; c);; esac; d", "b c d")]
    [InlineData("function f { a; }; b", "a b")]
    [InlineData("function f() { a; }; b", "a b")]
    [InlineData("function f ( ) { a; }; b", "a b")]
    [InlineData("f() (a; b); c", "a b c")]
    [InlineData("f ( ) { a; }", "a")]
    [InlineData("f()\n{ a; }", "a")]
    [InlineData("coproc a", "a")]
    [InlineData("coproc { a; }", "a")]
    [InlineData("time { a; b; }", "a b")]
    [InlineData("time (a; b)", "a b")]
    [InlineData("time -p a", "a")]
    [InlineData("! { a; }", "a")]
    [InlineData("until ! a; do b; done", "a b")]
    [InlineData("if [[ -f x && ( y == z || 1 -lt 2 ) ]]; then a; fi", "[[ a")]
    [InlineData("[[ $(a) == b ]] && c", "[[ a c")]
    [InlineData("[[ a =~ b|c ]] || d", "[[ d")]
    [InlineData("[[ a\nb", "[[ b")]
    [InlineData("[[ a; b", "[[ b")]
    [InlineData("((a)) ; b", "b")]
    [InlineData("(( $(a) + 1 )) && b", "a b")]
    [InlineData("((a); b)", "a b")]
    [InlineData("( (a) )", "a")]
    [InlineData("echo if then fi", "echo")]
    [InlineData("'if' a", "if")]
    [InlineData("\\if a", "if")]
    [InlineData("A=1 if a", "if")]
    [InlineData("if", "")]
    [InlineData("a; # b\nc", "a c")]
    [InlineData("a #b", "a")]
    [InlineData("a '#' b", "a")]
    [InlineData("# a\n#b\nc", "c")]
    [InlineData("a \\\n  b\\\nc; d", "a d")]
    [InlineData("a\t;\tb", "a b")]
    [InlineData("a;;b", "a b")]
    [InlineData("}", "")]
    [InlineData("{a", "{a")]
    public void Every_construct_gives_the_commands_in_it(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a > f b", "a b", "> f")]
    [InlineData("a >f", "a", "> f")]
    [InlineData("> f a b", "a b", "> f")]
    [InlineData("a 2> f", "a", "> f")]
    [InlineData("a 12>> f", "a", ">> f")]
    [InlineData("a 2 > f", "a 2", "> f")]
    [InlineData("a 2b > f", "a 2b", "> f")]
    [InlineData("a >| f", "a", ">| f")]
    [InlineData("a <> f", "a", "<> f")]
    [InlineData("a >& f", "a", ">& f")]
    [InlineData("a 2>&1", "a", ">& 1")]
    [InlineData("a <&3", "a", "<& 3")]
    [InlineData("a &> f", "a", "&> f")]
    [InlineData("a &>> f", "a", "&>> f")]
    [InlineData("a < f > g", "a", "< f,> g")]
    [InlineData("a <<< 'b c' d", "a d", "<<< b c")]
    [InlineData("a > \"$f\"", "a", "> $f")]
    [InlineData("a <<E b\nx\nE", "a b", "<< E")]
    [InlineData("a <<-'E' > f\n\tx\n\tE", "a", "<<- E,> f")]
    public void A_redirection_is_no_argument(string text, string words, string redirections)
    {
        var segment = Read(text)[0];

        Assert.Equal(words, string.Join(' ', segment.Arguments.Select(word => word.Value).Prepend(segment.Program)));
        Assert.Equal(redirections, string.Join(',', segment.Redirections.Select(item => $"{item.Operator} {item.Target}")));
    }

    [Theory]
    [InlineData("a <<E\nb\nE\nc", "a c")]
    [InlineData("a <<E; c\nb\nE\nd", "a c d")]
    [InlineData("a <<E | c\nb\nE\nd", "a c d")]
    [InlineData("a <<'E F'\nb\nE F\nc", "a c")]
    [InlineData("a <<\"E\"\n$(b)\nE\nc", "a c")]
    [InlineData("a <<E\n\\$(b)\nE\nc", "a c")]
    [InlineData("a <<E\n$(b)${x:-`c`}\nE\nd", "a b c d")]
    [InlineData("a <<E\n'$(b)'\nE\nc", "a b c")]
    [InlineData("a <<E\n E\nb\nE\nc", "a c")]
    [InlineData("a <<-E\n\t\tE\nb", "a b")]
    [InlineData("a <<-E\n E\nb\nE\nc", "a c")]
    [InlineData("a <<E\nE x\nb\nE\nc", "a c")]
    [InlineData("a <<E\nb\\\nE\nE\nc", "a c")]
    [InlineData("a <<E\nb\\\\\nE\nc", "a c")]
    [InlineData("a <<'E'\nb\\\nE\nc", "a c")]
    [InlineData("a <<E <<F\nb\nE\nc\nF\nd", "a d")]
    [InlineData("a <<E\r\nb\r\nE\r\nc", "a c")]
    [InlineData("a $(b <<E\nx\nE\n); c", "a b c")]
    [InlineData("a <<E &&\nx\nE\nb", "a b")]
    [InlineData("for x in y; do a <<E\nb\nE\ndone; c", "a c")]
    [InlineData("case x in\ny) a <<E\nb\nE\n;; esac; c", "a c")]
    public void The_body_of_a_here_document_is_data(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a <<E\nb\nE\r\nc\nE", "the end of a here-document depends on how the shell takes line ends")]
    [InlineData("a <<E\r\nb\r\nE\nc\r\nE\r\n", "the end of a here-document depends on how the shell takes line ends")]
    [InlineData("a <<E\n$(b\nE", "a substitution without its end")]
    [InlineData("(a", "a group without its end")]
    [InlineData("(", "a group without its end")]
    [InlineData("case x in y) a", "a group without its end")]
    [InlineData("a; )", "a closing parenthesis without its opening one")]
    [InlineData("a b(c)", "a parenthesis where no command begins")]
    [InlineData("a b (c)", "a parenthesis where no command begins")]
    [InlineData("A=1 f() { b; }", "a parenthesis where no command begins")]
    [InlineData("a >", null)]
    [InlineData("a > ; b", "a word was expected")]
    [InlineData("f=(a", "a parenthesis without its end")]
    [InlineData("a ${b", "a parameter expansion without its end")]
    [InlineData("a \"b", "a quote without its end")]
    [InlineData("a $'b", "a quote without its end")]
    [InlineData("a $((1)", "a substitution without its end")]
    [InlineData("a `b", "a substitution without its end")]
    [InlineData("a ${b@P}", "a value is expanded as a prompt, which runs the substitutions in it")]
    [InlineData("a ${b@Q}", null)]
    [InlineData("a \"${b:-'}'}\"", "a quote inside a parameter expansion in quotes")]
    [InlineData("a \"${b:-'c'}\"", null)]
    [InlineData("a $(( 'b' ))", "a quote inside an arithmetic expression")]
    public void What_has_no_end_or_more_than_one_meaning_is_doubted(string text, string? reason) =>
        Assert.Equal(reason, Read(text).Select(segment => segment.UnknownReason).FirstOrDefault(found => found is not null));
}
