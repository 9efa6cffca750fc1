using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>Each field of a rule of a rule file decides what it is about.</summary>
public class RuleFieldTests
{
    private static DangerRuleSet With(string fields, string level = "destructive") =>
        DangerRuleSet.BuiltIn.With(
            $$"""
            { "disable": ["databases.query", "databases.query-in-container"],
              "rules": [{ "id": "own.rule", "category": "own", "level": "{{level}}", "why": "of a file", {{fields}} }] }
            """,
            "own.json"
        );

    private static bool Matches(string fields, string command, ShellDialect dialect = ShellDialect.Posix) =>
        new DangerAssessor(With(fields)).AssessSegments(ShellReader.Read(command, dialect)).Any(verdict => verdict.RuleId == "own.rule");

    [Theory]
    [InlineData("\"programs\": [\"zap\", \"zip2\"]", "zap a|zip2|/usr/bin/ZAP", "zop|echo zap")]
    [InlineData("\"programs\": [\"*\"], \"flags\": [\"--zap\"]", "git status --zap|ls --zap", "nobodyknows --zap")]
    [InlineData("\"withoutProgram\": true, \"writesTo\": \"zap\"", ">> zap", "zip >> zap|A=1 >> zap|{ zip; } >> zap")]
    [InlineData(
        "\"programs\": [\"git\"], \"subcommands\": [\"zap\", \"stash list\"]",
        "git zap|git stash list a|git -C a zap b",
        "git zapp|git stash|git log zap"
    )]
    [InlineData("\"programs\": [\"git\"], \"subcommandPattern\": \"^za+p$\"", "git zaap", "git zp|git zaaps|git log zap")]
    [InlineData(
        "\"programs\": [\"git\"], \"globalFlags\": [\"-z\", \"--zap\"]",
        "git -z log|git --zap=1 log",
        "git log -z|git log|git --za log"
    )]
    [InlineData(
        "\"programs\": [\"zap\"], \"flags\": [\"-z\", \"--recursive\"]",
        "zap -z|zap -az|zap --recursive|zap --recur|zap --recursive=1|zap -z5",
        "zap|zap -- -z|zap --r|zap --recursives|zap z|zap -Z|zap --z"
    )]
    [InlineData("\"programs\": [\"zap\"], \"allFlags\": [\"-y\", \"-z\"]", "zap -yz|zap -y a -z", "zap -y|zap -z|zap")]
    [InlineData(
        "\"programs\": [\"zap\"], \"unlessFlags\": [\"-n\", \"--dry-run\"]",
        "zap|zap --dry|zap -- -n",
        "zap -n|zap -vn|zap --dry-run|zap --dry-run=1"
    )]
    [InlineData("\"programs\": [\"zap\"], \"arguments\": \"^--?z\"", "zap --za|zap a -z", "zap|zap a--z")]
    [InlineData("\"programs\": [\"zap\"], \"operands\": \"^z\"", "zap z|zap a -- z", "zap -z|zap a")]
    [InlineData("\"programs\": [\"zap\"], \"unlessOperands\": \"^z\"", "zap|zap a|zap z a|zap z/../a|zap $z", "zap z|zap z z2")]
    [InlineData(
        "\"programs\": [\"zap\"], \"unlessOperands\": \"^/z/\"",
        "zap a|cd /z; zap a|cd z && zap a|cd /z && zap /a|cd /z && zap ~",
        "cd /z && zap a"
    )]
    [InlineData("\"programs\": [\"zap\"], \"overwrites\": \"^/z$\"", "zap > /z|zap > //z|zap &> /z", "zap|zap >> /z|zap < /z|zap > /a")]
    [InlineData("\"programs\": [\"zap\"], \"writesTo\": \"^/z$\"", "zap > /z|zap >> /./z", "zap|zap < /z|zap > /a")]
    [InlineData("\"programs\": [\"zap\"], \"assignments\": \"^Z=\"", "Z=1 zap|env Z=1 zap", "zap|A=1 zap|zap Z=1")]
    [InlineData("\"programs\": [\"export\"], \"assignments\": \"^Z=\"", "export Z=1", "export A=1|export Z")]
    [InlineData("\"programs\": [\"zap\"], \"assignments\": \"^Z\", \"unlessAssignments\": \"=0$\"", "Z=1 zap|Z=0 Z2=1 zap", "Z=0 zap")]
    [InlineData(
        "\"programs\": [\"zap\"], \"fedBy\": [\"zip2\"]",
        "zip2 | zap|zip2 | tee a | zap|ZIP2 | zap|zip2 | a | a | a | a | a | a | a | zap",
        "zap|zip2; zap|zap | zip2|zip2 | a | a | a | a | a | a | a | a | zap"
    )]
    [InlineData("\"programs\": [\"zap\"], \"contains\": [\"zip2\"]", "zap $(zip2)|zap \"$(a | zip2)\"", "zap zip2|zap $(a)|zip2; zap")]
    [InlineData("\"programs\": [\"zap\"], \"contains\": [\"cat\"]", "zap $(< a)|zap $(cat a)", "zap < a|zap $(> a)")]
    [InlineData("\"codeFromInput\": true", "a | sh|python3|node -", "sh a|cat")]
    [InlineData("\"wrappers\": [\"sudo\", \"uv run\"]", "sudo a|uv run a|nice sudo a", "a|uv sync|nice a")]
    [InlineData(
        "\"flags\": [\"--zap\"], \"unlessPrograms\": [\"zip2\", \"git status\"]",
        "a --zap|git log --zap|git status --stdin --zap",
        "zip2 --zap|git status --zap"
    )]
    [InlineData("\"programs\": [\"zap\"], \"onlyArgument\": \"^z\"", "zap z", "zap|zap a|zap z z")]
    [InlineData("\"programs\": [\"zap\"], \"onlyFlags\": [\"--za\"]", "zap|zap --za a", "zap --zb|zap -z")]
    [InlineData("\"programs\": [\"zap\"], \"onlyLetters\": \"yz:\"", "zap|zap -yz a|zap -z5", "zap --za|zap -x")]
    [InlineData("\"programs\": [\"zap\"], \"onlyLetters\": \"y\", \"onlyFlags\": [\"--za\"]", "zap -y --za", "zap -z")]
    [InlineData("\"programs\": [\"zap\"], \"onlyOperands\": \"^z\"", "zap|zap z z2 -a", "zap a|zap z a")]
    [InlineData("\"programs\": [\"zap\"], \"minimumOperands\": 2", "zap a b|zap a b c|zap -x a b", "zap|zap a|zap a -b")]
    [InlineData("\"programs\": [\"zap\"], \"maximumOperands\": 1", "zap|zap a|zap a -b -c", "zap a b")]
    [InlineData(
        "\"programs\": [\"make\"], \"usualTasks\": \"everywhere\"",
        "make build|make build test|make V=1 build",
        "make zap|make build zap|make A=1 build|make|make $a"
    )]
    [InlineData("\"programs\": [\"npm\"], \"usualTasks\": \"subcommand\"", "npm run build zap|npm run test", "npm run zap")]
    [InlineData(
        "\"programs\": [\"nox\"], \"usualTasks\": \"BeforeDashes\"",
        "nox build -- zap|nox build ./zap",
        "nox build zap|nox zap -- build"
    )]
    [InlineData("\"programs\": [\"zap\"], \"touches\": \"(^|/)z$\"", "zap a/z|zap x=z|zap < z|zap -fz|zap a/./b/../z", "zap az|zap <<< z")]
    [InlineData("\"programs\": [\"zap\"], \"touches\": \"^z\", \"unlessTouches\": \"^z2$\"", "zap z1|zap z2 z3", "zap z2|zap a")]
    [InlineData("\"programs\": [\"zap\"], \"touchesName\": [\".zap\"]", "zap .z*|zap a/.za?", "zap .zap|zap *")]
    [InlineData("\"programs\": [\"curl\"], \"takes\": \"^z$\"", "curl -d @z a|curl z", "curl -o z a|curl a")]
    [InlineData("\"programs\": [\"curl\"], \"outputs\": \"^z$\"", "curl -o z a|curl --output=z a", "curl -d @z a|curl z")]
    [InlineData("\"programs\": [\"echo\"], \"empties\": true", "echo -n > z", "echo a > z|echo -n >> z|echo -n")]
    [InlineData("\"programs\": [\"sort\"], \"overwritesInput\": true", "sort z > z", "sort z > a|sort z >> z")]
    [InlineData("\"programs\": [\"sed\"], \"plainScript\": \"sed\"", "sed s/a/b/|sed -e p -n a", "sed e|sed -f z|sed 'w z'")]
    [InlineData(
        "\"programs\": [\"awk\"], \"plainScript\": \"Awk\"",
        "awk '{ print }' a|awk -F : '{ print }'",
        "awk '{ print > \"z\" }'|awk -f z"
    )]
    [InlineData("\"programs\": [\"psql\"], \"readingStatement\": true", "psql -c 'select 1'", "psql -c 'drop table z'|psql -f z")]
    [InlineData(
        "\"programs\": [\"docker\"], \"runs\": [\"psql\", \"zap\"]",
        "docker exec a zap|docker exec a PSQL",
        "docker exec a zip2|docker ps|docker exec a sh -c 'zap; zip2'"
    )]
    [InlineData("\"programs\": [\"zap\"], \"shells\": [\"posix\"]", "zap", "zop")]
    [InlineData("\"programs\": [\"zap\"], \"comment\": \"words\"", "zap", "zop")]
    public void A_rule_is_about_the_commands_that_its_fields_say(string fields, string about, string others)
    {
        foreach (var command in Split(about))
            Assert.True(Matches(fields, command), command);
        foreach (var command in Split(others))
            Assert.False(Matches(fields, command), command);
    }

    // A pipe with blanks around it is a part of a command.
    private static IEnumerable<string> Split(string commands) =>
        commands
            .Replace(" | ", "\0", StringComparison.Ordinal)
            .Split('|')
            .Select(text => text.Replace("\0", " | ", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"programs\": [\"zap\"], \"shells\": [\"posix\"]", ShellDialect.PowerShell, "zap", false)]
    [InlineData("\"programs\": [\"zap\"], \"shells\": [\"powershell\"]", ShellDialect.PowerShell, "zap", true)]
    [InlineData("\"programs\": [\"zap\"], \"shells\": [\"powershell\"]", ShellDialect.Posix, "zap", false)]
    [InlineData("\"programs\": [\"zap\"], \"shells\": [\"powershell\", \"posix\"]", ShellDialect.Posix, "zap", true)]
    [InlineData("\"programs\": [\"zap\"]", ShellDialect.PowerShell, "zap", true)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.PowerShell, "zap -recurse", true)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.PowerShell, "zap -r", true)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.PowerShell, "zap -rec:$true", true)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.PowerShell, "zap -Recurse:$false", false)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.PowerShell, "zap -Recursed", false)]
    [InlineData("\"programs\": [\"zap\"], \"flags\": [\"-Recurse\"]", ShellDialect.Posix, "zap -rec", false)]
    public void A_rule_is_about_the_shells_that_it_names(string fields, ShellDialect dialect, string command, bool isAbout) =>
        Assert.Equal(isAbout, Matches(fields, command, dialect));

    [Theory]
    [InlineData("zap --recur", false)]
    [InlineData("zap --recursive", true)]
    [InlineData("zap -r", false)]
    public void An_abbreviated_option_acquits_nobody(string command, bool isSafe) =>
        Assert.Equal(
            isSafe ? DangerLevel.Safe : DangerLevel.Unknown,
            new DangerAssessor(With("\"programs\": [\"zap\"], \"flags\": [\"--recursive\"]", "safe"))
                .AssessCommand(command, ShellDialect.Posix)
                .Level
        );

    [Fact]
    public void A_safe_rule_that_overrides_speaks_before_worse_ones_of_its_program()
    {
        var plain = new DangerAssessor(With("\"programs\": [\"rm\"], \"operands\": \"^z$\"", "safe"));
        var overriding = new DangerAssessor(With("\"programs\": [\"rm\"], \"operands\": \"^z$\", \"overrides\": true", "safe"));

        Assert.Equal(DangerLevel.Destructive, plain.AssessCommand("rm -rf z", ShellDialect.Posix).Level);
        Assert.Equal(DangerLevel.Safe, overriding.AssessCommand("rm -rf z", ShellDialect.Posix).Level);
        Assert.Equal(DangerLevel.Destructive, overriding.AssessCommand("rm -rf a", ShellDialect.Posix).Level);
        Assert.Equal(DangerLevel.Unknown, overriding.AssessCommand("LD_PRELOAD=a.so rm -rf z", ShellDialect.Posix).Level);
    }

    [Theory]
    [InlineData("\"tools\": [\"Zap\"]", "Zap zap", "ZapAll Zip")]
    [InlineData("\"toolWords\": [\"zap\"]", "mcp__a__zap_b zapped doZapping zaps Zap", "zapper2x azap")]
    [InlineData(
        "\"toolWords\": [\"zo\", \"carry\", \"store\"]",
        "zo zos carries carried carrying stored storer storing",
        "zoed storeing carryed"
    )]
    [InlineData("\"toolWords\": [\"fix\", \"plan\"]", "fixes fixed fixing planned planning", "fixers planneds")]
    [InlineData("\"toolVerbs\": [\"zap\", \"read\"]", "zap_b mcp__zig__zig_zap_b mcp__zig__zap issue_read", "b_zap zapped")]
    [InlineData("\"toolPattern\": \"^z.p$\"", "zap zip", "zapp")]
    [InlineData("\"toolWords\": [\"zap\"], \"unlessToolWords\": [\"try\"]", "zap_all", "zap_try zap_tries zap_tried")]
    [InlineData("\"toolWords\": [\"zap\"], \"unlessTool\": \"^zap_b\"", "zap_a", "zap_b zap_bc")]
    public void A_rule_is_about_the_tools_that_its_fields_say(string fields, string about, string others)
    {
        var assessor = new DangerAssessor(With(fields));
        foreach (var tool in about.Split(' '))
            Assert.Equal((tool, "own.rule"), (tool, assessor.AssessTool(tool).RuleId));
        foreach (var tool in others.Split(' '))
            Assert.NotEqual("own.rule", assessor.AssessTool(tool).RuleId);
    }

    [Theory]
    [InlineData("\"paths\": \"z$\"", "Edit", "/a/z", true)]
    [InlineData("\"paths\": \"z$\"", "Edit", "/a/b", false)]
    [InlineData("\"paths\": \"z$\", \"unlessPaths\": \"^/a\"", "Edit", "/a/z", false)]
    [InlineData("\"paths\": \"z$\", \"unlessPaths\": \"^/a\"", "Edit", "/b/z", true)]
    [InlineData("\"paths\": \"z$\", \"tools\": [\"Write\"]", "Edit", "/b/z", false)]
    [InlineData("\"paths\": \"z$\", \"tools\": [\"Edit\"]", "Edit", "/b/z", true)]
    [InlineData("\"paths\": \"z$\", \"toolWords\": [\"zap\"]", "Edit", "/b/z", false)]
    [InlineData("\"paths\": \"z$\", \"toolVerbs\": [\"zap\"]", "Edit", "/b/z", false)]
    [InlineData("\"paths\": \"z$\", \"toolPattern\": \"zap\"", "Edit", "/b/z", false)]
    [InlineData("\"paths\": \"z$\", \"tools\": [\"Edit\"], \"unlessTool\": \"E\"", "Edit", "/b/z", false)]
    public void A_rule_about_paths_is_about_the_file_that_a_tool_is_used_on(string fields, string tool, string path, bool isAbout)
    {
        var verdict = new DangerAssessor(With(fields)).AssessToolUse(
            tool,
            Encoding.UTF8.GetBytes($$$"""{"tool_input":{"file_path":"{{{path}}}"}}""")
        );

        Assert.Equal(isAbout, verdict.RuleId == "own.rule");
        Assert.NotEqual("own.rule", new DangerAssessor(With(fields)).AssessTool(tool).RuleId);
    }

    [Theory]
    [InlineData("\"programs\": [\"z\"], \"withoutProgram\": \"yes\"", "withoutProgram", "is true or false")]
    [InlineData("\"programs\": [\"z\"], \"codeFromInput\": 1", "codeFromInput", "is true or false")]
    [InlineData("\"programs\": [\"z\"], \"overwritesInput\": null", "overwritesInput", "is true or false")]
    [InlineData("\"programs\": [\"z\"], \"globalFlags\": [\"-\"]", "globalFlags", "'-' does not begin with '-'")]
    [InlineData("\"programs\": [\"z\"], \"allFlags\": [\"-a\", \"b\"]", "allFlags", "'b' does not begin with '-'")]
    [InlineData("\"programs\": [\"z\"], \"unlessFlags\": [\"b\"]", "unlessFlags", "'b' does not begin with '-'")]
    [InlineData("\"programs\": [\"z\"], \"onlyFlags\": [\"b\"]", "onlyFlags", "'b' does not begin with '-'")]
    [InlineData("\"programs\": [\"z\"], \"onlyLetters\": \" \"", "onlyLetters", "is missing or is not a text")]
    [InlineData("\"programs\": [\"z\"], \"onlyLetters\": 1", "onlyLetters", "is missing or is not a text")]
    [InlineData("\"programs\": [\"z\"], \"plainScript\": \"perl\"", "plainScript", "'perl' is none of sed, awk")]
    [InlineData("\"programs\": [\"z\"], \"usualTasks\": 1", "usualTasks", "is missing or is not a text")]
    [InlineData("\"programs\": [\"z\"], \"minimumOperands\": -1", "minimumOperands", "is a whole number above 0")]
    [InlineData("\"programs\": [\"z\"], \"maximumOperands\": 99999999999", "maximumOperands", "is a whole number above 0")]
    [InlineData("\"programs\": [\"z\"], \"touches\": [\"a\"]", "touches", "is a regular expression, a text")]
    [InlineData("\"tools\": {}", "tools", "is a list with at least one text")]
    [InlineData("\"programs\": [\"z\"], \"overrides\": 1", "overrides", "is true or false")]
    [InlineData("\"programs\": [\"z\"], \"why\": \"again\"", "why", "is there twice")]
    public void A_field_that_is_wrong_is_refused(string fields, string field, string problem)
    {
        var failure = Assert.Throws<DangerRuleException>(() => With(fields));

        Assert.Equal($"own.json: rule 'own.rule': field '{field}': {problem}", failure.Message.TrimEnd('.'));
    }
}
