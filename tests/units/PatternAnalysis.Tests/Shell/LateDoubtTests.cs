using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>
/// What bash evaluates as arithmetic runs a substitution in a subscript that stands in a variable's value. So the text of a substitution
/// that some variable may get, and a place that evaluates a variable, are a doubt together and none alone.
/// </summary>
public class LateDoubtTests
{
    private const string Doubt = "arithmetic may run a substitution that stands in a text";
    private const string Value = "v='a[$(id)]'; ";

    private static bool IsDoubted(string text) =>
        ShellReader.Read(text, ShellDialect.Posix).Segments.Any(segment => segment.UnknownReason == Doubt);

    [Theory]
    [InlineData("(( v ))")]
    [InlineData("echo $(( v ))")]
    [InlineData("echo $[ v ]")]
    [InlineData("for (( i = v; i < 3; i++ )); do :; done")]
    [InlineData("let v")]
    [InlineData("[[ v -eq 1 ]]")]
    [InlineData("[[ v -ne 1 ]]")]
    [InlineData("[[ v -lt 1 ]]")]
    [InlineData("[[ v -le 1 ]]")]
    [InlineData("[[ v -gt 1 ]]")]
    [InlineData("[[ v -ge 1 ]]")]
    [InlineData("[[ -v $v ]]")]
    [InlineData("[[ -R $v ]]")]
    [InlineData("test -v $v")]
    [InlineData("[ -v $v ]")]
    [InlineData("[ -R $v ]")]
    [InlineData("printf -v $v x")]
    [InlineData("declare -i n=v")]
    [InlineData("declare -n n=v")]
    [InlineData("declare -gi n=v")]
    [InlineData("typeset -i n=v")]
    [InlineData("local -i n=v")]
    [InlineData("readonly -i n=v")]
    [InlineData("export -i n=v")]
    [InlineData("declare $v")]
    [InlineData("declare 'n[v]=1'")]
    [InlineData("unset $v")]
    [InlineData("read $v")]
    [InlineData("mapfile $v")]
    [InlineData("readarray $v")]
    [InlineData("getopts a $v")]
    [InlineData("n[v]=1")]
    [InlineData("n[v]=1 ls")]
    [InlineData("n=([v]=1)")]
    [InlineData("echo ${n[v]}")]
    [InlineData("echo ${n:v}")]
    [InlineData("echo ${n:1:v}")]
    [InlineData("echo ${!v}")]
    [InlineData("echo ${#n[v]}")]
    [InlineData("echo ${!n[v]}")]
    [InlineData("echo ${@:v}")]
    [InlineData("echo ${*:v}")]
    [InlineData("echo ${1:v}")]
    [InlineData("echo \"${n[v]}\"")]
    [InlineData("echo ${m:-${n[v]}}")]
    public void A_place_that_evaluates_a_variable_is_doubted_where_a_value_holds_a_substitution(string place)
    {
        Assert.True(IsDoubted(Value + place), place);
        Assert.True(IsDoubted(place + "; " + Value), place);
        Assert.False(IsDoubted("v=1; " + place), place);
    }

    [Theory]
    [InlineData("(( 1 + 2 ))")]
    [InlineData("echo $(( 1 ))")]
    [InlineData("echo $[1]")]
    [InlineData("[[ $v == 1 ]]")]
    [InlineData("[ $v = 1 ]")]
    [InlineData("test $v -eq 1")]
    [InlineData("printf %s $v")]
    [InlineData("declare n=v")]
    [InlineData("declare -x n")]
    [InlineData("export n=1")]
    [InlineData("unset v")]
    [InlineData("read v")]
    [InlineData("n[1]=1")]
    [InlineData("n=(v w)")]
    [InlineData("n=([1]=v)")]
    [InlineData("echo ${v}")]
    [InlineData("echo ${n[1]}")]
    [InlineData("echo ${n:1:2}")]
    [InlineData("echo ${n:-v}")]
    [InlineData("echo ${n:=v}")]
    [InlineData("echo ${n:?v}")]
    [InlineData("echo ${n:+v}")]
    [InlineData("echo ${#v}")]
    [InlineData("echo ${v#n[x]}")]
    [InlineData("echo ${!}")]
    [InlineData("echo $v")]
    public void A_place_that_evaluates_nothing_is_not_doubted(string place) => Assert.False(IsDoubted(Value + place), place);

    [Theory]
    [InlineData("v='a[$(id)]'", true)]
    [InlineData("v='a[`id`]'", true)]
    [InlineData("v+='a[$(id)]'", true)]
    [InlineData("v='a[${d}(id)]'", true)]
    [InlineData("v='a[\\x24(id)]'", true)]
    [InlineData("v='a[$'; v+='(id)]'", true)]
    [InlineData("v='$'; w='(id)'", true)]
    [InlineData("v='$$'; w='(id)'", false)]
    [InlineData("v='(id)'", false)]
    [InlineData("v='a[1](id)'", false)]
    [InlineData("v='a[$()]'", false)]
    [InlineData("v=$(id)", false)]
    [InlineData("for v in 'a[$(id)]'; do :; done", true)]
    [InlineData("export v='a[$(id)]'", true)]
    [InlineData("declare v='a[$(id)]'", true)]
    [InlineData("typeset v='a[$(id)]'", true)]
    [InlineData("local v='a[$(id)]'", true)]
    [InlineData("readonly v='a[$(id)]'", true)]
    [InlineData("set -- 'a[$(id)]'", true)]
    [InlineData("read v <<< 'a[$(id)]'", true)]
    [InlineData("mapfile v <<< 'a[$(id)]'", true)]
    [InlineData("readarray v <<< 'a[$(id)]'", true)]
    [InlineData("printf -v v 'a[$(id)]'", true)]
    [InlineData("printf -vv 'a[$(id)]'", true)]
    [InlineData("printf 'a[$(id)]'", false)]
    [InlineData("getopts 'a[$(id)]' v", true)]
    [InlineData("let 'a[$(id)]'", true)]
    [InlineData("test 'a[$(id)]'", true)]
    [InlineData("[ 'a[$(id)]' ]", true)]
    [InlineData("[[ 'a[$(id)]' ]]", true)]
    [InlineData("unset 'a[$(id)]'", true)]
    [InlineData("$f 'a[$(id)]'; ls", true)]
    [InlineData("grep 'a[$(id)]' f", false)]
    [InlineData("grep 'a[$(id)]' f | read v", true)]
    [InlineData("grep 'a[$(id)]' f | mapfile v", true)]
    [InlineData("grep 'a[$(id)]' f | readarray v", true)]
    [InlineData("grep 'a[$(id)]' f | tee g", true)]
    [InlineData("grep 'a[$(id)]' f | xargs ls", true)]
    [InlineData("f() { :; }; f 'a[$(id)]'", true)]
    [InlineData("v=$(echo 'a[$(id)]')", true)]
    [InlineData("echo 'a[$(id)]' > f; v=$(cat f)", true)]
    [InlineData("echo 'a[$(id)]' > /dev/null; v=$(cat f)", false)]
    [InlineData("echo 'a[$(id)]' > f", false)]
    [InlineData("cat <<'E' | read v\na[$(id)]\nE\n", true)]
    [InlineData("cat <<'E'\na[$(id)]\nE\n", false)]
    [InlineData("eval 'v=1'", false)]
    [InlineData("eval 'v='\\''a[$(id)]'\\'", true)]
    [InlineData("bash -c 'echo $(id)'", false)]
    [InlineData("bash -c 'echo $1' 'a[$(id)]'", true)]
    public void A_text_counts_where_a_variable_may_get_it(string text, bool isDoubted) =>
        Assert.Equal(isDoubted, IsDoubted(text + "; (( n ))"));

    [Fact]
    public void Where_no_command_is_left_the_doubt_stands_on_the_text()
    {
        var segment = Assert.Single(ShellReader.Read("for v in 'a[$(id)]'; do (( v )); done", ShellDialect.Posix).Segments);

        Assert.Equal(Doubt, segment.UnknownReason);
    }

    [Theory]
    [InlineData("f() { :; }; f", true)]
    [InlineData("function f { :; }; f", true)]
    [InlineData("function f () { :; }; f", true)]
    [InlineData("f() { :; }; g", false)]
    [InlineData("f() { :; }; ./f", false)]
    [InlineData("f() { :; }; sudo f", false)]
    [InlineData("f() { :; }; find . -exec f \\;", false)]
    [InlineData("f() { :; }; bash -c f", false)]
    [InlineData("f() { :; }; echo $(f)", true)]
    [InlineData("f() { :; }; (f)", true)]
    [InlineData("(f() { :; }); f", false)]
    [InlineData("{ f() { :; }; }; f", false)]
    [InlineData("if a; then f() { :; }; fi; f", false)]
    [InlineData("if a; then f() { :; }; f; fi", true)]
    [InlineData("if a; then f() { :; }; else f; fi", false)]
    [InlineData("while a; do f() { :; }; done; f", false)]
    [InlineData("for a in b; do f() { :; }; done; f", false)]
    [InlineData("case a in b) f() { :; };; *) f;; esac", false)]
    [InlineData("case a in b) f() { :; }; f;; esac", true)]
    [InlineData("case a in b) f() { :; };; esac; f", false)]
    [InlineData("a && f() { :; }; f", false)]
    [InlineData("a || f() { :; }; f", false)]
    [InlineData("a | f() { :; }; f", false)]
    [InlineData("f() { :; } | a; f", false)]
    [InlineData("f() { :; } & f", false)]
    [InlineData("f() { :; } && f", true)]
    [InlineData("f() { :; }\nf", true)]
    [InlineData("f() { :; }\na | b\nf", true)]
    [InlineData("a && b; f() { :; }; f", true)]
    [InlineData("a &&\nf() { :; }; f", false)]
    [InlineData("f; f() { :; }", false)]
    [InlineData("f() { :; }; unset -f f; f", false)]
    [InlineData("f() { :; }; f; unset f", false)]
    [InlineData("f() { :; }; f; unset g", true)]
    [InlineData("f() { :; }; f; unset $g", false)]
    [InlineData("$(f() { :; }); f", false)]
    [InlineData("f() { g() { :; }; }; g", false)]
    public void A_call_is_one_of_a_function_only_where_that_is_certainly_defined(string text, bool isFunction) =>
        Assert.Equal(
            isFunction,
            ShellReader.Read(text, ShellDialect.Posix).Segments.Last(segment => segment.Program is "f" or "g").IsLocalFunction
        );

    [Theory]
    [InlineData("function f { a }; f", true)]
    [InlineData("filter f { a }; f", true)]
    [InlineData("if ($x) { function f { a } }; f", false)]
    [InlineData("& { function f { a } }; f", false)]
    [InlineData("f; function f { a }", false)]
    public void A_function_of_PowerShell_counts_from_where_it_is_defined(string text, bool isFunction) =>
        Assert.Equal(
            isFunction,
            ShellReader.Read(text, ShellDialect.PowerShell).Segments.Last(segment => segment.Program is "f").IsLocalFunction
        );
}
