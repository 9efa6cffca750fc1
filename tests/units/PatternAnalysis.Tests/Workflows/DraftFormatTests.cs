using System.Diagnostics;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Metrics;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Tests.Workflows;

/// <summary>
/// A draft is written as what its pattern is fit for; what is written is well-formed, and does what it says when it is run.
/// </summary>
public sealed class DraftFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drafts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_constant_command_after_edits_is_a_hook()
    {
        var draft = AfterEdits("go vet ./...", "go vet");

        Assert.Equal((WorthKind.Hook, WorkflowFormat.Hook), (draft.Kind, draft.Format));
        var entry = HookOf(draft, "PostToolUse");
        Assert.Equal("Edit|Write", entry.Matcher);
        Assert.Equal("( go vet ./... ) 1>&2 || exit 2", entry.Command);
    }

    [Fact]
    public void A_hook_runs_its_check_and_tells_the_agent_when_it_fails()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var passes = HookOf(AfterEdits("ls .", "ls"), "PostToolUse").Command;
        var fails = HookOf(AfterEdits("ls no-such-file", "ls"), "PostToolUse").Command;

        Assert.Equal(0, Bash(passes).ExitCode);
        var failed = Bash(fails);
        Assert.Equal((2, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("no-such-file", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_takes_the_edited_file_is_a_hook_that_is_told_of_it()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
        {
            calls
                .Call(session, "Edit", "file_path", $"{session}/a.cs")
                .Call(session, "Write", "file_path", $"{session}/b.cs")
                .Bash(session, $"ls {session}/a.cs ./{session}/b.cs && ls ./{session}");
        }
        var draft = Drafts.Of(calls, "Write(.cs)→Bash(ls)", Sessions());
        var hook = HookOf(draft, "PostToolUse").Command;
        Directory.CreateDirectory(Path.Combine(_folder, "it's"));
        File.WriteAllText(Path.Combine(_folder, "it's", "$(a) b.cs"), "");

        var ran = Hook(hook, Path.Combine(_folder, "it's", "$(a) b.cs"));

        Assert.Equal(WorkflowFormat.Hook, draft.Format);
        Assert.Equal((0, ""), (ran.ExitCode, ran.Output));
        Assert.Equal([$"{_folder}/it's/$(a) b.cs", "$(a) b.cs"], ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, ""), (Hook(hook, "/etc/passwd").ExitCode, Hook(hook, "/etc/passwd").Error));
        Assert.Equal(2, Hook(hook, "/no/such.cs").ExitCode);
        Assert.Contains("./-l.cs", Hook(hook, "-l.cs").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_the_edited_one_a_hook_is_not_told_of()
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
            calls.Call(session, "Edit", "file_path", $"{session}/a.cs").Bash(session, $"ls {session}/b.cs");

        var draft = Drafts.Of(calls, "Edit(.cs)→Bash(ls)", Sessions());

        Assert.Equal("step 2 is not the same command each time", HookWriter.Refusal(draft));
    }

    [Fact]
    public void A_script_is_given_every_file_in_its_place_also_those_that_were_edited()
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
        {
            calls
                .Call(session, "Edit", "file_path", $"{session}/a.cs")
                .Call(session, "Edit", "file_path", $"{session}/b.cs")
                .Bash(session, $"cmp {session}/a.cs {session}/b.cs");
        }
        var pattern = Drafts.Approved("Edit(.cs)→Bash(cmp)", Sessions()) with
        {
            Worth = new StoredWorth { Kind = WorthKind.Script, Rank = 1 },
        };

        var draft = new WorkflowDrafter(calls, new Drafts.OneRun(new ActivityOptions())).Draft(pattern);

        Assert.Equal(2, draft.Steps[1].Template!.Parameters.Count);
    }

    [Fact]
    public void A_command_before_commits_is_a_hook_that_waits_for_one()
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
        {
            calls.Call(session, "Read", "file_path", "x").Call(session, "Read", "file_path", "y").Call(session, "Read", "file_path", "z");
            calls.Bash(session, "go vet ./...").Bash(session, "git commit -m 'x'");
        }

        var entry = HookOf(Drafts.Of(calls, "Bash(go vet)", Sessions()), "PreToolUse");
        Assert.Equal("Bash", entry.Matcher);
        Assert.StartsWith("if grep -q 'git commit'; then", entry.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_takes_its_approved_parts_by_name_with_parameters_of_their_own()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var file = Path.Combine(_folder, "whole.sh");
        File.WriteAllText(file, WorkflowWriters.For(WorkflowFormat.Script).Write(WithParts()));

        Assert.Equal(0, Run("bash", "-n", file).ExitCode);
        Assert.Equal(["a", "7"], Run("bash", file, "--run", "7").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["8"], Run("bash", file, "--run", "--part", "part1", "8").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, Run("bash", file, "--run", "--part", "part1", "eight").ExitCode);
        Assert.NotEqual(0, Run("bash", file, "--run", "--part", "part1").ExitCode);
        Assert.Equal(2, Run("bash", file, "--run", "--part", "part2", "8").ExitCode);
    }

    [Theory]
    [InlineData(WorkflowFormat.Skill)]
    [InlineData(WorkflowFormat.SlashCommand)]
    public void A_text_for_an_agent_names_the_parts(WorkflowFormat format)
    {
        var text = WorkflowWriters.For(format).Write(WithParts());

        Assert.Contains("## Only part1: `Bash(echo <number>)`", text, StringComparison.Ordinal);
        Assert.Contains("part1_step1_value1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_nobody_approved_is_not_offered() =>
        Assert.Empty(WithParts(part => part with { Status = PatternStatus.Pending }).Parts);

    [Theory]
    [InlineData("git log --author {0}", "git log")] // not the same each time
    [InlineData("rm -rf build", "rm")] // destructive
    [InlineData("frobnicate all", "frobnicate")] // nobody knows it
    [InlineData("git status > out.txt", "git status")] // writes a file
    public void What_varies_or_is_not_known_to_be_safe_is_no_hook(string command, string name)
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Call(session, "Edit", "file_path", "a.cs").Bash(session, string.Format(null, command, number));
        var draft = Drafts.Of(calls, $"Edit(.cs)→Bash({name})", Sessions());

        Assert.NotEqual(WorkflowFormat.Hook, draft.Format);
        var error = Assert.Throws<PatternAnalysisException>(() => WorkflowWriters.For(WorkflowFormat.Hook).Write(draft));
        Assert.Equal("WorkflowUnfit", error.ErrorId);
    }

    [Fact]
    public void Commands_with_a_message_are_a_slash_command_in_which_the_message_is_written()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, $"git add src/f{number}.cs").Bash(session, $"git commit -m \"$(cat <<'EOF'\nChange {number}\nEOF\n)\"");
        var draft = Drafts.Of(calls, "Bash(git add)→Bash(git commit)", Sessions());

        Assert.Equal((WorthKind.Message, WorkflowFormat.SlashCommand), (draft.Kind, draft.Format));
        var text = WorkflowWriters.For(draft.Format).Write(draft);
        Assert.Contains("git commit -m {{step2_message}}", text, StringComparison.Ordinal);
        Assert.Contains("`{{step2_message}}`: you write it", text, StringComparison.Ordinal);
        Assert.Contains("git add {{step1_value1}}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_that_vary_are_a_script_whose_parameters_have_a_kind()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, "echo begin").Bash(session, $"head -n {number + 1} in.txt").Bash(session, "echo end");
        var draft = Drafts.Of(calls, "Bash(echo)→Bash(head)→Bash(echo)", Sessions());

        Assert.Equal((WorthKind.Script, WorkflowFormat.Script), (draft.Kind, draft.Format));
        File.WriteAllText(Path.Combine(_folder, "in.txt"), "one\ntwo\nthree\n");
        var file = Write(draft, WorkflowFormat.Script);
        Assert.Equal(0, Bash($"bash -n {file}").ExitCode);
        Assert.Equal("begin\none\ntwo\nend\n", Bash($"bash {file} --run 2").Output);
        Assert.Equal(2, Bash($"bash {file} --run 2x").ExitCode);
        Assert.NotEqual(0, Bash($"bash {file} --run").ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(_folder, file)), Bash($"bash {file}").Output);
    }

    [Fact]
    public void Every_step_of_a_script_runs_in_the_folder_that_it_went_to()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, $"cd web && head -n {number + 1} in.txt 2>&1 | cat").Bash(session, "cd web && ls");
        var draft = Drafts.Of(calls, "Bash(head)→Bash(ls)", Sessions());

        Directory.CreateDirectory(Path.Combine(_folder, "web"));
        File.WriteAllText(Path.Combine(_folder, "web", "in.txt"), "one\ntwo\n");
        var file = Write(draft, WorkflowFormat.Script);
        Assert.Equal((0, "one\nin.txt\n"), (Bash($"bash {file} --run 1").ExitCode, Bash($"bash {file} --run 1").Output));
    }

    [Theory]
    [InlineData("cd web && ls", "( ( cd web && ls ) ) 1>&2 || exit 2")]
    [InlineData("cd . && ls", "( ls ) 1>&2 || exit 2")]
    public void A_hook_runs_in_the_folder_that_its_command_went_to(string command, string hook) =>
        Assert.Equal(hook, HookOf(AfterEdits(command, "ls"), "PostToolUse").Command);

    [Fact]
    public void A_commit_in_another_folder_is_drafted_with_that_folder()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, $"cd web && git commit -m 'Change {number}'");
        var draft = Drafts.Of(calls, "Bash(git commit)", Sessions());

        Assert.Contains(
            "cd web && git commit -m {{step1_value1}}",
            WorkflowWriters.For(draft.Format).Write(draft),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("gh pr create --title 'T {0}' --body 'B {0}'", "Bash(gh pr create)", "--title {{step1_value1}} --body {{step1_value2}}")]
    [InlineData("frobnicate all && git commit -m 'C {0}'", "Bash(frobnicate && git commit)", "frobnicate all && git commit -m {{step1_")]
    public void Of_several_texts_and_unknown_sub_commands_the_commands_themselves_tell_the_form(string command, string name, string form)
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, string.Format(null, command, number));
        var draft = Drafts.Of(calls, name, Sessions());

        Assert.Contains(form, WorkflowWriters.For(WorkflowFormat.SlashCommand).Write(draft), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_without_a_command_is_a_skill()
    {
        var draft = Drafts.Of(new RecordedCalls().Tool("s", "Plan").Tool("s", "Review"), "Plan→Review");

        Assert.Equal((WorthKind.None, WorkflowFormat.Skill), (draft.Kind, draft.Format));
    }

    [Fact]
    public void Commands_of_PowerShell_are_a_script_of_PowerShell()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls
                .Call(session, "PowerShell", "command", "Get-Location")
                .Call(session, "PowerShell", "command", $"Get-Date -Year {2000 + number}");
        var draft = Drafts.Of(calls, "PowerShell(Get-Location)→PowerShell(Get-Date)", Sessions());

        var text = WorkflowWriters.For(WorkflowFormat.Script).Write(draft);
        Assert.EndsWith(".ps1", WorkflowWriters.For(WorkflowFormat.Script).FileOf(draft), StringComparison.Ordinal);
        Assert.Contains("[long] $step2_value1", text, StringComparison.Ordinal);
        Assert.Contains("\nGet-Date -Year $step2_value1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_ends_where_a_part_of_a_step_fails()
    {
        if (OperatingSystem.IsWindows())
            return; // needs a shell of Unix
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
            calls.Bash(session, "ls missing && ls .").Bash(session, "echo end");
        var file = Write(Drafts.Of(calls, "Bash(ls)→Bash(echo)", Sessions()), WorkflowFormat.Script);

        var (exitCode, output, _) = Bash($"bash {file} --run");

        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("end", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_analysis_found_to_be_a_hook_is_one_though_it_also_runs_elsewhere()
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
            calls
                .Call(session, "Read", "file_path", "c.cs")
                .Call(session, "Read", "file_path", "d.cs")
                .Call(session, "Edit", "file_path", "a.cs")
                .Bash(session, "git fetch")
                .Bash(session, "go vet ./...")
                .Call(session, "Read", "file_path", "a.cs")
                .Bash(session, "go vet ./...")
                .Call(session, "Read", "file_path", "b.cs")
                .Bash(session, "go vet ./...");
        var pattern = Drafts.Approved("Bash(go vet)", Sessions()) with
        {
            Worth = new StoredWorth { Kind = WorthKind.Hook, Rank = 1 },
        };

        var draft = new WorkflowDrafter(calls, new Drafts.OneRun(new ActivityOptions())).Draft(pattern);

        Assert.Equal((WorkflowFormat.Hook, HookCondition.AfterEdit), (draft.Format, draft.Condition));
        Assert.Equal(("Edit|Write", "( go vet ./... ) 1>&2 || exit 2"), HookOf(draft, "PostToolUse"));
    }

    [Fact]
    public void A_hook_runs_where_its_command_stands_more_often_than_its_places_do()
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
            calls
                .Call(session, "Read", "file_path", "c.cs")
                .Bash(session, "go vet ./...")
                .Bash(session, "go vet ./...")
                .Call(session, "Read", "file_path", "d.cs")
                .Call(session, "Edit", "file_path", "a.cs")
                .Bash(session, "go vet ./...")
                .Call(session, "Read", "file_path", "e.cs")
                .Bash(session, "go vet ./...")
                .Call(session, "Read", "file_path", "f.cs")
                .Bash(session, "go vet ./...");
        var pattern = Drafts.Approved("Bash(go vet)", Sessions()) with
        {
            Worth = new StoredWorth { Kind = WorthKind.Hook, Rank = 1 },
        };

        var draft = new WorkflowDrafter(calls, new Drafts.OneRun(new ActivityOptions())).Draft(pattern);

        // Two of five at the start, where three of ten steps are; one of five after the edit, where two of ten are.
        Assert.Equal(HookCondition.AtStart, draft.Condition);
    }

    [Fact]
    public void A_number_that_is_written_to_its_option_varies()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, $"make -j{number + 2} all");

        var draft = Drafts.Of(calls, "Bash(make all)", Sessions());

        Assert.Equal(Sessions().Length, draft.Steps[0].Template!.MatchCount);
    }

    [Fact]
    public void An_option_is_no_value_wherever_it_stands()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, number == 0 ? "go test -run One ./a -v" : $"go test ./a{number} -v -run Two{number}");
        var draft = Drafts.Of(calls, "Bash(go test)", Sessions());

        Assert.Equal(3, draft.Steps[0].Template!.MatchCount);
        Assert.Equal(
            ["go", "test", null, "-v", "-run", null],
            draft.Steps[0].Template!.Words.Select(word => word.Parameter is null ? word.Text : null)
        );
    }

    [Fact]
    public void What_an_agent_tells_its_shell_to_run_is_the_command()
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls
                .Call(session, "shell", "command", $"bash -lc 'ls . && ls | tail -{number + 1}'")
                .Call(session, "shell", "command", "powershell.exe -NoProfile -Command \"Get-Location\"");

        var draft = Drafts.Of(calls, "shell(ls)→shell(Get-Location)", Sessions());

        Assert.Equal(("ls . && ls", ShellDialect.Posix), (draft.Steps[0].Inputs[0].Text, draft.Steps[0].Dialect));
        Assert.Equal(("Get-Location", ShellDialect.PowerShell), (draft.Steps[1].Inputs[0].Text, draft.Steps[1].Dialect));
    }

    private static string[] Sessions() => ["s0", "s1", "s2", "s3"];

    private static WorkflowDraft AfterEdits(string command, string name)
    {
        var calls = new RecordedCalls();
        foreach (var session in Sessions())
            calls.Call(session, "Edit", "file_path", "a.cs").Bash(session, command);
        return Drafts.Of(calls, $"Edit(.cs)→Bash({name})", Sessions());
    }

    // The shape that agents document: events, of each a list of entries with a matcher and commands.
    [Theory]
    [InlineData("ls . && ls", "ls . && ls")]
    [InlineData("ls '\\u0026'", "ls '\\\\u0026'")]
    public void A_hook_stands_there_as_it_is_read(string command, string shown)
    {
        var draft = AfterEdits(command, "ls");

        Assert.Contains(shown, WorkflowWriters.For(WorkflowFormat.Hook).Write(draft), StringComparison.Ordinal);
        Assert.Contains(command, HookOf(draft, "PostToolUse").Command, StringComparison.Ordinal);
    }

    private static (string Matcher, string Command) HookOf(WorkflowDraft draft, string eventName)
    {
        using var json = JsonDocument.Parse(WorkflowWriters.For(WorkflowFormat.Hook).Write(draft));
        var ofEvent = Assert.Single(
            Assert.Single(json.RootElement.EnumerateObject(), property => property.Name == "hooks").Value.EnumerateObject()
        );
        Assert.Equal(eventName, ofEvent.Name);
        var entry = Assert.Single(ofEvent.Value.EnumerateArray());
        Assert.Equal(["hooks", "matcher"], entry.EnumerateObject().Select(property => property.Name).Order());
        var hook = Assert.Single(entry.GetProperty("hooks").EnumerateArray());
        Assert.Equal(["command", "timeout", "type"], hook.EnumerateObject().Select(property => property.Name).Order());
        Assert.Equal("command", hook.GetProperty("type").GetString());
        Assert.InRange(hook.GetProperty("timeout").GetInt32(), 1, 3600);
        return (entry.GetProperty("matcher").GetString()!, hook.GetProperty("command").GetString()!);
    }

    private string Write(WorkflowDraft draft, WorkflowFormat format)
    {
        var name = WorkflowWriters.For(format).FileOf(draft);
        WorkflowWriters.WriteFile(draft, format, Path.Combine(_folder, name));
        return name;
    }

    private static WorkflowDraft WithParts(Func<PatternApproval, PatternApproval>? change = null)
    {
        var calls = new RecordedCalls();
        foreach (var (number, session) in Sessions().Index())
            calls.Bash(session, "echo a").Bash(session, $"echo {number}");
        var part = Drafts.Approved("Bash(echo <number>)", Sessions());
        return new WorkflowDrafter(calls, new Drafts.OneRun(new ActivityOptions { Model = ActivityModel.Adaptive })).Draft(
            Drafts.Approved("Bash(echo a)→Bash(echo <number>)", Sessions()),
            [change is null ? part : change(part)]
        );
    }

    private (int ExitCode, string Output, string Error) Hook(string command, string file)
    {
        var told = Path.Combine(_folder, "event.json");
        File.WriteAllText(told, JsonSerializer.Serialize(new { tool_input = new { file_path = file } }));
        return Run("sh", "-c", $"( {command} ) < {told}");
    }

    private (int ExitCode, string Output, string Error) Bash(string command) => Run("bash", "-c", command);

    private (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
