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

    [Theory]
    [InlineData("tools.exec_command({cmd:'git push ' + branch})")]
    [InlineData("tools.exec_command({cmd:['git','push'].join(' ')})")]
    [InlineData("tools.exec_command({cmd:'git {}'.replace('{}', verb)})")]
    [InlineData("const parts = 'a b'; tools.exec_command({cmd:parts[0]})")]
    [InlineData("const c = 'ls'; tools.exec_command({cmd: c || other})")]
    [InlineData("const c = 'ls'; tools.exec_command({cmd: c ? one : two})")]
    [InlineData("let c = 'git'; c += ' push'; tools.exec_command({cmd:c})")]
    [InlineData("let c = 'git ' + verb; tools.exec_command({cmd:c})")]
    [InlineData("let c = 'ls'; c = commandOf(x); tools.exec_command({cmd:c})")]
    [InlineData("tools.exec_command({cmd})")]
    [InlineData("for (const cmd of all) await tools.exec_command({cmd}); tools.exec_command({cmd:'ls'})")]
    public void A_command_that_is_put_together_when_the_script_runs_is_one_of_others(string script)
    {
        var text = CodexScriptText.Of(script);

        Assert.True(text.HasOtherCommands);
        Assert.DoesNotContain(text.Commands, command => command.Contains("git") || command.Contains(' '));
    }

    [Fact]
    public void A_patch_that_is_put_together_is_none_that_stands_there_whole() =>
        Assert.Empty(CodexScriptText.Of("tools.apply_patch('*** Begin Patch\\n' + body + '*** End Patch')").Patches);

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
    [InlineData("= 'x'")]
    [InlineData(": 'x' + 'y'")]
    [InlineData("")]
    public void A_script_that_breaks_off_is_read_to_its_end(string script) => Assert.NotNull(CodexScriptText.Of(script));

    [Fact]
    public void Whatever_it_is_made_of_it_is_read_to_its_end()
    {
        string[] pieces =
        [
            "tools",
            ".",
            "[",
            "]",
            "exec_command",
            "(",
            ")",
            "{",
            "}",
            "cmd",
            "command",
            "chars",
            "session_id",
            ":",
            "=",
            "+",
            ",",
            ";",
            "/",
            "'",
            "\"",
            "`",
            "\\",
            "\\u",
            "\\x4",
            "'git push'",
            "'*** Begin Patch\\n'",
            "//",
            "/*",
            "*/",
            "\n",
            " ",
            "\ud800",
            "é",
            "ALL_TOOLS",
            "c",
        ];
        var random = new Random(20);
        for (var round = 0; round < 20_000; round++)
        {
            var script = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));

            var text = CodexScriptText.Of(script);

            Assert.All([.. text.Commands, .. text.Patches, .. text.Called], piece => Assert.NotNull(piece));
        }
    }
}
