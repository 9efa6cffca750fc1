using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>What runs in scripts with every construct of PowerShell, how it is joined, and what cannot be read.</summary>
public class PowerShellScriptTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.PowerShell).Segments;

    // Expressions are segments without a program.
    private static string Programs(string text) => string.Join(' ', Read(text).Select(segment => segment.Program ?? "-"));

    [Theory]
    [InlineData("if", "if (a) { b }")]
    [InlineData("elseif", "if ($x) { a } elseif ($y) { b }")]
    [InlineData("else", "a\nif ($x) { b } else { }")]
    [InlineData("while", "while (a) { b }")]
    [InlineData("do until", "do { a; b } until ($x)")]
    [InlineData("do while", "do { a; b } while ($x)")]
    [InlineData("for", "for ($i = 0; $i -lt 3; $i++) { a; b }")]
    [InlineData("foreach", "foreach ($x in a) { b }")]
    [InlineData("switch", "switch (a) { 1 { b } }")]
    [InlineData("param", "param ($x = (a)); b")]
    [InlineData("try", "try { a } catch { b } finally { }")]
    [InlineData("finally", "try { } finally { a; b }")]
    [InlineData("catch", "try { a } catch [IO.IOException] { b }")]
    [InlineData("return", "a; return b")]
    [InlineData("throw", "a; throw (b)")]
    [InlineData("exit", "a; exit (b)")]
    [InlineData("break", "a; break; b")]
    [InlineData("continue", "a; continue; b")]
    [InlineData("begin", "begin { a } process { b }")]
    [InlineData("process", "process { a; b }")]
    [InlineData("end", "end { a; b }")]
    [InlineData("trap", "trap { a; continue } b")]
    [InlineData("data", "data { a }; b")]
    [InlineData("in", "foreach ($x\nin a) { b }")]
    [InlineData("parallel", "parallel { a; b }")]
    [InlineData("function", "function f { a }; b")]
    [InlineData("filter", "filter f { a }; b")]
    [InlineData("case", "IF (a) { b } ELSE { }")]
    public void A_keyword_is_no_command(string keyword, string text) =>
        Assert.Equal(
            $"{keyword}: a b",
            $"{keyword}: {string.Join(' ', Read(text).Where(s => s.Program is not null).Select(s => s.Program))}"
        );

    [Theory]
    [InlineData("ifx a", "ifx")]
    [InlineData("if-x a", "if-x")]
    [InlineData("& if a", "if")]
    [InlineData("a if", "a")]
    [InlineData("a; & 'b c' d", "a b c")]
    [InlineData("& \"b\"", "b")]
    [InlineData(". b", "b")]
    [InlineData(".\tb", "b")]
    [InlineData(".\\b.ps1 c", "b.ps1")]
    [InlineData("a & b", "a b")]
    [InlineData("a &\nb", "a b")]
    [InlineData("(a) & b", "a b")]
    [InlineData("if (a) { } & b", "a b")]
    [InlineData("$x = & a", "a")]
    [InlineData("$x = a", "a")]
    [InlineData("$x += a", "a")]
    [InlineData("$x -= a", "a")]
    [InlineData("$x *= a", "a")]
    [InlineData("$x /= a", "a")]
    [InlineData("$x %= a", "a")]
    [InlineData("$x.y[0] = a", "a")]
    [InlineData("[int] $x = a", "a")]
    [InlineData("$x = $y = a", "a")]
    [InlineData("$env:A = a", "- a")]
    [InlineData("@{ a = b; c = (d) }", "- b d")]
    [InlineData("a @{ b = c }", "a c")]
    [InlineData("a @(b; c)", "a b c")]
    [InlineData("a $(b) \"$(c)\" '$(d)'", "a b c")]
    [InlineData("a { b; c }", "a b c")]
    [InlineData("a -x:(b)", "a b")]
    [InlineData("a (b | c)", "a b c")]
    [InlineData("1..3 | a", "- a")]
    [InlineData("'x' | a", "- a")]
    [InlineData("-not (a)", "- a")]
    [InlineData("!(a)", "- a")]
    [InlineData("+(a)", "- a")]
    [InlineData(",(a)", "- a")]
    [InlineData("[string](a)", "- a")]
    [InlineData("(a).b", "a -")]
    [InlineData("(a)[0]", "a -")]
    [InlineData("(a) -join (b) -replace 'c', 'd'", "a - b")]
    [InlineData("a # b\nc", "a c")]
    [InlineData("a <# b\n c #> d; e", "a e")]
    [InlineData("a <# b", "a")]
    [InlineData("a `\n b; c", "a c")]
    [InlineData("a `\r\n b; c", "a c")]
    [InlineData("a\u00a0b", "a")]
    [InlineData("a\r\nb", "a b")]
    [InlineData("a;;b", "a b")]
    [InlineData("7z a", "7z")]
    [InlineData("7 + 1", "-")]
    [InlineData("-a", "-")]
    [InlineData("(a) * 2 + (b)", "a - b")]
    [InlineData("a\u0085b", "a")]
    [InlineData("(a) % 2", "a -")]
    [InlineData("if (a) { } % b", "a %")]
    [InlineData("", "")]
    [InlineData("@'\na\n'@; b", "- b")]
    [InlineData("@\"\n$(a)\n\"@; b", "- a b")]
    [InlineData("a @'\nb; c\n'@ d; e", "a e")]
    [InlineData("param($x) a", "- a")]
    [InlineData("[CmdletBinding()]\nparam($x)\na", "- - a")]
    [InlineData("[CmdletBinding()] Param ($x = $(a)) & b", "- a b")]
    [InlineData("[X()] param\n($x) a", "- a")]
    [InlineData("[X()] parameter", "-")]
    public void Every_construct_gives_the_commands_in_it(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("a | b", "a Pipe, b None")]
    [InlineData("a |\n b", "a Pipe, b None")]
    [InlineData("a\n| b", "a Sequence, b None")]
    [InlineData("a && b || c", "a And, b Or, c None")]
    [InlineData("a; b", "a Sequence, b None")]
    [InlineData("a\nb", "a Sequence, b None")]
    [InlineData("a & b", "a Background, b None")]
    [InlineData("& a; & b", "a Sequence, b None")]
    public void Commands_are_joined_by_their_operators(string text, string joined) =>
        Assert.Equal(joined, string.Join(", ", Read(text).Select(segment => $"{segment.Program} {segment.Operator}")));

    [Theory]
    [InlineData("a | b", "b<a")]
    [InlineData("a |\n b | c", "b<a c<b")]
    [InlineData("a | & b", "b<a")]
    [InlineData("a | % { b }", "%<a")]
    [InlineData("(a) | b", "b<a")]
    [InlineData("a && b", "")]
    [InlineData("a; b", "")]
    [InlineData("a |; b", "")]
    [InlineData("a & b", "")]
    [InlineData("a\nb", "")]
    public void A_command_knows_which_one_feeds_it(string text, string links) =>
        Assert.Equal(
            links,
            string.Join(' ', Read(text).Where(segment => segment.Upstream is not null).Select(s => $"{s.Program}<{s.Upstream!.Program}"))
        );

    [Theory]
    [InlineData("a b", "b", false, false)]
    [InlineData("a 'b''c'", "b'c", true, false)]
    [InlineData("a \"b\"\"c\"", "b\"c", true, false)]
    [InlineData("a \"b`\"c`$d\"", "b\"c$d", true, false)]
    [InlineData("a b`;c", "b;c", true, false)]
    [InlineData("a $b", "$b", false, true)]
    [InlineData("a $env:b", "$env:b", false, true)]
    [InlineData("a $b.c", "$b.c", false, true)]
    [InlineData("a $?", "$?", false, true)]
    [InlineData("a $$", "$$", false, true)]
    [InlineData("a $^", "$^", false, true)]
    [InlineData("a ${b c}d", "${b c}d", false, true)]
    [InlineData("a \"$b c\"", "$b c", true, true)]
    [InlineData("a $(b)", "$()", false, true)]
    [InlineData("a (b)", "$()", false, true)]
    [InlineData("a { b }", "{}", false, true)]
    [InlineData("a @{}", "{}", false, true)]
    [InlineData("a @()", "$()", false, true)]
    [InlineData("a @b", "@b", false, true)]
    [InlineData("a b@c", "b@c", false, false)]
    [InlineData("a -b:$true", "-b:$true", false, true)]
    [InlineData("a @'\nb\nc\n'@", "\nb\nc", true, false)]
    [InlineData("a @\"\n$b`n\n\"@", "\n$b`n", true, true)]
    public void A_word_is_read_as_the_command_gets_it(string text, string value, bool isQuoted, bool hasExpansion) =>
        Assert.Equal(new ShellWord(value, isQuoted, hasExpansion), Assert.Single(Read(text)[0].Arguments));

    [Theory]
    [InlineData("a > b c", "c", "> b")]
    [InlineData("a >b", "", "> b")]
    [InlineData("a 2> b", "", "> b")]
    [InlineData("a 2>&1", "", ">& 1")]
    [InlineData("a *> b", "", "> b")]
    [InlineData("a >> b", "", ">> b")]
    [InlineData("a *>> $null", "", ">> $null")]
    [InlineData("a 22 > b", "22", "> b")]
    [InlineData("a * > b", "*", "> b")]
    [InlineData("'x' > b", "", "> b")]
    [InlineData("$x >> 'b c'", "", ">> b c")]
    public void A_redirection_is_no_argument(string text, string words, string redirections)
    {
        var segment = Read(text)[0];

        Assert.Equal(words, string.Join(' ', segment.Arguments.Select(word => word.Value)));
        Assert.Equal(redirections, string.Join(',', segment.Redirections.Select(item => $"{item.Operator} {item.Target}")));
    }

    [Theory]
    [InlineData("$env:PATH = 1", "PATH")]
    [InlineData("${env:Path} = 1", "PATH")]
    [InlineData("$ENV:a_1 += 1", "A_1")]
    [InlineData("$function:f-g = { a }", "BASH_FUNC_f-g")]
    [InlineData("$alias:ls = 'a'", "BASH_FUNC_ls")]
    [InlineData("$x = 1", null)]
    [InlineData("$global:x = 1", null)]
    [InlineData("$x:env = 1", null)]
    public void What_is_set_outside_the_script_is_an_assignment(string text, string? name) =>
        Assert.Equal(name is null ? [] : [name + "=$()"], Read(text)[0].Assignments.Select(word => word.Value).Take(1));

    [Theory]
    [InlineData("class A { }", "a class statement")]
    [InlineData("enum A { b }", "a enum statement")]
    [InlineData("configuration A { }", "a configuration statement")]
    [InlineData("workflow A { }", "a workflow statement")]
    [InlineData("using module A", "a using statement")]
    [InlineData("a 'b", "a quote without its end")]
    [InlineData("a \"b", "a quote without its end")]
    [InlineData("a @'\nb", "a here-string without its end")]
    [InlineData("a ${b", "a variable without its end")]
    [InlineData("a (b", "a bracket without its end")]
    [InlineData("a { b", "a bracket without its end")]
    [InlineData("a )", "a closing bracket without its opening one")]
    [InlineData("}", "a closing bracket without its opening one")]
    [InlineData("& (a)", "it calls what an expression gives")]
    [InlineData(". (a)", "it calls what an expression gives")]
    [InlineData("& $a", "the command's name is known at run time only")]
    [InlineData("$a == 1", "an operator that PowerShell does not have")]
    [InlineData("$a.Kill()", "calls the method Kill")]
    [InlineData("(a).Delete()", "calls the method Delete")]
    [InlineData("a $b.Delete()", "calls the method Delete")]
    [InlineData("[IO.File]::Delete('b')", "calls the method Delete")]
    [InlineData("[IO.File]::Replace('a', 'b', 'c')", "calls the method Replace")]
    [InlineData("[IO.StreamWriter]::new('a')", "calls the method new")]
    [InlineData("[IO.File]::NEW('a')", "calls the method NEW")]
    [InlineData("[Registry]::Add('a')", "calls the method Add")]
    [InlineData("[IO.File]::ReadAllText('a')", null)]
    [InlineData("[string]::Join(',', $a)", null)]
    [InlineData("[Text.StringBuilder]::new()", null)]
    [InlineData("[System.Math]::Round(1.5)", null)]
    [InlineData("$a.Trim().ToUpper()", null)]
    [InlineData("$a.replace('b', 'c')", null)]
    [InlineData("$a -eq 1", null)]
    [InlineData("(1 + 2)", null)]
    [InlineData("$a.Name", null)]
    [InlineData("a (b)", null)]
    [InlineData("a b(c)", null)]
    public void What_cannot_be_read_is_doubted(string text, string? reason) =>
        Assert.Equal(reason, Read(text).Select(segment => segment.UnknownReason).FirstOrDefault(found => found is not null));

    // Methods and types of .NET that only compute, and neighbours that do not.
    [Theory]
    [InlineData(
        "Add AddDays AddHours AddMinutes Combine Compare CompareTo Contains ContainsKey Count EndsWith Equals Exists Format GetBytes "
            + "GetDirectoryName GetEnumerator GetExtension GetFileName GetFileNameWithoutExtension GetHashCode GetString GetType IndexOf "
            + "IsNullOrEmpty IsNullOrWhiteSpace IsMatch Join LastIndexOf Match Matches Max Min "
            + "Normalize PadLeft PadRight Parse ReadAllLines "
            + "ReadAllText Replace Round Split StartsWith Substring ToArray ToBase64String ToInt32 "
            + "ToList ToLower ToLowerInvariant ToString "
            + "ToUniversalTime ToUpper ToUpperInvariant Trim TrimEnd TrimStart TryParse WriteLine new",
        false
    )]
    [InlineData(
        "Delete Kill Start Stop Close Write WriteAllText Create MoveTo CopyTo Invoke Load Dispose SetValue Remove Clear Exit",
        true
    )]
    public void A_method_that_only_computes_can_be_read(string methods, bool isDoubted)
    {
        foreach (var method in methods.Split(' '))
        {
            Assert.Equal((method, isDoubted), (method, Read($"$a.{method}($b)")[0].HasUnknown));
            Assert.Equal((method, isDoubted), (method, Read($"[Math]::{method.ToLowerInvariant()}($b)")[0].HasUnknown));
        }
    }

    [Theory]
    [InlineData(
        "string char int int32 int64 long double decimal bool boolean byte byte[] object object[] "
            + "math datetime datetimeoffset timespan guid "
            + "random uri uribuilder version regex text.regularexpressions.regex text.stringbuilder text.encoding text.utf8encoding "
            + "text.asciiencoding convert bitconverter array enum tuple hashtable psobject pscustomobject psnoteproperty io.path "
            + "io.stringreader io.stringwriter io.memorystream collections.arraylist "
            + "collections.generic.list[string] diagnostics.stopwatch "
            + "globalization.cultureinfo exception argumentexception invalidoperationexception management.automation.runtimeexception "
            + "xml.xmldocument linq.enumerable environment console System.String System.IO.Path",
        false
    )]
    [InlineData("io.file io.fileinfo io.streamwriter net.webclient diagnostics.process reflection.assembly xml.xmlwriter mystring", true)]
    public void A_type_that_only_computes_may_be_made(string types, bool isDoubted)
    {
        foreach (var type in types.Split(' '))
            Assert.Equal((type, isDoubted), (type, Read($"[{type}]::new($b)")[0].HasUnknown));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Brackets_are_followed_so_deep_and_no_deeper(int depth, bool isRead)
    {
        foreach (var (open, close) in new[] { ('(', ')'), ('{', '}') })
        {
            var text = "a " + new string(open, depth) + "b" + new string(close, depth);

            Assert.Equal((open, isRead), (open, !Read(text).Any(segment => segment.UnknownReason == "commands are nested too deeply")));
        }
    }
}
