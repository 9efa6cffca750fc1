using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Tests.Import;

/// <summary>How JavaScript is cut into texts, names, comments and regular expressions, after ECMA-262.</summary>
public class CodexScriptLexTests
{
    private const string Yes = "tools.exec_command({cmd:'yes'})";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\\x41b", "aAb")]
    [InlineData("\\u0041", "A")]
    [InlineData("\\x41", "A")]
    [InlineData("\\u00e9\\u00E9", "éé")]
    [InlineData("\\n\\r\\t\\b\\f\\v\\0", "\n\r\t\b\f\v\0")]
    [InlineData("\\q\\'\\\"\\\\\\/", "q'\"\\/")]
    [InlineData("a\\\nb", "ab")]
    [InlineData("\\x4z", "x4z")]
    [InlineData("\\u00zz", "u00zz")]
    [InlineData("\\u+041", "u+041")]
    [InlineData("// no comment /* nor here */", "// no comment /* nor here */")]
    [InlineData("`\"", "`\"")]
    public void A_text_says_what_its_escapes_say(string literal, string text) =>
        Assert.Equal([text], CodexScriptText.Of($"tools.exec_command({{cmd:'{literal}'}})").Commands);

    [Theory]
    [InlineData('(')]
    [InlineData(',')]
    [InlineData('=')]
    [InlineData(':')]
    [InlineData('[')]
    [InlineData('!')]
    [InlineData('&')]
    [InlineData('|')]
    [InlineData('?')]
    [InlineData('{')]
    [InlineData('}')]
    [InlineData(';')]
    [InlineData('<')]
    [InlineData('>')]
    [InlineData('+')]
    [InlineData('-')]
    [InlineData('*')]
    [InlineData('%')]
    [InlineData('~')]
    [InlineData('^')]
    public void Where_a_value_may_stand_a_slash_begins_a_pattern(char before)
    {
        var text = CodexScriptText.Of($"x {before} /tools.none()/; {Yes}");

        Assert.Equal(["exec_command"], text.Called);
        Assert.Equal(["yes"], text.Commands);
    }

    [Theory]
    [InlineData("return /tools.none()/; ")]
    [InlineData("/tools.none()/; ")]
    [InlineData("x = /[/]tools.none()/; ")]
    [InlineData("x = /[^\\]/]tools.none()/; ")]
    [InlineData("x = /\\/tools.none()/; ")]
    [InlineData("x = /'/; ")]
    [InlineData("x = /tools.none()\n")]
    [InlineData("// tools.none()\n")]
    [InlineData("/* tools.none()\n * / */ ")]
    [InlineData("/* tools.none() **/ ")]
    [InlineData("x = 'tools.none()'; ")]
    [InlineData("mytools.none(); ")]
    [InlineData("tools_.none(); ")]
    [InlineData("'tools'.none(); ")]
    [InlineData("tools[name](); ")]
    [InlineData("tools; none(); ")]
    public void What_stands_in_a_pattern_a_comment_or_a_text_is_no_call(string before) =>
        Assert.Equal(["exec_command"], CodexScriptText.Of(before + Yes).Called);

    [Theory]
    [InlineData("y = a / tools.first() / tools.second()", "first+second")]
    [InlineData("y = (a) / tools.first() / tools.second()", "first+second")]
    [InlineData("y = a[0] / tools.first() / tools.second()", "first+second")]
    [InlineData("y = 'a' / tools.first() / tools.second()", "first+second")]
    [InlineData("y = 7 / tools.first() / tools.second()", "first+second")]
    [InlineData("y = /a/ / tools.first() / tools.second()", "first+second")]
    [InlineData("tools.first(); tools['first'](); tools.second()", "first+second")]
    [InlineData("tools . first(); tools [ \"second\" ]()", "first+second")]
    [InlineData("this.tools.first()", "first")]
    [InlineData("tools.$first_2()", "$first_2")]
    [InlineData("/* never ends tools.first()", "")]
    [InlineData("// never ends tools.first()", "")]
    public void Behind_a_value_a_slash_divides(string script, string called) =>
        Assert.Equal(called, string.Join('+', CodexScriptText.Of(script).Called));

    [Theory]
    [InlineData(",", true)]
    [InlineData(";", true)]
    [InlineData(")", true)]
    [InlineData("]", true)]
    [InlineData("}", true)]
    [InlineData("x", true)]
    [InlineData("_", true)]
    [InlineData("$", true)]
    [InlineData("7", true)]
    [InlineData("+", false)]
    [InlineData(".", false)]
    [InlineData("[", false)]
    [InlineData("(", false)]
    [InlineData("?", false)]
    [InlineData("|", false)]
    [InlineData("&", false)]
    [InlineData("-", false)]
    [InlineData("*", false)]
    [InlineData("/ 2", false)]
    [InlineData("<", false)]
    public void A_text_that_goes_on_is_not_what_is_handed_over(string next, bool isWhole)
    {
        var text = CodexScriptText.Of($"tools.exec_command({{cmd: 'a' {next}");
        var patch = CodexScriptText.Of($"tools.apply_patch('*** Begin Patch\\n*** End Patch' {next}");

        Assert.Equal((isWhole ? 1 : 0, !isWhole), (text.Commands.Count, text.HasOtherCommands));
        Assert.Equal(isWhole ? 1 : 0, patch.Patches.Count);
    }

    [Theory]
    [InlineData("c = 'a'; tools.exec_command({cmd:c})", "a")]
    [InlineData("c = \"a\"; d = `b`; tools.exec_command({cmd:d}); tools.exec_command({command:c})", "b+a")]
    [InlineData("c = 'a'; c = 'b'; tools.exec_command({cmd:c})", "b")]
    [InlineData("c = 'a'; c = d; tools.exec_command({cmd:c})", "")]
    [InlineData("c = 'a' + d; tools.exec_command({cmd:c})", "")]
    [InlineData("c = 'a'; c += 'b'; tools.exec_command({cmd:c})", "")]
    [InlineData("c = 'a'; d += 'b'; tools.exec_command({cmd:c})", "")]
    [InlineData("c == 'a'; tools.exec_command({cmd:c})", "")]
    [InlineData("c => 'a'; tools.exec_command({cmd:c})", "")]
    [InlineData("C = 'a'; tools.exec_command({cmd:c})", "")]
    [InlineData("tools.exec_command({cmd:'a', note:'b', commands:'c'})", "a")]
    public void A_command_may_stand_in_a_variable(string script, string commands) =>
        Assert.Equal(commands, string.Join('+', CodexScriptText.Of(script).Commands));

    [Fact]
    public void The_same_command_twice_is_two_commands()
    {
        var text = CodexScriptText.Of($"{Yes}; {Yes}; tools.exec_command(x)");

        Assert.Equal(["yes", "yes"], text.Commands);
        Assert.Equal(["exec_command"], text.Called);
        Assert.True(text.HasOtherCommands);
        Assert.False(CodexScriptText.Of($"{Yes}; {Yes}").HasOtherCommands);
    }

    [Theory]
    [InlineData("tools.write_stdin({session_id:7,chars:'y'})", "7", "y")]
    [InlineData("tools.write_stdin({session_id:'7',chars:y})", "7", "y")]
    [InlineData("y = 'text'; s = '8'; tools.write_stdin({session_id:s,chars:y})", "8", "text")]
    [InlineData("tools.write_stdin({session_id:7,chars:''}); tools.write_stdin({session_id:8,chars:'y'})", "8", "y")]
    [InlineData("tools.write_stdin({chars:'x'}); tools.write_stdin({chars:'y'})", null, "x")]
    [InlineData("tools.write_stdin({})", null, null)]
    public void What_is_written_is_the_first_that_says_something(string script, string? session, string? characters)
    {
        var text = CodexScriptText.Of(script);

        Assert.Equal((session, characters), (text.Session, text.Characters));
    }

    [Theory]
    [InlineData("text(ALL_TOOLS)", true)]
    [InlineData("text('ALL_TOOLS')", false)]
    [InlineData("text(ALL_TOOLS_)", false)]
    public void Looking_for_tools_is_seen(string script, bool searches) => Assert.Equal(searches, CodexScriptText.Of(script).SearchesTools);
}
