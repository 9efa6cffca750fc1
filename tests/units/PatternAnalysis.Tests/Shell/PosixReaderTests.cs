using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

public class PosixReaderTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.Posix).Segments;

    private static ShellSegment Single(string text) => Assert.Single(Read(text));

    private static string Programs(string text) => string.Join(' ', Read(text).Select(segment => segment.Program ?? "-"));

    private static string[] Arguments(string text) => [.. Single(text).Arguments.Select(word => word.Value)];

    [Theory]
    [InlineData("a; b", "a b")]
    [InlineData("a && b || c", "a b c")]
    [InlineData("a | b |& c", "a b c")]
    [InlineData("a & b", "a b")]
    [InlineData("a\nb\r\nc", "a b c")]
    [InlineData("a |\n b", "a b")]
    [InlineData("a \\\n b", "a")]
    [InlineData("(a; b) && { c; d; }", "a b c d")]
    [InlineData("if a; then b; elif c; then d; else e; fi", "a b c d e")]
    [InlineData("while a; do b; done; until c; do d; done", "a b c d")]
    [InlineData("for x in 1 2; do a; done", "a")]
    [InlineData("for ((i=0; i<3; i++)); do a; done", "a")]
    [InlineData("case x in a|b) c;; (d) e;& *) f; esac; g", "c e f g")]
    [InlineData("function f { a; }; g() { b; }; f", "a b f")]
    [InlineData("! a && time b", "a b")]
    [InlineData("((x > 1)) && a", "a")]
    [InlineData("[[ a < b || c =~ (d|e) ]] && f", "[[ f")]
    [InlineData("a # b; c\nd", "a d")]
    [InlineData("a#b", "a#b")]
    [InlineData("", "")]
    [InlineData("; ;\n&& ;", "")]
    public void Commands_are_found_between_operators_and_keywords(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a $(b; c)", "a b c")]
    [InlineData("a \"x $(b) y\"", "a b")]
    [InlineData("a `b \\`c\\``", "a b c")]
    [InlineData("a <(b) >(c)", "a b c")]
    [InlineData("a ${x:-$(b)} $((1 + $(c)))", "a b c")]
    [InlineData("x=$(a) y=\"$(b)\" c", "c a b")]
    [InlineData("x=$(a)", "- a")]
    [InlineData("a '$(b)'", "a")]
    [InlineData("a \\$(b", "a b")]
    [InlineData("a <<EOF\n$(b) `c`\nEOF\nd", "a b c d")]
    [InlineData("a <<'EOF'\n$(b)\nEOF\nd", "a d")]
    [InlineData("a <<\\EOF\n$(b)\nEOF\nd", "a d")]
    [InlineData("a \"$(b <<'X'\nit's )\nX\n)\" c; d", "a b d")]
    [InlineData("a <<X <<-Y\nx\nX\n\ty\n\tY\nb", "a b")]
    [InlineData("a <<X\nnever closed\nb", "a")]
    [InlineData("for x in $(a); do b; done", "a b")]
    [InlineData("case $(a) in x) b;; esac", "a b")]
    public void Commands_inside_words_are_found_and_data_is_not(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("env A=1 -u B git status", "git", "env")]
    [InlineData("sudo -u root -E git status", "git", "sudo")]
    [InlineData("time nohup nice -n 5 timeout -k 1 60 git x", "git", "time nohup nice timeout")]
    [InlineData("xargs -0 -n 1 -I{} git x", "git", "xargs")]
    [InlineData("uv run --with a,b pytest", "pytest", "uv run")]
    [InlineData("uv tool run ruff", "ruff", "uv tool run")]
    [InlineData("poetry run python -m pytest", "pytest", "poetry run python -m")]
    [InlineData("npx -y --package x tsc", "tsc", "npx")]
    [InlineData("bunx tsc", "tsc", "bunx")]
    [InlineData("exec command builtin cd x", "cd", "exec command builtin")]
    [InlineData("watch -n 2 kubectl get pods", "kubectl", "watch")]
    [InlineData("command -v git", "command", "")]
    [InlineData("/usr/bin/env python3 -m json.tool", "json.tool", "env python -m")]
    [InlineData("env - git status", "git", "env")]
    [InlineData("env - A=1 git status", "git", "env")]
    [InlineData("cross-env A=1 B=2 git status", "git", "cross-env")]
    [InlineData("cross-env A=1", "cross-env", "")]
    [InlineData("direnv exec . git status", "git", "direnv exec")]
    [InlineData("poetry -C folder run pytest", "pytest", "poetry run")]
    [InlineData("rustup run nightly git status", "git", "rustup run")]
    [InlineData("nice -n 5 -- git status", "git", "nice")]
    [InlineData("uv sync", "uv", "")]
    [InlineData("env", "env", "")]
    public void Wrappers_come_off(string text, string program, string wrappers)
    {
        var segment = Single(text);

        Assert.Equal(program, segment.Program);
        Assert.Equal(wrappers, string.Join(' ', segment.Wrappers));
    }

    [Theory]
    [InlineData("bash -c 'a && b'", "bash a b")]
    [InlineData("sh -ec \"a $X\"", "sh a")]
    [InlineData("bash -o pipefail -lc 'a | b'", "bash a b")]
    [InlineData("bash -c \"bash -c 'a'\"", "bash bash a")]
    [InlineData("pwsh -NoProfile -c 'Get-Item x; Remove-Item y'", "pwsh Get-Item Remove-Item")]
    [InlineData("env -S 'A=1 a b'", "env a")]
    [InlineData("eval \"a; b\"", "eval a b")]
    [InlineData("find . -exec a {} \\; -exec b {} +", "find a b")]
    [InlineData("su -c 'a' root", "su a")]
    public void Code_in_an_argument_is_read(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a 'b c' d\\ e \"f g\"", "b c|d e|f g")]
    [InlineData("a \"\\$b \\n \\\"\"", "$b \\n \"")]
    [InlineData("a $'x\\ty\\x41\\101\\u0042\\'z'", "x\tyAAB'z")]
    [InlineData("a 'b'\"c\"d", "bcd")]
    [InlineData("a '' \"\"", "|")]
    [InlineData("a $x ${y:-z} $(b)", "$x|${y}|$()")]
    [InlineData("a {b,c} *.d [e]", "{b,c}|*.d|[e]")]
    public void Words_are_what_the_program_would_get(string text, string arguments) =>
        Assert.Equal(arguments, string.Join('|', Read(text)[0].Arguments.Select(word => word.Value)));

    [Fact]
    public void A_word_knows_whether_it_was_quoted_and_whether_it_expands()
    {
        var words = Single("a b 'c' \"$d\" e$f").Arguments;

        Assert.Equal([new("b"), new("c", IsQuoted: true), new("$d", true, true), new("e$f", false, true)], words);
    }

    [Fact]
    public void Redirections_and_assignments_stand_apart_from_arguments()
    {
        var segment = Single("A=1 B='x y' cmd < in > out 2>&1 >> log &> all <<< word arg");

        Assert.Equal(["arg"], segment.Arguments.Select(word => word.Value));
        Assert.Equal(["A=1", "B=x y"], segment.Assignments.Select(word => word.Value));
        Assert.Equal(
            ["< in", "> out", ">& 1", ">> log", "&> all", "<<< word"],
            segment.Redirections.Select(item => $"{item.Operator} {item.Target}")
        );
    }

    [Fact]
    public void Arrays_are_assignments() => Assert.Equal("- a", Programs("x=(1 2 '3 )'); a"));

    [Fact]
    public void A_segment_knows_its_place()
    {
        var segments = Read("a | b && (c; d $(e)) & f");

        Assert.Equal(
            [
                ShellOperator.Pipe,
                ShellOperator.And,
                ShellOperator.Sequence,
                ShellOperator.Background,
                ShellOperator.None,
                ShellOperator.None,
            ],
            segments.Select(segment => segment.Operator)
        );
        Assert.Equal([0, 0, 0, 0, 1, 0], segments.Select(segment => segment.Depth));
        Assert.Equal(
            [
                SegmentOrigin.Direct,
                SegmentOrigin.Direct,
                SegmentOrigin.Subshell,
                SegmentOrigin.Subshell,
                SegmentOrigin.Substitution,
                SegmentOrigin.Direct,
            ],
            segments.Select(segment => segment.Origin)
        );
        Assert.Same(segments[0], segments[1].Upstream);
        Assert.Null(segments[2].Upstream);
        Assert.Equal("d $(e)", segments[3].Text);
    }

    [Theory]
    [InlineData("/usr/local/bin/git.exe status", "git", "/usr/local/bin/")]
    [InlineData("./run.sh", "run.sh", "./")]
    [InlineData("~/bin/tool", "tool", "~/bin/")]
    [InlineData("\"$HOME/my bin/tool\" x", "tool", "$HOME/my bin/")]
    public void A_program_is_named_without_its_folder(string text, string program, string folder) =>
        Assert.Equal((program, folder), (Single(text).Program, Single(text).ProgramFolder));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    [InlineData("a $(b")]
    [InlineData("a `b")]
    [InlineData("a ${b")]
    [InlineData("a $((1")]
    [InlineData("(a")]
    [InlineData("a )")]
    [InlineData("a b(c")]
    [InlineData("$a b")]
    [InlineData("`a` b")]
    [InlineData("python -c 'x'")]
    [InlineData("python3")]
    [InlineData("x | bash")]
    [InlineData("bash <<EOF\nx\nEOF")]
    [InlineData("node - < x.js")]
    public void What_cannot_be_read_is_marked(string text) => Assert.True(ShellReader.Read(text, ShellDialect.Posix).HasUnknown);

    [Theory]
    [InlineData("python x.py < data")]
    [InlineData("cat <<EOF\n'\"\nEOF")]
    [InlineData("node --version")]
    [InlineData("bash x.sh <<EOF\ndata\nEOF")]
    [InlineData("python -m pytest")]
    public void What_can_be_read_is_not_marked(string text) => Assert.False(ShellReader.Read(text, ShellDialect.Posix).HasUnknown);

    [Fact]
    public void An_option_value_is_no_argument_of_its_own_but_stays_in_order() =>
        Assert.Equal(["commit", "-m", "a; b && c | d", "--amend"], Arguments("git commit -m 'a; b && c | d' --amend"));
}
