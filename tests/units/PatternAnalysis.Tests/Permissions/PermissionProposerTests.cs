using CsCheck;
using PatternAnalysis.Danger;
using PatternAnalysis.Permissions;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Permissions;

public sealed class PermissionProposerTests
{
    private static readonly DangerAssessor s_assessor = new(DangerRuleSet.BuiltIn);

    [Fact]
    public void A_safe_command_of_enough_sessions_gets_a_rule_for_its_exact_text()
    {
        var rule = Assert.Single(Propose(InSessions(4, "npm test")));

        Assert.Equal("Bash(npm test)", rule.Rule);
        Assert.Equal((4, 4, null), (rule.SessionCount, rule.CallCount, rule.Refusal));
    }

    [Fact]
    public void A_command_of_fewer_sessions_gets_none() => Assert.Empty(Propose(InSessions(2, "npm test")));

    [Fact]
    public void A_command_that_was_dangerous_once_gets_none() =>
        Assert.DoesNotContain(
            Propose([.. InSessions(9, "npm test"), new CommandUse("s1", "Bash", "npm test && rm -rf build")]),
            rule => rule.Rule == "Bash(npm test)"
        );

    [Fact]
    public void Every_part_of_a_compound_command_gets_a_rule_of_its_own() =>
        Assert.Equal(
            ["Bash(git diff)", "Bash(git status)"],
            Propose(InSessions(3, "git status && git diff")).Select(rule => rule.Rule).Order()
        );

    [Fact]
    public void Variants_of_one_command_give_a_rule_for_what_they_begin_with_unless_it_lets_harm_through()
    {
        var rules = Propose([
            .. InSessions(3, "git branch"),
            .. InSessions(3, "git branch -a"),
            .. InSessions(3, "git branch -v"),
            .. InSessions(3, "git branch --list"),
        ]);

        var prefix = Assert.Single(rules, rule => rule.Rule == "Bash(git branch:*)");
        Assert.False(prefix.IsProposed);
        Assert.Contains("git branch -", prefix.Refusal, StringComparison.Ordinal);
        Assert.Contains(rules, rule => rule.Rule == "Bash(git branch -a)" && rule.IsProposed);
    }

    [Fact]
    public void A_text_that_the_rules_syntax_would_read_otherwise_gets_none() =>
        Assert.Empty(Propose([.. InSessions(3, "ls *.cs"), .. InSessions(3, "echo \"a\"")]));

    [Fact]
    public void A_tool_of_a_server_is_named_when_it_is_known_to_only_read()
    {
        var rules = Propose(
            Enumerable
                .Range(0, 3)
                .SelectMany(i =>
                    new[]
                    {
                        new CommandUse($"s{i}", "mcp__tracker__get_issue", null),
                        new CommandUse($"s{i}", "mcp__tracker__delete_issue", null),
                        new CommandUse($"s{i}", "Read", null),
                    }
                )
        );

        Assert.Equal(["mcp__tracker__get_issue"], rules.Select(rule => rule.Rule));
    }

    public static TheoryData<string> Prefixes =>
        new(
            "git status",
            "git log",
            "git diff",
            "git show",
            "git",
            "npm run",
            "npm test",
            "npm run test",
            "ls",
            "cat",
            "find",
            "rg",
            "grep",
            "sed -n",
            "awk",
            "go test",
            "go build",
            "cargo test",
            "cargo check",
            "dotnet test",
            "dotnet build",
            "pytest",
            "python -m pytest",
            "make",
            "make test",
            "docker ps",
            "kubectl get",
            "gh pr view",
            "gh pr list",
            "tsc",
            "eslint",
            "prettier",
            "jq",
            "head",
            "tail",
            "wc",
            "sort",
            "echo",
            "pwd",
            "which"
        );

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void No_proposed_rule_lets_a_hostile_completion_through(string prefix)
    {
        var proposed = Propose([
                .. InSessions(3, prefix),
                .. InSessions(3, $"{prefix} a"),
                .. InSessions(3, $"{prefix} b"),
                .. InSessions(3, $"{prefix} c"),
            ])
            .Where(rule => rule.IsProposed && rule.Rule.EndsWith(":*)", StringComparison.Ordinal));

        Assert.True(HostileCompletions.Words.Count >= 100);
        Assert.All(
            proposed,
            rule =>
            {
                var begin = rule.Rule["Bash(".Length..^":*)".Length];
                foreach (var completion in HostileCompletions.Words.Select(word => $"{begin} {word}"))
                {
                    var script = ShellReader.Read(completion, ShellDialect.Posix);
                    if (script.Segments.Count(segment => segment.Depth == 0) == 1)
                        Assert.Equal(DangerLevel.Safe, s_assessor.AssessScript(script).Level);
                }
            }
        );
    }

    // Other words than those that the product tries: put together at random, in any order.
    private static readonly string[] s_words =
    [
        "-x",
        "-f",
        "-rf",
        "-i",
        "-o",
        "-w",
        "-c",
        "-e",
        "-D",
        "-X",
        "--output",
        "--output=/etc/cron.d/x",
        "--exec",
        "--delete",
        "--force",
        "--amend",
        "--fix",
        "--write",
        "--watch",
        "--config=x",
        "--ignore-scripts=false",
        "--build-arg",
        "/",
        "~",
        "..",
        "README.md",
        "src",
        "HEAD~3",
        "origin",
        "main",
        "rm",
        "sh",
        "push",
        "deploy",
        "reset",
        "install",
        "prune",
        "delete",
        "test",
        "http://localhost/",
        "'$(rm -rf .)'",
        "\"$(rm -rf .)\"",
        "$HOME",
        "<(curl http://localhost/)",
        "2>README.md",
        ">&/etc/passwd",
        "@/etc/passwd",
        "DELETE",
        "{}",
    ];

    [Fact]
    public void Nothing_that_is_not_known_to_be_safe_passes_a_proposed_rule_whatever_stands_behind_it()
    {
        var rules = Propose(
                ((IEnumerable<string>)Prefixes)
                    .SelectMany(prefix => new[] { prefix, $"{prefix} a", $"{prefix} b", $"{prefix} c" })
                    .SelectMany(command => InSessions(3, command))
            )
            .Where(rule => rule.IsProposed)
            .ToArray();
        string[] begins = [.. rules.Select(rule => rule.Rule["Bash(".Length..^1])];

        // At least the exact texts of programs that only show something: the property is not about nothing.
        Assert.True(begins.Length >= 10);
        Gen.Int[0, s_words.Length - 1]
            .Select(number => s_words[number])
            .Array[0, 4]
            .Sample(
                words =>
                {
                    foreach (var begin in begins)
                    {
                        var completion = string.Join(' ', words.Prepend(begin.Replace(":*", "", StringComparison.Ordinal)));
                        if (!rules.Any(rule => Matches(rule.Rule, completion)))
                            continue;

                        // The agent asks for a second command by itself; what it does not see is in the first one.
                        var script = ShellReader.Read(completion, ShellDialect.Posix);
                        if (script.Segments.Count(segment => segment.Depth == 0) == 1)
                            Assert.True(s_assessor.AssessScript(script).Level == DangerLevel.Safe, completion);
                    }
                },
                iter: 2000,
                seed: "0000KX1vKdR1"
            );
    }

    // As an agent reads its settings: an exact text, or all that begins with one.
    private static bool Matches(string rule, string command) =>
        rule.EndsWith(":*)", StringComparison.Ordinal)
            ? command.StartsWith(rule["Bash(".Length..^":*)".Length], StringComparison.Ordinal)
            : rule == $"Bash({command})";

    private static IReadOnlyList<PermissionRule> Propose(IEnumerable<CommandUse> uses) => new PermissionProposer(s_assessor).Propose(uses);

    private static IEnumerable<CommandUse> InSessions(int count, string command) =>
        Enumerable.Range(0, count).Select(i => new CommandUse($"s{i}", "Bash", command));
}
