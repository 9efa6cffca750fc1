using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

public class DangerRuleSetTests
{
    private const string Rule =
        """{ "id": "own.deploy", "category": "own", "level": "destructive", "programs": ["deploy.sh"], "why": "deploys" }""";

    private static DangerVerdict Assess(DangerRuleSet rules, string command) =>
        new DangerAssessor(rules).AssessCommand(command, ShellDialect.Posix);

    [Fact]
    public void The_built_in_rules_are_valid_and_speak_for_themselves()
    {
        var assembly = typeof(DangerRuleSet).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Danger.Rules.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            RuleFileReader.Read(reader.ReadToEnd(), name, validatesPatterns: true);
        }

        Assert.True(DangerRuleSet.BuiltIn.Rules.Count > 100);
        Assert.Equal(DangerRuleSet.BuiltIn.Rules.Count, DangerRuleSet.BuiltIn.Rules.DistinctBy(rule => rule.Id).Count());
        Assert.All(DangerRuleSet.BuiltIn.Rules, rule => Assert.Matches("^[a-z]+\\.[a-z-]+$", rule.Id));
    }

    [Fact]
    public void Every_category_has_rules() =>
        Assert.Equal(
            ["databases", "files", "git", "harmless", "indirect", "infrastructure", "packages", "publish", "secrets", "system", "tools"],
            DangerRuleSet.BuiltIn.Rules.Select(rule => rule.Category).Distinct().Order(StringComparer.Ordinal)
        );

    [Fact]
    public void A_file_adds_rules()
    {
        var rules = DangerRuleSet.BuiltIn.With($$"""{ "rules": [{{Rule}}] }""", "own.json");

        Assert.Equal("own.deploy", Assess(rules, "cd x && ./deploy.sh --prod").RuleId);
        Assert.Equal("files.remove-recursive", Assess(rules, "rm -rf x").RuleId);
        Assert.Equal("unknown.program", Assess(DangerRuleSet.BuiltIn, "./deploy.sh").RuleId);
    }

    [Fact]
    public void A_file_disables_rules()
    {
        var rules = DangerRuleSet.BuiltIn.With("""{ "disable": ["system.kill", "system.kill-plain"] }""", "own.json");

        var verdict = Assess(rules, "kill -9 1");

        Assert.Equal(("unknown.program", "system.kill"), (verdict.RuleId, verdict.DisabledRuleId));
        Assert.Empty(DangerRuleSet.BuiltIn.Disabled);
    }

    [Theory]
    [InlineData("destructive", true)]
    [InlineData("unknown", false)]
    public void A_rule_that_is_defined_anew_stands_behind_its_old_verdicts_only_at_the_same_level(string level, bool isInForce)
    {
        var verdict = Assess(DangerRuleSet.BuiltIn, "kill -9 1");
        var rules = DangerRuleSet.BuiltIn.With(
            $$"""
            { "disable": ["system.kill"], "rules": [
              { "id": "system.kill", "category": "system", "level": "{{level}}", "programs": ["kill"], "why": "ends a process" }] }
            """,
            "own.json"
        );

        Assert.Equal(("system.kill", true), (verdict.RuleId, DangerRuleSet.BuiltIn.IsInForce(verdict)));
        Assert.Equal(isInForce, rules.IsInForce(verdict));
    }

    [Fact]
    public void A_disabled_rule_may_be_defined_anew()
    {
        var rules = DangerRuleSet.BuiltIn.With(
            """
            {
              // node_modules is had again in a minute
              "disable": ["files.remove-recursive", "files.remove", "files.remove-scratch"],
              "rules": [
                { "id": "files.remove", "category": "files", "level": "destructive", "programs": ["rm"],
                  "unlessOperands": "^(\\./)?node_modules/?$", "why": "deletes" },
                { "id": "own.modules", "category": "own", "level": "safe", "programs": ["rm"], "why": "only node_modules comes here" },
              ],
            }
            """,
            "own.json"
        );

        Assert.Equal(DangerLevel.Safe, Assess(rules, "rm -rf node_modules").Level);
        Assert.Equal("files.remove", Assess(rules, "rm -rf node_modules src").RuleId);
        Assert.Equal(["files.remove-recursive", "files.remove-scratch"], rules.Disabled.Select(rule => rule.Id));
    }

    [Fact]
    public void What_a_disabled_rule_would_have_said_is_said_with_the_verdict()
    {
        var rules = DangerRuleSet.BuiltIn.With(
            """
            {
              "disable": ["git.push-force", "git.push-refspec"],
            }
            """,
            "own.json"
        );

        var verdict = Assess(rules, "git status && git push --force");

        Assert.Equal((DangerLevel.Safe, null, "git.push-force"), (verdict.Level, verdict.RuleId, verdict.DisabledRuleId));
        Assert.Contains("the rule 'git.push-force' (destructive:", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("is disabled", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal("git push --force", verdict.Segment);
        Assert.Equal(DangerVerdict.Safe, Assess(rules, "git status"));
    }

    [Fact]
    public void Of_equal_verdicts_the_first_is_shown_whatever_a_disabled_rule_says_of_a_later_one()
    {
        var rules = DangerRuleSet.BuiltIn.With("""{ "disable": ["system.kill", "system.kill-plain", "git.push-force"] }""", "own.json");

        Assert.Equal(("nobodyknows", null), Shown(Assess(rules, "nobodyknows; kill -9 1")));
        Assert.Equal(("kill -9 1", "system.kill"), Shown(Assess(rules, "kill -9 1; nobodyknows")));
        Assert.Equal(("nobodyknows", null), Shown(Assess(rules, "git status && git push --force; nobodyknows")));

        static (string?, string?) Shown(DangerVerdict verdict) => (verdict.Segment, verdict.DisabledRuleId);
    }

    [Fact]
    public void A_rule_and_a_verdict_say_what_they_are_in_a_line()
    {
        var rule = DangerRuleSet.BuiltIn.Rules.Single(rule => rule.Id == "git.push-force");
        var verdict = Assess(DangerRuleSet.BuiltIn, "git push --force");

        Assert.Equal("Destructive git.push-force (git)", rule.ToString());
        Assert.Equal("destructive [git.push-force]: git push --force", verdict.ToString());
        Assert.Equal("safe", DangerVerdict.Safe.ToString());
        Assert.Equal("unknown [a]", new DangerVerdict(DangerLevel.Unknown, "a", null, null, null).ToString());
        Assert.Equal((rule.Category, rule.Why), (verdict.Category, verdict.Reason));
    }

    [Fact]
    public void The_worse_of_two_verdicts_counts_and_of_equals_the_first_that_says_something()
    {
        var (unknown, other) = (Assess(DangerRuleSet.BuiltIn, "nobodyknows"), Assess(DangerRuleSet.BuiltIn, "nobodyelse"));
        var destructive = Assess(DangerRuleSet.BuiltIn, "git push --force");
        var noted = DangerVerdict.Safe with { Reason = "a rule is disabled" };

        Assert.Same(destructive, DangerVerdict.Worst(unknown, destructive));
        Assert.Same(destructive, DangerVerdict.Worst(destructive, unknown));
        Assert.Same(unknown, DangerVerdict.Worst(unknown, other));
        Assert.Same(noted, DangerVerdict.Worst(DangerVerdict.Safe, noted));
        Assert.Same(noted, DangerVerdict.Worst(noted, DangerVerdict.Safe));
    }

    [Theory]
    [InlineData("""{ "rules": [{ "id": 1 }] }""", null, "id")]
    [InlineData("""{ "rules": [{ "id": "a" }] }""", "a", "category")]
    [InlineData("""{ "disable": 1 }""", null, "disable")]
    [InlineData("[]", null, null)]
    public void A_failure_tells_the_rule_and_the_field_apart(string json, string? rule, string? field)
    {
        // What is asked first of a rule without most of its fields is that it says what it is about.
        var failure = Assert.Throws<DangerRuleException>(() =>
            DangerRuleSet.BuiltIn.With(json.Replace("\"a\"", "\"a\", \"programs\": [\"z\"]", StringComparison.Ordinal), "own.json")
        );

        Assert.Equal((rule, field), (failure.RuleId, failure.Field));
    }

    [Fact]
    public void A_file_may_name_its_schema_and_have_words_for_people()
    {
        var rules = DangerRuleSet.BuiltIn.With($$"""{ "$schema": "x", "comment": ["words"], "rules": [{{Rule}}] }""", "own.json");

        Assert.Equal("own.deploy", rules.Rules[^1].Id);
        Assert.NotEqual(DangerRuleSet.BuiltIn.Fingerprint, rules.Fingerprint);
    }

    [Fact]
    public void The_worse_of_a_tool_and_of_the_file_that_it_writes_decides()
    {
        var rules = DangerRuleSet.BuiltIn.With(
            """{ "rules": [{ "id": "own.edit", "category": "own", "level": "destructive", "tools": ["Edit"], "why": "edits" }] }""",
            "own.json"
        );
        var payload = """{"tool_input":{"file_path":"/home/u/.bashrc"}}"""u8;

        Assert.Equal("tools.settings-file", new DangerAssessor(DangerRuleSet.BuiltIn).AssessToolUse("Edit", payload).RuleId);
        Assert.Equal("own.edit", new DangerAssessor(rules).AssessToolUse("Edit", payload).RuleId);
    }

    [Fact]
    public void A_disabled_rule_that_would_have_said_no_worse_is_not_named()
    {
        var rules = DangerRuleSet
            .BuiltIn.With($$"""{ "rules": [{{Rule.Replace("destructive", "unknown", StringComparison.Ordinal)}}] }""", "own.json")
            .With("""{ "disable": ["own.deploy"] }""", "less.json");

        var verdict = Assess(rules, "./deploy.sh");

        Assert.Equal((DangerLevel.Unknown, "unknown.program", null), (verdict.Level, verdict.RuleId, verdict.DisabledRuleId));
    }

    [Theory]
    [InlineData("""[]""", "own.json: a rule file is a JSON object")]
    [InlineData("{\n  \"rules\": [ oops ]\n}", "own.json: line 2: this is not JSON")]
    [InlineData("""{ "rule": [] }""", "own.json: field 'rule': is not known")]
    [InlineData("""{ "rules": {} }""", "own.json: field 'rules': is a list")]
    [InlineData("""{ "rules": [1] }""", "own.json: a rule is an object")]
    [InlineData("""{ "rules": [{}] }""", "own.json: field 'id': is missing")]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "bad", "programs": ["x"] }] }""",
        "own.json: rule 'a': field 'level': 'bad' is none of safe, unknown, destructive"
    )]
    [InlineData("""{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe" }] }""", "own.json: rule 'a': matches everything")]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "level": "safe", "programs": ["x"] }] }""",
        "own.json: rule 'a': field 'why': is missing"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "program": ["x"] }] }""",
        "own.json: rule 'a': field 'program': is not known"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": "x" }] }""",
        "own.json: rule 'a': field 'programs': is a list"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "flags": ["f"] }] }""",
        "own.json: rule 'a': field 'flags': 'f' does not begin with '-'"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "arguments": "(" }] }""",
        "own.json: rule 'a': field 'arguments': is not a regular expression"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "arguments": "(?=a)" }] }""",
        "own.json: rule 'a': field 'arguments': is not a regular expression that can be used"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "shells": ["tcsh"] }] }""",
        "own.json: rule 'a': field 'shells': 'tcsh' is none of posix, powershell"
    )]
    [InlineData(
        """{ "rules": [{ "id": "git.read", "category": "c", "why": "w", "level": "safe", "programs": ["x"] }] }""",
        "own.json: rule 'git.read': field 'id': a rule with this id exists"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "destructive", "programs": ["x"], "overrides": true }] }""",
        "own.json: rule 'a': field 'overrides': is for safe rules that name their programs"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "flags": ["-x"], "overrides": true }] }""",
        "own.json: rule 'a': field 'overrides': is for safe rules that name their programs"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "empties": 1 }] }""",
        "own.json: rule 'a': field 'empties': is true or false"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "minimumOperands": 0 }] }""",
        "own.json: rule 'a': field 'minimumOperands': is a whole number above 0"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "maximumOperands": 1.5 }] }""",
        "own.json: rule 'a': field 'maximumOperands': is a whole number above 0"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "maximumOperands": "1" }] }""",
        "own.json: rule 'a': field 'maximumOperands': is a whole number above 0"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "usualTasks": "nowhere" }] }""",
        "own.json: rule 'a': field 'usualTasks': 'nowhere' is none of "
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "usualTasks": "1" }] }""",
        "own.json: rule 'a': field 'usualTasks': '1' is none of "
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": [] }] }""",
        "own.json: rule 'a': field 'programs': is a list with at least one text"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": [1] }] }""",
        "own.json: rule 'a': field 'programs': has an entry that is not a text"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x", " "] }] }""",
        "own.json: rule 'a': field 'programs': has an entry that is not a text"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "arguments": 1 }] }""",
        "own.json: rule 'a': field 'arguments': is a regular expression, a text"
    )]
    [InlineData(
        """{ "rules": [{ "id": "a", "category": "c", "why": "w", "level": "safe", "programs": ["x"], "programs": ["y"] }] }""",
        "own.json: rule 'a': field 'programs': is there twice"
    )]
    [InlineData("""{ "disable": [1] }""", "own.json: field 'disable': is a list of rule ids")]
    [InlineData("""{ "disable": ["git.raed"] }""", "own.json: field 'disable': there is no rule 'git.raed'")]
    public void A_wrong_file_is_refused_with_the_rule_and_the_field(string json, string message)
    {
        var failure = Assert.Throws<DangerRuleException>(() => DangerRuleSet.BuiltIn.With(json, "own.json"));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}
