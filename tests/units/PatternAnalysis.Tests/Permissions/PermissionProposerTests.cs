using System.Text.RegularExpressions;
using CsCheck;
using PatternAnalysis.Danger;
using PatternAnalysis.Permissions;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Permissions;

public sealed class PermissionProposerTests
{
    private static readonly DangerAssessor s_assessor = new(DangerRuleSet.BuiltIn);
    private static readonly AgentRuleSyntax s_claude = AgentRuleSyntax.Of("Bash")!;

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
        var proposed = Propose(Variants(prefix)).Where(rule => rule.IsProposed && rule.Rule.EndsWith(":*)", StringComparison.Ordinal));

        Assert.True(HostileCompletions.Words.Count >= 100);
        Assert.All(
            proposed,
            rule =>
            {
                var begin = rule.Rule["Bash(".Length..^":*)".Length];
                foreach (var completion in HostileCompletions.Words.Select(word => $"{begin} {word}"))
                {
                    var script = ShellReader.Read(completion, ShellDialect.Posix);
                    if (s_claude.Admits(script))
                        Assert.Equal(DangerLevel.Safe, s_assessor.AssessScript(script).Level);
                }
            }
        );
    }

    [Theory]
    [InlineData("git status")]
    [InlineData("git rev-parse")]
    [InlineData("ls")]
    [InlineData("docker ps")]
    [InlineData("which")]
    public void What_only_shows_something_gets_one_rule_for_all_that_begins_so_and_a_hundred_hostile_completions_pass_it_unharmed(
        string prefix
    )
    {
        var rule = Assert.Single(Propose(Variants(prefix)));

        Assert.Equal(($"Bash({prefix}:*)", null), (rule.Rule, rule.Refusal));
        Assert.Equal(5, rule.LetsThrough.Length);
        Assert.All(rule.LetsThrough, command => Assert.StartsWith($"{prefix} ", command, StringComparison.Ordinal));
        var admitted = HostileCompletions
            .Words.Select(word => ShellReader.Read($"{prefix} {word}", ShellDialect.Posix))
            .Where(s_claude.Admits)
            .ToArray();
        Assert.True(admitted.Length >= 100);
        Assert.All(admitted, script => Assert.Equal(DangerLevel.Safe, s_assessor.AssessScript(script).Level));
    }

    [Theory]
    [InlineData("find", "find -delete")]
    [InlineData("git log", "git log --output=README.md")]
    [InlineData("go test", "go test -exec rm {} +")]
    [InlineData("npm run lint", "npm run lint --script-shell=./x.sh")]
    [InlineData("cat", "cat x .env")]
    [InlineData("rg", "rg --pre ./x.sh")]
    [InlineData("kubectl get", "kubectl get --kubeconfig=/tmp/x")]
    [InlineData("gh pr list", "gh pr list --json x --jq env")]
    [InlineData("git stash list", "git stash list --output=README.md")]
    [InlineData("git rev-list", "git rev-list --output=README.md")]
    [InlineData("test", "test -v 'a[$(rm -rf .)]'")]
    public void A_rule_that_would_let_harm_through_is_refused_with_the_command_that_does_it_and_the_exact_texts_stay(
        string prefix,
        string harm
    )
    {
        var rules = Propose(Variants(prefix));

        var refused = Assert.Single(rules, rule => rule.Rule == $"Bash({prefix}:*)");
        Assert.StartsWith($"it would let through '{harm}', which is ", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(DangerLevel.Safe, s_assessor.AssessCommand($"{prefix} a", ShellDialect.Posix).Level);
        Assert.Contains(rules, rule => rule.Rule == $"Bash({prefix} a)" && rule.IsProposed);
    }

    [Theory]
    [InlineData("git status 2>&1", true, true, false)]
    [InlineData("git status >/dev/null", true, true, false)]
    [InlineData("git status > README.md", false, false, false)]
    [InlineData("git status >> ~/.bashrc", false, false, false)]
    [InlineData("git status && rm -rf .", false, false, false)]
    [InlineData("git status | sh", false, false, false)]
    [InlineData("git status & rm x", false, false, false)]
    [InlineData("git status\nrm x", false, false, false)]
    [InlineData("git status $(rm -rf .)", false, false, false)]
    [InlineData("git status \"`rm -rf .`\"", false, false, false)]
    [InlineData("git status <(rm x)", false, false, false)]
    [InlineData("git status ${x@P}", false, false, false)]
    [InlineData("git status $HOME", true, true, false)]
    [InlineData("git status *", true, true, false)]
    [InlineData("git status '*'", true, true, true)]
    [InlineData("find . -exec rm {} +", true, true, true)]
    [InlineData("git status -s", true, true, true)]
    [InlineData("timeout 60 git status", true, true, true)]
    [InlineData("env A=b git status", true, true, true)]
    [InlineData("A=b git status", true, true, false)]
    [InlineData("git status 2>/dev/null", true, true, false)]
    public void An_agent_asks_in_spite_of_a_rule_where_it_says_so_and_nowhere_else(string command, bool claude, bool gemini, bool codex)
    {
        var script = ShellReader.Read(command, ShellDialect.Posix);

        Assert.Equal(
            (claude, gemini, codex),
            (s_claude.Admits(script), AgentRuleSyntax.Of("run_shell_command")!.Admits(script), AgentRuleSyntax.Of("shell")!.Admits(script))
        );
    }

    [Fact]
    public void An_agent_without_exact_rules_gets_none_for_what_is_harmless_only_as_it_stands()
    {
        string[] commands = ["git status", "git status -s", "git log -n 5", "git show 'a b'"];

        var gemini = Propose(commands.SelectMany(command => InSessions(3, command, "run_shell_command")));
        var codex = Propose(commands.SelectMany(command => InSessions(3, command, "exec_command")));

        Assert.Equal(["run_shell_command(git status)"], gemini.Where(rule => rule.IsProposed).Select(rule => rule.Rule));
        Assert.Equal(
            ["prefix_rule(pattern=[\"git\", \"status\"], decision=\"allow\")"],
            codex.Where(rule => rule.IsProposed).Select(rule => rule.Rule)
        );
        Assert.Contains(codex, rule => rule.Rule == "prefix_rule(pattern=[\"git\", \"show\", \"a b\"], decision=\"allow\")");
        Assert.Equal(("Gemini CLI", "Codex"), (gemini[0].Agent, codex[0].Agent));
    }

    [Theory]
    [InlineData("find . -name x.cs 2>/dev/null")]
    [InlineData("go test ./... 2>&1")]
    [InlineData("timeout 60 npm test")]
    [InlineData("CI=1 npm test")]
    [InlineData("env CI=1 npm test")]
    [InlineData("git status 2>&1")]
    [InlineData("echo $HOME")]
    public void A_rule_of_plain_words_is_not_proposed_for_a_command_that_is_more_than_its_words(string command)
    {
        var rule = Assert.Single(Propose(InSessions(3, command, "exec_command")));

        Assert.Equal("Codex has no rule that is about this alone", rule.Refusal);
        Assert.DoesNotContain("prefix_rule", rule.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_the_agent_asks_for_in_spite_of_a_prefix_keeps_a_rule_of_its_own_and_is_not_counted_there()
    {
        var rules = Propose([.. Variants("git status"), .. InSessions(5, "git status > out.txt")]);

        var prefix = Assert.Single(rules, rule => rule.Rule == "Bash(git status:*)");
        Assert.Equal((null, 3, 12), (prefix.Refusal, prefix.SessionCount, prefix.CallCount));
        Assert.DoesNotContain(prefix.Seen, command => command.Contains('>', StringComparison.Ordinal));
        Assert.Contains(rules, rule => rule.Rule == "Bash(git status > out.txt)" && rule.SessionCount == 5);
    }

    [Fact]
    public void What_any_danger_rule_names_speaks_against_a_rule_that_would_let_it_through()
    {
        var rules = DangerRuleSet.BuiltIn.Rules.Where(rule => rule.Command is { Programs.Count: > 0, IsAboutEveryKnown: false }).ToArray();
        string[] prefixes =
        [
            .. rules
                .Where(rule => rule.Level == DangerLevel.Safe)
                .SelectMany(rule =>
                    rule.Command!.Programs.Take(1)
                        .SelectMany(program => rule.Command.SubCommands.Select(sub => $"{program} {sub}").Prepend(program))
                )
                .Distinct(),
        ];
        var tried = 0;
        foreach (var prefix in prefixes)
        {
            var proposed = Propose(Variants(prefix)).Where(rule => rule.IsProposed && rule.Rule == $"Bash({prefix}:*)");
            foreach (var _ in proposed)
            {
                foreach (var words in WordsOf(prefix.Split(' ')[0]))
                {
                    var script = ShellReader.Read($"{prefix} {words}", ShellDialect.Posix);
                    Assert.True(
                        !s_claude.Admits(script) || s_assessor.AssessScript(script).Level == DangerLevel.Safe,
                        script.Segments[0].Text
                    );
                    tried++;
                }
            }
        }

        Assert.True(tried > 100, $"{tried}");

        IEnumerable<string> WordsOf(string program) =>
            rules
                .Where(rule => rule.Level > DangerLevel.Safe && rule.IsAbout(program))
                .Select(rule => rule.Command!)
                .SelectMany(rule =>
                    rule.Flags.Concat(rule.SubCommands)
                        .Append(string.Join(' ', rule.AllFlags))
                        .Concat(new[] { rule.Arguments, rule.Operands, rule.OnlyArgument, rule.SubCommandPattern }.SelectMany(Found))
                )
                .SelectMany(word => new[] { word, $"{word} x", $"{word}=x", $"x {word}" });
    }

    // Whatever in an expression's text the expression finds.
    private static IEnumerable<string> Found(BoundedRegex? expression) =>
        expression is null ? [] : Regex.Matches(expression.Pattern, @"[-\w./=:~]+").Select(match => match.Value).Where(expression.IsMatch);

    [Fact]
    public void A_rule_that_somebody_adds_speaks_against_prefixes_too()
    {
        const string Own = """
            {
              "rules": [
                { "id": "own.wipe", "category": "o", "level": "destructive", "programs": ["uptime"], "flags": ["--wipe"], "why": "wipes" },
                { "id": "own.burn", "category": "o", "level": "destructive", "programs": ["pwd"], "arguments": "^(--burn|-B)$", "why": "burns" }
              ]
            }
            """;
        var proposer = new PermissionProposer(new DangerAssessor(DangerRuleSet.BuiltIn.With(Own, "own.json")));

        var rules = proposer.Propose(Variants("uptime").Concat(Variants("pwd")));

        Assert.Equal(
            "it would let through 'uptime --wipe', which is destructive: wipes",
            Assert.Single(rules, rule => rule.Rule == "Bash(uptime:*)").Refusal
        );
        Assert.Equal(
            "it would let through 'pwd --burn', which is destructive: burns",
            Assert.Single(rules, rule => rule.Rule == "Bash(pwd:*)").Refusal
        );
        Assert.Contains(Propose(Variants("uptime")), rule => rule.Rule == "Bash(uptime:*)" && rule.IsProposed);
    }

    [Fact]
    public void Nothing_is_proposed_for_an_agent_whose_reading_of_rules_is_not_known()
    {
        var rule = Assert.Single(Propose(InSessions(3, "git status", "run_in_terminal")));

        Assert.Equal(("unknown", "how this agent reads rules is not known"), (rule.Agent, rule.Refusal));
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

        // The property is not about nothing.
        Assert.True(rules.Count(rule => rule.Rule.EndsWith(":*)", StringComparison.Ordinal)) >= 5);
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

                        var script = ShellReader.Read(completion, ShellDialect.Posix);
                        if (s_claude.Admits(script))
                            Assert.True(s_assessor.AssessScript(script).Level == DangerLevel.Safe, completion);
                    }
                },
                iter: 2000,
                seed: "0000KX1vKdR1"
            );
    }

    // As the agent reads its settings: an exact text, or all that begins with the same words.
    private static bool Matches(string rule, string command) =>
        rule.EndsWith(":*)", StringComparison.Ordinal)
            ? $"{command} ".StartsWith(rule["Bash(".Length..^":*)".Length] + " ", StringComparison.Ordinal)
            : rule == $"Bash({command})";

    private static IReadOnlyList<PermissionRule> Propose(IEnumerable<CommandUse> uses) => new PermissionProposer(s_assessor).Propose(uses);

    private static IEnumerable<CommandUse> InSessions(int count, string command, string tool = "Bash") =>
        Enumerable.Range(0, count).Select(i => new CommandUse($"s{i}", tool, command));

    private static IEnumerable<CommandUse> Variants(string prefix) =>
        new[] { prefix, $"{prefix} a", $"{prefix} b", $"{prefix} c" }.SelectMany(command => InSessions(3, command));
}
