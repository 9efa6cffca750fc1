using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Tests.Activities;

public class ActivityNamerTests
{
    private static readonly ActivityNamer s_operations = new(ActivityModel.Operation);

    private static string Name(string tool, string payload) => s_operations.Name(tool, Encoding.UTF8.GetBytes(payload));

    private static string Bash(string command) => Name("Bash", JsonSerializer.Serialize(new { tool_input = new { command } }));

    [Theory]
    [InlineData("git commit -m x", "Bash(git commit)")]
    [InlineData("cd app && git -C sub --no-pager log -3 | head", "Bash(git log)")]
    [InlineData("cd a; export A=1; source .venv/bin/activate; set -e; echo go; sleep 1; true; npm test", "Bash(npm test)")]
    [InlineData("npm run build:prod", "Bash(npm run build:prod)")]
    [InlineData("FOO=1 env A=b sudo -u x time uv run pytest -q 2>&1 | tail -3", "Bash(pytest)")]
    [InlineData(".venv/bin/pytest tests", "Bash(pytest)")]
    [InlineData("python3 -m pytest -q", "Bash(python -m pytest)")]
    [InlineData("uv run python3.12 -m pip install x", "Bash(python -m pip install)")]
    [InlineData("python scripts/foo.py --x", "Bash(python foo.py)")]
    [InlineData("python3 -u ./foo.py", "Bash(python foo.py)")]
    [InlineData("python3 -c 'import os'", "Bash(python -c)")]
    [InlineData("python3 - <<EOF\nx\nEOF", "Bash(python)")]
    [InlineData("node --require x build.js", "Bash(node build.js)")]
    [InlineData("bash scripts/deploy.sh prod", "Bash(bash deploy.sh)")]
    [InlineData("./scripts/deploy.sh prod", "Bash(deploy.sh)")]
    [InlineData("bash -lc 'cd x && cargo test'", "Bash(cargo test)")]
    [InlineData("npx -y tsc --noEmit", "Bash(tsc)")]
    [InlineData("dotnet test --no-build", "Bash(dotnet test)")]
    [InlineData("docker compose -f x.yml up -d", "Bash(docker compose up)")]
    [InlineData("gh pr create --title x", "Bash(gh pr create)")]
    [InlineData("go mod tidy", "Bash(go mod tidy)")]
    [InlineData("cat x | grep y | wc -l", "Bash(cat)")]
    [InlineData("echo '{}' | jq .", "Bash(jq)")]
    [InlineData("for f in a b; do git show $f; done", "Bash(git show)")]
    [InlineData("if [ -f x ]; then make build; fi", "Bash(make build)")]
    [InlineData("X=$(git rev-parse HEAD)", "Bash(git rev-parse)")]
    [InlineData("echo \"$(git status)\"", "Bash(git status)")]
    [InlineData("find . -name x -exec rm {} \\;", "Bash(find)")]
    [InlineData("cd /x", "Bash(cd)")]
    [InlineData("sleep 5", "Bash(sleep)")]
    [InlineData("$CMD x", "Bash")]
    [InlineData("# nothing", "Bash")]
    [InlineData("", "Bash")]
    [InlineData("git $X", "Bash(git)")]
    [InlineData("\"odd → name\" x", "Bash")]
    public void A_shell_activity_is_the_program_and_sub_command_of_the_main_segment(string command, string activity) =>
        Assert.Equal(activity, Bash(command));

    [Theory]
    [InlineData("PowerShell", """{"command":"Set-Location x; Get-ChildItem -Recurse | Remove-Item"}""", "PowerShell(Get-ChildItem)")]
    [InlineData("PowerShell", """{"command":"$x = & 'C:\\Tools\\git.exe' status"}""", "PowerShell(git status)")]
    [InlineData("PowerShell", """{"command":"$x.Count"}""", "PowerShell")]
    [InlineData("shell", """{"command":["bash","-lc","cargo build"]}""", "shell(cargo build)")]
    [InlineData("exec_command", """{"cmd":"git status"}""", "exec_command(git status)")]
    [InlineData("Edit", """{"tool_input":{"file_path":"/a/b.cs"}}""", "Edit(.cs)")]
    [InlineData("Read", """{"tool_input":{"file_path":"C:\\a\\B.CS"}}""", "Read(.cs)")]
    [InlineData("NotebookEdit", """{"notebook_path":"/a/b.ipynb"}""", "NotebookEdit(.ipynb)")]
    [InlineData("Read", """{"tool_input":{"file_path":"/a.d/Makefile"}}""", "Read")]
    [InlineData("Read", """{"tool_input":{"file_path":"/a/x.this is a sentence"}}""", "Read")]
    [InlineData("Read", """{"tool_input":{"file_path":"/a/x."}}""", "Read")]
    [InlineData("mcp__files__read", """{"file_path":"/a/b.cs"}""", "mcp__files__read")]
    [InlineData("mcp__desktop__execute_command", """{"command":"git status"}""", "mcp__desktop__execute_command")]
    [InlineData("Grep", """{"tool_input":{"pattern":"x"}}""", "Grep")]
    [InlineData("Bash", "", "Bash")]
    [InlineData("Bash", "{\"tool_input\":{\"command\":", "Bash")]
    [InlineData("", "{}", "")]
    public void Other_tools_tell_the_kind_of_file_or_only_their_name(string tool, string payload, string activity) =>
        Assert.Equal(activity, Name(tool, payload));

    [Fact]
    public void No_secret_becomes_a_name() => Assert.Equal("Bash", Bash("./jane.doe@example.com"));

    [Fact]
    public void By_tool_the_name_is_all() =>
        Assert.Equal("Bash", new ActivityNamer(ActivityModel.Tool).Name("Bash", """{"command":"git status"}"""u8));
}
