using System.Text.Json;
using CsCheck;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests;

public class BoundedRegexTests
{
    private static readonly string[] s_patternFields =
    [
        "subcommandPattern",
        "arguments",
        "operands",
        "unlessOperands",
        "overwrites",
        "writesTo",
        "assignments",
        "unlessTool",
        "paths",
        "unlessPaths",
    ];

    private static readonly string[] s_words =
    [
        "rm",
        "-rf",
        "/tmp/x",
        ".env",
        "drop table",
        "curl -u a:b",
        "--password",
        "x=y",
        "push:force",
        "PATH=.",
        "stop-all",
        "../..",
        "DELETE FROM t",
    ];

    private static readonly Gen<string> s_commands = Gen.OneOf(
            Gen.Int[0, s_words.Length - 1].Select(word => s_words[word]),
            Gen.String[Gen.Char["abdeprstuK-_/.= :@'\"\\\n"], 0, 12]
        )
        .Array[0, 8]
        .Select(parts => string.Join(' ', parts));

    [Fact]
    public void Both_engines_agree_on_every_built_in_expression() =>
        s_commands.Sample(
            text =>
            {
                foreach (var (quick, linear) in Pairs.Value)
                {
                    if (quick.IsMatch(text) != linear.IsMatch(text) || quick.Replace(text, _ => "#") != linear.Replace(text, _ => "#"))
                        return false;
                }

                return true;
            },
            iter: 300
        );

    [Fact]
    public void An_expression_that_backtracking_would_never_end_ends()
    {
        var regex = new BoundedRegex("^(a+)+$");

        Assert.False(regex.IsMatch(new string('a', 200) + "b"));
        Assert.True(regex.IsMatch(new string('a', 200)));
    }

    private static Lazy<(BoundedRegex Quick, BoundedRegex Linear)[]> Pairs { get; } =
        new(() =>
            [
                .. Expressions()
                    .Select(pattern =>
                    {
                        var linear = new BoundedRegex(pattern);
                        linear.Validate();
                        return (new BoundedRegex(pattern), linear);
                    }),
            ]
        );

    private static IEnumerable<string> Expressions()
    {
        var assembly = typeof(DangerRuleSet).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Danger.Rules.", StringComparison.Ordinal)))
        {
            using var file = JsonDocument.Parse(assembly.GetManifestResourceStream(name)!);
            foreach (var field in file.RootElement.GetProperty("rules").EnumerateArray().SelectMany(rule => rule.EnumerateObject()))
            {
                if (s_patternFields.Contains(field.Name))
                    yield return field.Value.GetString()!;
            }
        }
    }
}
