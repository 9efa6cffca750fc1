using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell.Differential;

/// <summary>
/// What bash runs is among the reader's commands, or the reader and the judge say that they do not know. Here every command is harmless by
/// a rule, so a script is called safe only when it was read surely.
/// </summary>
public sealed class AmbiguousScriptTests
{
    private const int Repetitions = 3;

    private static readonly DangerAssessor s_judge = new(
        DangerRuleSet.BuiltIn.With(
            $$"""
            { "rules": [{ "id": "own.known", "category": "own", "level": "safe", "why": "a name of the test",
              "programs": [{{string.Join(", ", Enumerable.Range(1, 99).Select(number => $"\"c{number}\""))}}] }] }
            """,
            "own.json"
        )
    );

    [TracingBashFact]
    public void What_bash_runs_is_read_or_doubted()
    {
        var wrong = new List<string>();
        var (started, surely) = (0, 0);
        foreach (var (script, names) in Run(AmbiguousScripts.Doubtful))
        {
            started += names.Count;
            var (isSure, read) = Read(script);
            if (!isSure)
                continue;
            surely++;
            if (names.Except(read).ToList() is { Count: > 0 } missed)
                wrong.Add($"runs {string.Join(' ', missed)} and is called safe:\n{script}");
        }

        Assert.True(started > 500 && surely > 50, $"{started} commands ran, {surely} scripts were read surely: that says nothing.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} scripts:\n{string.Join("\n----\n", wrong.Take(12))}");
    }

    [TracingBashFact]
    public void What_only_looks_doubtful_is_read_surely_and_as_bash_does()
    {
        var wrong = new List<string>();
        foreach (var (script, names) in Run(AmbiguousScripts.Plain))
        {
            var (isSure, read) = Read(script);
            var missed = names.Except(read).ToList();
            var invented = read.Where(name => name[0] == 'd').ToList();
            if (!isSure || missed.Count + invented.Count > 0)
                wrong.Add($"sure: {isSure}, missed [{string.Join(' ', missed)}], invented [{string.Join(' ', invented)}]:\n{script}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} scripts:\n{string.Join("\n----\n", wrong.Take(12))}");
    }

    private static IEnumerable<(string Script, HashSet<string> Names)> Run(IReadOnlyList<string> kinds)
    {
        var scripts = kinds
            .SelectMany(
                (kind, place) => Enumerable.Range(0, Repetitions).Select(n => new AmbiguousScripts(place * 100 + n).Make(kind, n == 0))
            )
            .ToList();
        return scripts.Zip(TracingBash.Run(scripts), (script, ran) => (script, ran.Started.Where(IsOwn).ToHashSet()));
    }

    // The names of functions are none of a rule: a script that calls one is called safe only when the reader is sure of its definition.
    private static (bool IsSure, HashSet<string> Names) Read(string script)
    {
        var read = ShellReader.Read(script, ShellDialect.Posix);
        var names = read.Segments.Where(segment => !segment.IsLocalFunction).Select(segment => segment.Program ?? "").Where(IsOwn);
        return (s_judge.AssessScript(read).Level == DangerLevel.Safe, names.ToHashSet());
    }

    private static bool IsOwn(string name) => name is ['c' or 'd' or 'f', >= '0' and <= '9', ..];
}
