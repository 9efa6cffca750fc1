using PatternAnalysis.Automations;
using PatternAnalysis.Storage.Automations;

namespace PatternAnalysis.Storage.Tests.Automations;

public sealed class AutomationFinderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("automations-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Skills_commands_hooks_rules_and_tasks_of_a_project_are_found()
    {
        Write(
            "project/.claude/skills/ship/SKILL.md",
            "---\nname: commit\ndescription: x\n---\nRun `git status`.\n```bash\n# first\n$ git add -A\ngit commit\n```\n"
        );
        Write("project/.claude/commands/git/review.md", "Look at !`git diff`.\n");
        Write(
            "project/.claude/settings.json",
            """
            { // ours
              "hooks": { "PostToolUse": [ { "matcher": "Edit|Write", "hooks": [ { "type": "command", "command": "npm run lint" } ] } ] },
              "permissions": { "allow": [ "Bash(npm test)", "Read" ] },
            }
            """
        );
        Write("project/package.json", """{ "scripts": { "lint": "eslint . && prettier --check ." } }""");
        Write("project/Makefile", "CC := gcc\n.PHONY: all\nall: build\n\t@go build ./...\n\tgo vet ./...\nclean:\n\trm -rf out\n");
        Write("project/justfile", "default:\n    just --list\ntest *args:\n    cargo test {{args}}\n");
        Write("project/mise.toml", "[tools]\nnode = \"20\"\n[tasks]\nfmt = \"dprint fmt\"\n[tasks.lint]\nrun = [\"eslint .\", \"tsc\"]\n");

        var search = AutomationFinder.InProject(Path.Combine(_folder, "project"));

        Assert.Empty(search.Skipped);
        Assert.Equal(
            [
                "AllowRule Bash(npm test): npm test",
                "AllowRule Read: ",
                "Hook PostToolUse(Edit|Write): npm run lint",
                "Skill commit: git status|git add -A|git commit",
                "SlashCommand /git:review: git diff",
                "Task just default: just --list",
                "Task just test: cargo test {{args}}",
                "Task make all: go build ./...|go vet ./...",
                "Task make clean: rm -rf out",
                "Task mise run fmt: dprint fmt",
                "Task mise run lint: eslint .|tsc",
                "Task npm run lint: eslint . && prettier --check .",
            ],
            search.Found.Select(found => $"{found}: {string.Join('|', found.Commands)}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_can_not_be_read_is_counted_and_the_rest_is_found()
    {
        Write("project/package.json", "{ not json");
        Write("project/Makefile", "all:\n\tgo build\n");
        Write("secret/Makefile", "all:\n\tcat key\n");
        File.CreateSymbolicLink(Path.Combine(_folder, "project", "justfile"), Path.Combine(_folder, "secret", "Makefile"));
        Directory.CreateDirectory(Path.Combine(_folder, "project", ".claude"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "project", ".claude", "skills"), Path.Combine(_folder, "secret"));

        var search = AutomationFinder.InProject(Path.Combine(_folder, "project"));

        Assert.Equal("make all", Assert.Single(search.Found).Name);
        Assert.Collection(
            search.Skipped,
            line => Assert.Contains("package.json", line, StringComparison.Ordinal),
            line => Assert.Contains("leads out of the folder", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_routine_is_covered_by_what_names_all_of_its_commands_and_least_besides()
    {
        var matcher = new AutomationMatcher([
            new(AutomationKind.Skill, "release", "a", ["git status", "git add -A", "git commit", "git push"]),
            new(AutomationKind.Skill, "commit", "b", ["git status", "git add .", "git commit -m x"]),
            new(AutomationKind.AllowRule, "Bash(git:*)", "c", ["git add", "git commit"]),
        ]);

        Assert.Equal("commit", matcher.FindCover(["git add src/a.cs", "git commit -m 'why'"])?.Name);
        Assert.Equal("release", matcher.FindCover(["git commit -m x", "git push origin main"])?.Name);
        Assert.Null(matcher.FindCover(["git commit -m x", "npm publish"]));
        Assert.Null(matcher.FindCover([]));
    }

    [Theory]
    [InlineData(AutomationKind.Skill, "commit", "Skill(commit)", true)]
    [InlineData(AutomationKind.Skill, "commit", "Skill(comm)", false)]
    [InlineData(AutomationKind.SlashCommand, "/review", "SlashCommand(/review)", true)]
    [InlineData(AutomationKind.Task, "npm run lint", "cd app && npm  run lint -- --fix", true)]
    [InlineData(AutomationKind.Task, "npm run lint", "npm run lint:fix", false)]
    public void A_use_of_an_automation_is_known_by_its_name(AutomationKind kind, string name, string command, bool isUse) =>
        Assert.Equal(isUse, AutomationMatcher.IsUse(new ExistingAutomation(kind, name, "x", ["y"]), command));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
