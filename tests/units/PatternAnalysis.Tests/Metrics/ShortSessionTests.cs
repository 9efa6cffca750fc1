using CsCheck;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

public class ShortSessionTests
{
    private static readonly Gen<string[][]> s_sessions = Gen.Select(
            Gen.Int[0, 4].Array[2, 5],
            Gen.Int[1, 8],
            Gen.Int[0, 4].Array[1, 14].Array[1, 12],
            Gen.Int[5, 9].Array[40, 80]
        )
        .Select(
            (routine, copies, others, rest) =>
                (string[][])[.. Enumerable.Repeat(routine, copies).Concat(others).Append(rest).Select(SequenceGen.NamesOf)]
        );

    [Theory]
    [InlineData(15)]
    [InlineData(300)]
    public void What_short_sessions_say_is_the_definition_worked_out_by_counting_everything(int iterations) =>
        s_sessions.Sample(
            sessions =>
            {
                foreach (var pattern in PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions()))
                {
                    var expected = Defined(sessions, [.. pattern.Steps]);
                    var actual = Tested(sessions, pattern);

                    Assert.Equal(expected is null, actual is null);
                    if (expected is { } definition && actual is { } outcome)
                        Assert.Equal(definition, outcome.LogP, Math.Max(1e-9, Math.Abs(definition) * 1e-9));
                }
            },
            iter: iterations
        );

    [Fact]
    public void Nothing_is_said_of_a_pattern_that_occurs_elsewhere_more_often()
    {
        string[] routine = ["A", "B", "C"];
        string[] rest = [.. Enumerable.Range(0, 30).Select(step => $"x{step % 7}")];
        string[][] sessions = [routine, routine, [.. rest, .. routine, .. rest, .. routine, .. rest, .. routine]];

        Assert.Null(Tested(sessions, PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions()).Single(p => p.ToolSequence == "A→B→C")));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(300)]
    public void A_pattern_is_never_less_sure_by_them_and_is_surer_at_twice_their_p_only(int iterations) =>
        s_sessions.Sample(
            sessions =>
            {
                var run = (IndexedRun)PatternMiner.Run(Corpus.Of(sessions), new MiningOptions(), default);
                var before = FamilyTest.Run(run, 1, default);
                var after = before.ToArray();
                ShortSessionTest.Sharpen(run, after, 1, default);

                for (var number = 0; number < before.Length; number++)
                {
                    if (after[number] == before[number])
                        continue;
                    Assert.True(after[number].LogP < before[number].LogP);
                    Assert.Equal(Tested(sessions, run.Patterns[number])!.Value.LogP + Math.Log(2), after[number].LogP, 1e-9);
                    Assert.Equal(before[number].LogP + Math.Log(2), after[number].LeastLogQ, 1e-9);
                }
            },
            iter: iterations
        );

    private static SelfSufficiency.Outcome? Tested(string[][] sessions, RepeatedPattern pattern)
    {
        var names = sessions.SelectMany(session => session).Distinct().ToList();
        int[] Numbers(IEnumerable<string> steps) => [.. steps.Select(step => names.IndexOf(step))];
        string[] steps = [.. pattern.Steps];
        return new ShortSessions(sessions.Select(session => (Numbers(session), 1L)), sessions.Sum(session => session.Length)).Test(
            Numbers(steps),
            pattern.OccurrenceCount,
            (length, last) => sessions.Sum(session => NaiveMiner.RawCount(session, last ? steps[^length..] : steps[..length])),
            new SelfSufficiency(2, 1)
        );
    }

    /// <summary>ln p of the definition; null when it says nothing.</summary>
    private static double? Defined(string[][] sessions, string[] pattern)
    {
        double all = sessions.Sum(session => session.Length);
        string[][] shorts = [.. sessions.Where(session => session.Length <= 3 * pattern.Length)];
        double occurrences = sessions.Sum(session => NaiveMiner.CountWithoutOverlap(session, pattern));
        double count = shorts.Sum(session => NaiveMiner.CountWithoutOverlap(session, pattern));
        double held = shorts.Where(session => NaiveMiner.RawCount(session, pattern) > 0).Sum(session => session.Length);
        if (count * 2 < occurrences || held * 3 > all)
            return null;

        var (expected, phi) = (0.0, 1.0);
        for (var at = 1; at < pattern.Length; at++)
        {
            var (u, v) = (pattern[..at], pattern[at..]);
            foreach (
                var (longer, shorter) in u.Length > v.Length ? [(u, v)]
                : u.Length < v.Length ? [(v, u)]
                : new[] { (u, v), (v, u) }
            )
            {
                var rate = sessions.Sum(session => NaiveMiner.RawCount(session, shorter)) / all;
                var means = shorts.Select(session => NaiveMiner.RawCount(session, longer) * rate).ToArray();
                if (means.Sum() < expected * (1 - 1e-9))
                    continue;
                if (means.Sum() > expected * (1 + 1e-9))
                    (expected, phi) = (means.Sum(), 1);
                phi = Math.Max(
                    phi,
                    shorts
                        .Zip(means)
                        .Sum(pair => Math.Pow(NaiveMiner.CountWithoutOverlap(pair.First, pattern) - count * pair.Second / expected, 2))
                        / count
                );
            }
        }

        expected = Math.Max(expected, shorts.Sum(session => MeanOverOrders(session, pattern)));
        return expected >= count * (1 - 1e-9)
            ? 0
            : Math.Min(
                0,
                NaiveSelfSufficiency.LogLowerGamma(count / phi, expected / phi)
                    - NaiveSelfSufficiency.LogLowerGamma(2 / phi, expected / phi)
            );
    }

    /// <summary>Draws the pattern's steps one after the other from the session's; at each of its places it is the same.</summary>
    private static double MeanOverOrders(string[] session, string[] pattern)
    {
        var left = session.ToList();
        double mean = Math.Max(0, session.Length - pattern.Length + 1);
        foreach (var step in pattern.TakeWhile(_ => mean > 0))
        {
            mean *= (double)left.Count(other => other == step) / left.Count;
            left.Remove(step);
        }

        return mean;
    }
}
