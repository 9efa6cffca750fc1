using PatternAnalysis.Import.Formats;

namespace PatternAnalysis.Tests.Import;

/// <summary>What a script of Codex's code mode calls is read from its text; nothing of it is run.</summary>
public sealed class CodexScriptTextTests
{
    [Theory]
    [InlineData("const r = await tools.exec_command({cmd: 'git push'}); text(r.output);", "exec_command", "git push")]
    [InlineData("""await tools.exec_command({"cmd":"echo \"a b\"\n\tls","workdir":"/w"})""", "exec_command", "echo \"a b\"\n\tls")]
    [InlineData("await tools.exec_command({cmd:`git log\\u0021`,timeout:3})", "exec_command", "git log!")]
    [InlineData("const c = 'make test'; await tools.exec_command({cmd: c})", "exec_command", "make test")]
    [InlineData("await tools['exec_command']({ command : \"make\" })", "exec_command", "make")]
    [InlineData("// cmd: 'no'\n/* tools.none({cmd:'no'}) */ tools.exec_command({cmd:'yes'})", "exec_command", "yes")]
    [InlineData("if (/cmd: \"no\"[/]/.test(x)) tools.exec_command({cmd:'yes'})", "exec_command", "yes")]
    [InlineData("const half = a / b; tools.exec_command({cmd:'yes'}); c = d / 'x'", "exec_command", "yes")]
    [InlineData("await Promise.all([tools.exec_command({cmd:'a'}), tools.exec_command({cmd:'b'})])", "exec_command", "a+b")]
    [InlineData("text(\"tools.none({cmd:'no'})\")", "", "")]
    [InlineData("await tools.mcp__forge__list_issues({state:'open'})", "mcp__forge__list_issues", "")]
    public void Its_tools_and_commands_are_those_outside_of_texts_comments_and_patterns(string script, string tools, string commands)
    {
        var text = CodexScriptText.Of(script);

        Assert.Equal((tools, commands), (string.Join('+', text.Called), string.Join('+', text.Commands)));
    }

    [Fact]
    public void A_patch_is_read_whole_and_what_stands_in_it_is_no_call()
    {
        var text = CodexScriptText.Of(
            """const p = "*** Begin Patch\n*** Update File: a.js\n+tools.exec_command({cmd: 'rm -rf /'})\n*** End Patch"; """
                + "await tools.apply_patch(p)"
        );

        Assert.Equal(["*** Begin Patch\n*** Update File: a.js\n+tools.exec_command({cmd: 'rm -rf /'})\n*** End Patch"], text.Patches);
        Assert.Equal(["apply_patch"], text.Called);
        Assert.Empty(text.Commands);
    }

    [Fact]
    public void What_is_written_into_a_running_command_is_told_with_its_session()
    {
        var text = CodexScriptText.Of("""await tools.write_stdin({session_id:54061,yield_time_ms:30000,chars:"y\n"})""");

        Assert.Equal(("54061", "y\n"), (text.Session, text.Characters));
    }

    [Theory]
    [InlineData("tools.exec_command({cmd: \"never ends")]
    [InlineData("tools.exec_command({cmd: 'a\\")]
    [InlineData("/* never ends")]
    [InlineData("x = /never ends")]
    [InlineData("'\\x4")]
    [InlineData("tools.")]
    [InlineData("")]
    public void A_script_that_breaks_off_is_read_to_its_end(string script) => Assert.NotNull(CodexScriptText.Of(script));
}
