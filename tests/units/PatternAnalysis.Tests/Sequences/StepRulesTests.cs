using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>What was derived by other rules is derived anew, so rules that changed must have another name.</summary>
public sealed class StepRulesTests
{
    // A name of rules, and what they make of the events below. Whoever changes what is derived (names, forms, hints, verdicts, masking,
    // ids) gives the part that changed another version, in StepFacts, DangerAssessor, SecretMasker or StepRules, and pins both here anew.
    private const string Versions = "steps 2, names 4, danger 4, masking 4";
    private const string Pinned = "56fc8ebb63ddd68762a23aac6518a7f9";

    private static readonly string[] s_tools =
    [
        "Bash",
        "PowerShell",
        "Read",
        "Edit",
        "Skill",
        "Task",
        "TodoWrite",
        "mcp__a__delete_b",
        "apply_patch",
        "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
    ];

    private static readonly string[] s_programs =
    [
        "npm test",
        "git commit -m 'words'",
        "git push --force",
        "ls -la",
        "cat a.md | head -3",
        "rm -rf build",
        "sleep 5",
        "mysql -pgeheim7788 shop",
        "curl -H 'Authorization: Bearer abcdefgh12345678' https://ada:secret99@example.org",
        "bd show 17",
        "python - <<'E'\nprint(1)\nE",
        "sudo systemctl restart nginx",
        "Remove-Item x -Recurse",
        "terraform destroy",
        "docker run --rm -e TOKEN=abc x",
        "kubectl get pods -n a",
        "sed -i s/a/b/ x",
        "find . -name '*.cs' -delete",
        "echo $(date) > out",
        "make all",
    ];

    private static readonly string[] s_joints = [" && ", " | ", "; ", " || "];

    [Fact]
    public void What_is_derived_does_not_change_while_the_rules_keep_their_name()
    {
        var rules = new StepRules(DangerRuleSet.BuiltIn);
        Assert.Equal(
            $"{Versions}, zone UTC",
            rules.Name(null).Replace($":{DangerRuleSet.BuiltIn.Fingerprint}", "", StringComparison.Ordinal)
        );

        Assert.Equal(Pinned, Digest(rules));
    }

    [Fact]
    public void Rules_of_files_and_zones_have_names_of_their_own()
    {
        var file = """{ "rules": [{ "id": "a.b", "category": "a", "level": "destructive", "programs": ["npm"], "why": "w" }] }""";
        var other = DangerRuleSet.BuiltIn.With(file, "one");

        Assert.NotEqual(new StepRules(DangerRuleSet.BuiltIn).Name(null), new StepRules(other).Name(null));
        Assert.Equal(new StepRules(other).Name(null), new StepRules(DangerRuleSet.BuiltIn.With(file, "two")).Name(null));
        Assert.NotEqual(
            new StepRules(other).Name(null),
            new StepRules(other).Name(TimeZoneInfo.CreateCustomTimeZone("a", TimeSpan.FromHours(1), "a", "a"))
        );
    }

    // Not by a random source whose numbers may change with the runtime.
    private static string Digest(StepRules rules)
    {
        var deriver = new StepDeriver(rules);
        var derived = new StringBuilder();
        for (var i = 0; i < 4000; i++)
        {
            var command = s_programs[i % s_programs.Length] + s_joints[i / 7 % 4] + s_programs[i * 31 / 13 % s_programs.Length];
            var tool = s_tools[i % 3 == 0 ? 0 : i % s_tools.Length];
            var step = deriver.Derive(
                new HookEventRow
                {
                    InsertionId = i,
                    UtcTicks = i % 50 == 0 ? null : i,
                    SessionId = Encoding.UTF8.GetBytes($"s{i % 5}"),
                    EventType = Encoding.UTF8.GetBytes(HookEventType.All[i % HookEventType.All.Count]),
                    ToolName = i % 40 == 0 ? default : Encoding.UTF8.GetBytes(tool),
                    Payload = Encoding.UTF8.GetBytes(Payload(i, command)),
                }
            )!;
            var (rest, facts) = (step with { Facts = null, Verdict = null }, JsonSerializer.Serialize(step.Facts));
            derived.AppendLine(CultureInfo.InvariantCulture, $"{rest} {facts} {step.Facts?.Template?.Text} {step.Verdict}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(derived.ToString())).AsSpan(0, 16)).ToLowerInvariant();
    }

    private static string Payload(int i, string command) =>
        JsonSerializer.Serialize(
            new
            {
                tool_use_id = $"c{i % 90}",
                agent_id = i % 4 == 0 ? $"a{i % 3}" : null,
                prompt_id = $"p{i % 6}",
                message_id = $"m{i % 70}",
                duration_ms = i,
                cwd = "/home/ada/repo",
                error = i % 2 == 0 ? $"Exit code 1\ncannot read /home/ada/{i}" : null,
                tool_input = (object)(
                    i % 6 == 0 ? new { file_path = $"/home/ada/repo/src/{i % 9}.cs" }
                    : i % 6 == 1 ? new { skill = "review", subagent_type = "explorer" }
                    : new { command }
                ),
            }
        );
}
