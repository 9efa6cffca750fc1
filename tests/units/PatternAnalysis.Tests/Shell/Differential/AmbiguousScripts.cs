using System.Text;

namespace PatternAnalysis.Tests.Shell.Differential;

/// <summary>
/// Makes scripts of the kinds at which a reader may take one thing for another: parentheses that are arithmetic or subshells, values that
/// are run later, ends of here-documents, line ends, functions that are not defined on every path. In a kind <c>@c</c> is a command of its
/// own, <c>@f</c> a function, <c>@d</c> what must not run, <c>@E</c> the word that ends a here-document; ~ is a carriage return.
/// </summary>
internal sealed class AmbiguousScripts(int seed)
{
    private readonly Random _random = new(seed);
    private int _commands;
    private int _data;
    private int _names;

    /// <summary>What a reader has to doubt, or to read as the shell does.</summary>
    public static IReadOnlyList<string> Doubtful { get; } =
    [
        // Arithmetic or subshells.
        "((@c); (@c))",
        "((@c) || (@c))",
        "((@c)\n(@c))",
        "((@c) )",
        "( (@c); (@c) )",
        "@c $((@c); (@c))",
        "@c $((@c) )",
        "@c $( (@c); (@c))",
        "@c \"$((@c) | (@c))\"",
        "@c \"a $(( (@c); @c) ) b\"",
        "@c $((1 + 1) )\n@c",
        "(( $(@c) + 1 ))",
        "@c $(( `@c` + 1 )) \"$(( $(@c) ))\"",
        "for ((i = $(@c); i < 1; i++)); do @c; done",
        "[[ -n $(@c) && ( a < b ) ]] && @c",
        // Subscripts and arithmetic that run the substitutions of a value.
        "@c ${a[$(@c)]} \"${a[`@c`]}\"",
        "@c ${x:$(@c):1} ${x:a[$(@c)]}",
        "a[$(@c)]=1; a[0]=$(@c)",
        "(( a[$(@c)] ))",
        "(( 'a[$(@c)]' ))",
        "[[ -v 'a[$(@c)]' ]]",
        "[[ -v a[\\$(@c)] ]]",
        "[[ 'a[$(@c)]' -eq 0 ]]",
        "test -v 'a[$(@c)]'; [ -v 'a[$(@c)]' ]",
        "let 'a[$(@c)]=1'",
        "let \"a[\\$(@c)] = 1\"",
        "printf -v 'a[$(@c)]' x",
        "read 'a[$(@c)]' <<< x",
        "unset 'a[$(@c)]'",
        "declare 'a[$(@c)]=1'",
        "declare -i n='a[$(@c)]'",
        "declare -n r='a[$(@c)]'; r=1",
        "x='a[$(@c)]'; (( x ))",
        "x='a[$(@c)]'; @c $((x + 1))",
        "x='a[$(@c)]'; @c ${y:x}",
        "x='a[$(@c)]'; @c ${b[x]}",
        "x='a[$(@c)]'; b[x]=1",
        "x='a[$(@c)]'; @c ${!x}",
        "x='a[`@c`]'; [[ x -eq 1 ]]",
        "x='a[$(@c)]'; y=x; (( y ))",
        "read x <<< 'a[$(@c)]'; (( x ))",
        "printf -v x '%s' 'a[$(@c)]'; (( x ))",
        "for x in 'a[$(@c)]'; do @c $((x)); done",
        "set -- 'a[$(@c)]'; @c $(($1))",
        "x=('a[$(@c)]'); (( x[0] ))",
        "x='$(@c)'; (( a[$x] )); @c $(( a[$x] ))",
        "read x <<< '$(@c)'; @c $(( a[$x] ))",
        "read x y <<< 'a[$(@c)] `@c`'; let \"x + y\"",
        "while read x; do (( x )); done <<'@E'\na[$(@c)]\n@E",
        "echo 'a[`@c`]' | while read x; do let x; done",
        "while read x; do [[ x -gt 1 ]]; done < <(echo 'a[$(@c)]')",
        "@f() { (( $1 )); }; @f 'a[$(@c)]'",
        "@f() { local -i x=$1; }; @f 'a[$(@c)]'",
        "read x <<< 'a[$(@c)]'; @c ${b[x]} ${y:x}",
        "read x <<< 'a[$(@c)]'; b[x]=1",
        "read x <<< 'a[$(@c)]'; test -v $x; unset $x; printf -v $x a",
        "mapfile x <<< 'a[$(@c)]'; (( x[0] ))",
        "set -- $'a[\\x24(@c)]'; (( $1 ))",
        "read x <<< a[\\$\\(@c\\)]; (( x ))",
        "read x <<< \"a[\\`@c\\`]\"; (( x ))",
        "y='a[$(@c)]'; @c ${x:0+y} ${b[0+y]} ${x:1?y:0} ${#b[1*y]}",
        "set -- 'a[$(@c)]'; x=abc; @c ${x:0+$1} \"${x:0:0+$1}\"",
        "x='a[$(@c)]'; @c $[x] \"$[0 + x]\"",
        "y='a[$(@c)]'; b=([y]=1)",
        "y='a[$(@c)]'; b=([0]=1 [0+y]=1)",
        "y='a[$(@c)]'; declare -a 'b=([y]=1)'",
        "y='a[$(@c)]'; declare b[y]=1",
        "d='$'; x=\"a[${d}(@c)]\"; @c $((x))",
        "x='a[$'; x+='(@c)]'; (( x ))",
        "printf -v x 'a[\\x24(@c)]'; (( x ))",
        "bash -c 'echo $(($1))' _ 'a[$(@c)]'",
        "y='a[$(@c)]' bash -c 'echo $((y))'",
        "env y='a[$(@c)]' bash -c '(( y ))'",
        "bash -c 'read x; (( x ))' <<< 'a[$(@c)]'",
        "find . -maxdepth 0 -exec bash -c 'echo $(($1))' _ 'a[$(@c)]' \\;",
        "echo 'a[$(@c)]' | xargs -d '\\n' bash -c 'echo $(($0))'",
        "x=$(echo 'a[$(@c)]'); (( x ))",
        "echo 'a[$(@c)]' > t@E; x=$(cat t@E); (( x ))",
        "x=$(cat <<'@E'\na[$(@c)]\n@E\n); (( x ))",
        "if true; then @f() { (( $1 )); }; fi; @f 'a[$(@c)]'",
        // Values that are expanded again.
        "x='$(@c)'; @c ${x@P}",
        "x='`@c`'; @c \"a ${x@P} b\"",
        "x=('$(@c)'); @c ${x[@]@P} ${x[0]@P}",
        "x='$(@c)'; y=x; @c ${!y@P}",
        "set -- '$(@c)'; @c ${1@P} \"${@@P}\" ${*@P}",
        "PS4='$(@c)'; set -x; @c",
        "x='$(@c)'; eval \"$x\"",
        "eval '@c; @c' \"@c\"",
        "builtin eval @c; command eval '@c'",
        "trap '@c' EXIT",
        "x=@c; $x; \"$x\" a",
        "shopt -s expand_aliases\nalias z@c='@c'\nz1",
        "mapfile -C '@c' -c 1 x <<< a",
        "compgen -C '@c' a",
        "source /dev/stdin <<< '@c'",
        ". <(printf '%s\\n' @c)",
        ". /dev/stdin <<'@E'\n@c\n@E",
        "{@c,a} b",
        "coproc @c; wait",
        // Ends of here-documents.
        "@c <<@E\na\\\n@E\n$(@c)\n@E\n@c",
        "@c <<@E1\na\n@E\\\n1\n@c",
        "@c <<'@E'\na\\\n@E\n@c",
        "@c <<\"@E\"\n$(@d)\\\n@E\n@c",
        "@c <<\\@E\n`@d`\n@E\n@c",
        "@c <<-@E\n\ta\\\n\t@E\n$(@c)\n@E\n@c",
        "@c <<-'@E'\n\t$(@d)\n\t@E\n@c",
        "@c <<-@E\n\t$(@c)\n @E\n\t\t@E\n@c",
        "@c <<@E; @c\n\\$(@d) \\\\$(@c)\n@E\n@c",
        "@c <<A@E <<B@E\n$(@c)\nA@E\n`@c`\nB@E\n@c",
        "@c <<$x@E\n$(@c)\n$x@E\n@c",
        "@c $(@c <<@E\n$(@c)\n@E\n)\n@c",
        "@c $(@c <<@E\na\n@E)\n@c",
        "@c <<@E\n${x:-\n@E\n}\n@c\n@E\n@c",
        "@c <<@E~\na~\n@E~\n@c~\n",
        "@c <<@E\na\n@E~\n@c\n@E\n@c",
        // Line ends, comments, quotes.
        "@c a \\~\n@c b",
        "@c \\~\n&& @c",
        "x=1 \\~\n@c",
        "@c a~\n@c b~\n",
        "# @d \\\n@c",
        "@c a#b # @d; @d\n@c",
        "@c 'a~\n@d'; @c",
        "\"@c\" a; '@c'; \\@c; ''@c; $'@c'; $\"@c\"",
        "@c \"${x#'$(@c)'}\" \"${x:-'$(@c)'}\" ${x:-'$(@d)'}",
        "@c \"${x:-\"$(@c)\"}\" ${x/a/$(@c)} ${x:=`@c`}",
        "@c \"`@c \\`@c\\``\" `@c \"$(@c)\"`",
        "a=($(@c) x [$(@c)]=1); a+=(`@c`); declare -A m=([x]=$(@c))",
        "@c > >(@c) 2> >(@c) < <(@c)",
        "case $(@c) in $(@c)) ;; (*) @c;& b) @c;; esac",
        "case x in esac; @c",
        // Functions that are not defined on every path.
        "if @c; then @f() { @c; }; fi; @f",
        "if @c; then :; else @f() { @c; }; fi\n@f",
        "if @f() { @c; }; then @f; fi",
        "@c && @f() { @c; }\n@f",
        "@c || @f() { @c; }; @f",
        "@c && { @f() { @c; }; }; @f",
        "case a in b) @f() { @c; };; esac; @f",
        "for i in $(@c); do @f() { @c; }; done; @f",
        "while @c && [[ a == b ]]; do @f() { @c; }; done; @f",
        "(@f() { @c; }; @f); @f",
        "@c | @f() { @c; }\n@f",
        "@f() { @c; } | @c\n@f",
        "@f() { @c; } & wait\n@f",
        "x=$(@f() { @c; }; @f)\n@f",
        "@c <(@f() { @c; }); @f",
        "@f() { @c; }; unset -f @f; @f",
        "@f() { @c; }; unset @f; @f",
        "@f() { @c; }; builtin unset -f @f; @f",
        "@f() { @c; }; command unset -f @f; @f",
        "@f() { @c; }; eval 'unset -f @f'; @f",
        "@f() { @c; }; x=@f; unset -f $x; @f",
        "@f() { @c; unset -f @f; }; @f; @f",
        "g() { unset -f @f; }; @f() { @c; }; g; @f",
        "@f() { @c; }; for i in 1 2; do @f; unset -f @f; done",
        "@f() { @c; }; g() { @f; }; unset -f @f; g",
        "@f; @f() { @c; }",
        "g() { @f() { @c; }; }; @f; g; @f",
        "@f() { @c; }; command @f; exec @f",
        "@f() { @c; }; trap 'unset -f @f' DEBUG; :; @f",
        "eval '@f() { @c; }'; @f",
        "@f() ( @c ); @f; ( unset -f @f; @f )",
        "@f() if @c; then @c; fi\n@f",
        "@f() { @c; } > @d\n@f",
        "! @f() { @c; }\n@f",
        "@f () for i in a; do @c; done\n@f; @f | @c",
        "function @f { @c; }; function @f() { @c; }; @f",
        "@f() { return; }; return 2>@d; @f",
    ];

    /// <summary>What looks like them and can be read.</summary>
    public static IReadOnlyList<string> Plain { get; } =
    [
        "((i = (1 + 2) * 3)); @c",
        "((i++)) || @c",
        "@c $(( (1 + 2) * 3 )) \"$((1 << 2))\"",
        "@c $(((1 + 2) * (3 + 4)))",
        "for ((i = 0; i < 2; i++)); do @c; done",
        "x=1; @c ${x@Q} ${x@U} \"${x@L}\" ${x@E} ${x@A}",
        "a[1+2]=3; @c ${a[1 + 2]} ${#a[@]} ${x:1:2}",
        "x=1; @c '`@d` $(@d)' && [[ -n $x ]] && @c $((1 + 2))",
        "for x in 1 2; do @c $((x + 1)) ${a[x]}; done",
        "@f() { @c $(($1 + 1)); }; @f 3",
        "let i=1+2; @c",
        "x=abc; y=1; @c ${x:y} ${x:-a:b} ${x#[a-z]}",
        "a=([0]=1 [1]='(x)'); y=1; @c $((y)) ${a[y]}",
        "[[ -v a && a -eq 0 ]]; @c",
        "@c a \\\n b",
        "@c <<'@E'\n$(@d) `@d` \\\n@E\n@c",
        "@c <<@E\na \\$(@d)\n@E\n@c",
        "@c <<-@E\n\ta\n\t@E\n@c",
        "@f() { @c; }; @f",
        "function @f { @c; }\n@f; @f | @c",
        "(@f() { @c; }; @f)",
        "{ @f() { @c; }; @f; }",
        "@f() { @c; }\nif @f; then @f; else @f; fi",
        "( (@c); (@c) )",
        "x=$( (@c); @c )",
    ];

    private static readonly string[] s_around =
    [
        "@s",
        "( @s\n)",
        "{ @s\n}",
        "if @c; then @s\nelse @s\nfi",
        "for i in a; do @s\ndone",
        "g@E() { @s\n}\ng@E",
        "x=$( @s\n)",
        "x=\"a $( @s\n) b\"",
        "case a in a) @s\n;; esac",
        "@c <( @s\n)",
        "@c || @c && { @s\n}",
    ];

    /// <summary>One script of a kind, alone or inside something.</summary>
    public string Make(string kind, bool isAlone) =>
        Fill(isAlone ? kind : s_around[_random.Next(s_around.Length)].Replace("@s", kind, StringComparison.Ordinal)) + "\n";

    // Every @c is a name of its own, odd ones succeed; a function and the end of a document keep theirs.
    private string Fill(string kind)
    {
        var number = ++_names;
        var text = new StringBuilder(kind).Replace("@f", $"f{number}").Replace("@E", $"E{number}").Replace('~', '\r').ToString();
        var parts = text.Split("@c");
        var filled = new StringBuilder(parts[0]);
        foreach (var part in parts.Skip(1))
            filled.Append('c').Append(_commands += _random.Next(1, 3)).Append(part);
        parts = filled.ToString().Split("@d");
        filled.Clear().Append(parts[0]);
        foreach (var part in parts.Skip(1))
            filled.Append('d').Append(++_data).Append(part);
        return filled.ToString();
    }
}
