using System.Text;
using System.Text.Json.Nodes;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Activities;

/// <summary>What is read of a single step: the text that recurs, the form, the kind of work.</summary>
public class StepFactsTests
{
    [Theory]
    [InlineData("npm test", "npm test")]
    [InlineData("cd /home/me/x && npm test", "npm test")]
    [InlineData("cd a; cd b && npm test 2>&1 | tail -20", "npm test")]
    [InlineData("npm test 2>&1 | grep -v ok | head -5", "npm test")]
    [InlineData("npm test > /dev/null 2>&1", "npm test")]
    [InlineData("npm test; echo \"exit: $?\"", "npm test")]
    [InlineData("echo '== tests ==' && npm test || true", "npm test")]
    [InlineData("make fmt  &&\n make lint", "make fmt && make lint")]
    [InlineData("make fmt\nmake lint", "make fmt; make lint")]
    [InlineData("git log | sort > out.txt", "git log | sort > out.txt")]
    [InlineData("echo done", "echo done")]
    [InlineData("cat a.txt | wc -l", "cat a.txt")]
    [InlineData("(cd sub && make)", "(cd sub && make)")]
    [InlineData("/repo/tools/check /repo/src", "tools/check src")]
    [InlineData("ls /home/me/.worktrees/fix-1/src && make", "ls src && make")]
    public void The_exact_text_leaves_out_where_it_runs_and_how_much_of_it_is_read(string command, string exact) =>
        Assert.Equal(exact, Bash(command).Exact);

    [Theory]
    [InlineData("git commit -m 'Fix it'")]
    [InlineData("python -c \"...\"")]
    [InlineData("curl -H 'Authorization: ***' x.org")]
    public void What_is_thought_up_or_was_taken_out_is_no_text_that_recurs(string command) => Assert.Null(Bash(command).Exact);

    [Theory]
    [InlineData("git add a.cs b.cs && git commit -m 'Fix it'", "git add <path> && git commit -m <text>")]
    [InlineData("cd x && git commit --no-verify -m \"$(cat <<'EOF'\nFix\nEOF\n)\"", "git commit --no-verify -m <text>")]
    [InlineData("go test -v ./pkg/... -run TestX | tail -5", "go test -run -v <path> <text>")]
    [InlineData("go test ./pkg/... -run TestX -v", "go test -run -v <path> <text>")]
    [InlineData("go test -run 'TestX|TestY' ./pkg/... -v", "go test -run -v <path> <text>")]
    [InlineData("gh pr comment 5 --body 'Done'", "gh pr comment --body <number> <text>")]
    [InlineData("git show 1a2b3c4d", "git show <id>")]
    [InlineData("git log -5 --format=oneline", "git log --format=oneline -<number>")]
    [InlineData("for f in a b; do go vet $f; done", "go vet <text>")]
    [InlineData("python scripts/check.py src/a.py 3", "python scripts/check.py <path> <number>")]
    [InlineData("bd ready", "bd {ready}")]
    [InlineData("cat a.txt > b.txt", "cat > <path> <path>")]
    [InlineData("git add a && git add b && git commit -m x", "git add <text> && git commit -m <text>")]
    [InlineData("gh pr create --title 'Fix' --body \"$(cat x)\"", "gh pr create --body --title <text>")]
    public void The_form_keeps_programs_and_options_and_names_the_kinds_of_the_rest(string command, string form) =>
        Assert.Equal(form, Bash(command).Template?.Text);

    [Theory]
    [InlineData("shell", """{"command":["bash","-lc","cd x && npm test 2>&1 | tail -5"]}""", "npm test", "npm test")]
    [InlineData("local_shell", """{"command":["zsh","-c","npm test"]}""", "npm test", "npm test")]
    [InlineData("shell_command", """{"command":"npm test"}""", "npm test", "npm test")]
    [InlineData("exec_command", """{"cmd":"bash -lc 'npm test' 2>&1"}""", "npm test", "npm test")]
    [InlineData("shell", """{"command":["powershell.exe","-Command","cd C:\\x; go vet ./..."]}""", "go vet ./...", "go vet <path>")]
    [InlineData("shell", """{"command":["cmd.exe","/c","go vet ./..."]}""", "go vet ./...", "go vet <path>")]
    [InlineData("shell", """{"command":["bash","-c","bash -lc 'make all'"]}""", "make all", "make all")]
    public void A_shell_that_is_only_called_is_no_part_of_what_is_done_in_it(string tool, string input, string exact, string form)
    {
        var facts = Read(tool, input);

        var name = input.Contains("powershell", StringComparison.Ordinal) ? "PowerShell" : "shell";
        Assert.Equal((exact, form, name), (facts.Exact, facts.Template?.Text, facts.Tool));
        Assert.StartsWith($"{tool}(", facts.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash -lc 'npm test' > out.txt")]
    [InlineData("bash -lc 'npm test' 1> 1")]
    [InlineData("bash -c \"npm $TARGET\"")]
    [InlineData("bash -c 'npm $1' x test")]
    [InlineData("CI=1 bash -c 'npm test'")]
    [InlineData("bash -c 'npm test' && make")]
    [InlineData("bash check.sh")]
    [InlineData("bash -lc 'npm test' &")]
    [InlineData("! bash -lc 'npm test'")]
    [InlineData("for i in 1 2 3; do bash -lc 'npm test'; done")]
    [InlineData("f() { bash -lc 'make all'; }")]
    [InlineData("./bash -lc 'npm test'")]
    [InlineData("bash -nc 'npm test'")]
    [InlineData("bash -o pipefail -c 'npm test'")]
    [InlineData("pwsh -WorkingDirectory /srv -Command 'npm test'")]
    [InlineData("cmd /k del x /c dir")]
    [InlineData("cmd /c 'a & b'")]
    public void A_call_of_a_shell_that_says_more_than_its_command_stands_as_it_is(string command) =>
        Assert.Equal(command, Bash(command).Exact);

    [Theory]
    [InlineData("bash -lc '...'")]
    [InlineData("bash -lc '***'")]
    public void A_command_that_was_left_out_is_no_text_in_a_called_shell_either(string command) => Assert.Null(Bash(command).Exact);

    [Theory]
    [InlineData("npm test", StepHint.Command)]
    [InlineData("npm test && cat log.txt", StepHint.Command)]
    [InlineData("git status", StepHint.Command)]
    [InlineData("git diff --check", StepHint.Command)]
    [InlineData("git commit -am 'Fix'", StepHint.Message)]
    [InlineData("git add -A && git commit -m 'Fix'", StepHint.Message)]
    [InlineData("git commit --amend --no-edit", StepHint.Command)]
    [InlineData("gh pr comment 5 --body 'Done'", StepHint.Message)]
    [InlineData("git commit -F - <<EOF\nFix\nEOF", StepHint.Message)]
    [InlineData("ls -la", StepHint.Look)]
    [InlineData("cd x && grep -rn foo . | head", StepHint.Look)]
    [InlineData("git diff main...HEAD", StepHint.Inspect)]
    [InlineData("sed -n '1,20p' a.cs", StepHint.Look)]
    [InlineData("sed -i 's/a/b/' a.cs", StepHint.Free)]
    [InlineData("python3 -c 'print(1)'", StepHint.Free)]
    [InlineData("cat > a.py <<EOF\nx\nEOF", StepHint.Free)]
    [InlineData("echo hello > a.txt", StepHint.Free)]
    [InlineData("node <<EOF\nx\nEOF", StepHint.Free)]
    [InlineData("sleep 30", StepHint.Bookkeeping)]
    [InlineData("gh api repos/a/b/pulls/5/comments --jq '.[] | select(.id > 3) | .body'", StepHint.Free)]
    [InlineData("gh api --jq=.name repos/a/b", StepHint.Command)]
    [InlineData("gh pr view 5 --json number -q .number", StepHint.Command)]
    [InlineData("gh api x | jq -r --arg id 3 'map(.id)'", StepHint.Free)]
    [InlineData("gh api x | jq -r .items[0].name", StepHint.Command)]
    [InlineData("gh api x | jq -f filter.jq", StepHint.Command)]
    [InlineData("jq '.a | keys' package.json", StepHint.Look)]
    [InlineData("docker ps | awk '{print $1, $NF}'", StepHint.Command)]
    [InlineData("docker ps | awk -F: '{ if ($2 > 3) print $1 }'", StepHint.Free)]
    [InlineData("gh api graphql -f query='query { viewer { login } }'", StepHint.Free)]
    [InlineData("gh api graphql -F query=@q.graphql", StepHint.Command)]
    [InlineData("psql -d shop -c 'select * from orders'", StepHint.Free)]
    [InlineData("psql -d shop -f schema.sql", StepHint.Command)]
    [InlineData("psql -tAc 'select 1'", StepHint.Free)]
    [InlineData("psql --command='select 1' shop", StepHint.Free)]
    [InlineData("mysql -Ne 'select 1' shop", StepHint.Free)]
    [InlineData("mysql -e'select 1' shop", StepHint.Free)]
    [InlineData("mysql -uhome shop", StepHint.Command)]
    [InlineData("gh api graphql --raw-field=query='query { viewer { login } }'", StepHint.Free)]
    [InlineData("sqlite3 events.db .tables", StepHint.Command)]
    [InlineData("sqlite3 -cmd '.mode csv' events.db 'select 1'", StepHint.Free)]
    [InlineData("make x && yq eval '.a |= 3' -i f.yml", StepHint.Free)]
    [InlineData("gh api x | jq -rf prog/x.jq", StepHint.Command)]
    [InlineData("sqlite3 events.db 'select 1'", StepHint.Free)]
    public void A_command_shows_what_kind_of_work_it_is(string command, StepHint hint) => Assert.Equal(hint, Bash(command).Hint);

    [Theory]
    [InlineData("Read", """{"file_path":"a.cs"}""", StepHint.Look, "Read(.cs)")]
    [InlineData("Edit", """{"file_path":"a.cs"}""", StepHint.Edit, "Edit(.cs)")]
    [InlineData("Write", """{"file_path":"a"}""", StepHint.Edit, "Write")]
    [InlineData("TodoWrite", "{}", StepHint.Bookkeeping, "TodoWrite")]
    [InlineData("update_plan", """{"plan":[]}""", StepHint.Bookkeeping, "update_plan")]
    [InlineData("write_stdin", """{"session_id":1,"chars":""}""", StepHint.Bookkeeping, "write_stdin")]
    [InlineData("write_stdin", """{"session_id":1,"chars":"y\n"}""", StepHint.Free, "write_stdin")]
    [InlineData("wait", """{"cell_id":"25"}""", StepHint.Bookkeeping, "wait")]
    [InlineData("Skill", """{"tool_input":{"skill":"review"}}""", StepHint.Free, "Skill(review)")]
    [InlineData("Skill", """{"tool_input":{"command":"review"}}""", StepHint.Free, "Skill(review)")]
    [InlineData("SlashCommand", """{"tool_input":{"command":"/commit now"}}""", StepHint.Free, "SlashCommand(/commit)")]
    [InlineData("Task", """{"tool_input":{"subagent_type":"Explore","prompt":"x"}}""", StepHint.Free, "Task(Explore)")]
    [InlineData("mcp__tracker__get_issue", """{"id":"A-1"}""", StepHint.Look, "mcp__tracker__get_issue")]
    [InlineData("mcp__tracker__create_issue", """{"title":"x"}""", StepHint.Free, "mcp__tracker__create_issue")]
    public void Other_tools_show_it_by_their_names_and_keep_their_subject(string tool, string payload, StepHint hint, string name)
    {
        var facts = Read(tool, payload);

        Assert.Equal((hint, name), (facts.Hint, facts.Name));
    }

    [Fact]
    public void A_compound_command_that_nothing_else_names_is_named_by_its_parts() =>
        Assert.Equal("Bash(git add && git commit)", Bash("cd x && git add a && git commit -m 'Fix'").Name);

    [Fact]
    public void Equal_work_has_equal_facts_and_another_file_other_ones()
    {
        Assert.Equal(Bash("cd a && npm test | tail -5"), Bash("cd a && npm test | tail -5"));
        Assert.NotEqual(Bash("cat a.txt"), Bash("cat b.txt"));
    }

    private static StepFacts Bash(string command) =>
        Read(
            "Bash",
            new JsonObject
            {
                ["cwd"] = "/repo",
                ["tool_input"] = new JsonObject { ["command"] = command },
            }.ToJsonString()
        );

    private static StepFacts Read(string tool, string payload) =>
        new StepReader(ActivityModel.Adaptive, new DangerAssessor(DangerRuleSet.BuiltIn)).Read(tool, Encoding.UTF8.GetBytes(payload)).Facts;
}
