using CsCheck;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Support;

/// <summary>
/// Generates sets of sessions that are hard on a miner: besides random steps, runs of one step, repeated periods, copies of one session,
/// and sessions of one step.
/// </summary>
internal static class SequenceGen
{
    private static readonly Gen<int[]> s_random = Gen.Int[1, 4].SelectMany(activities => Gen.Int[0, activities - 1].Array[1, 24]);

    private static readonly Gen<int[]> s_periodic = Gen.Select(Gen.Int[0, 2].Array[1, 3], Gen.Int[1, 20])
        .Select((period, length) => Enumerable.Range(0, length).Select(i => period[i % period.Length]).ToArray());

    private static readonly Gen<int[]> s_single = Gen.Int[0, 3].Select(step => new[] { step });

    private static readonly Gen<int[]> s_session = Gen.Frequency((4, s_random), (3, s_periodic), (1, s_single));

    private static readonly Gen<int[][]> s_different = s_session.Array[1, 10];

    private static readonly Gen<int[][]> s_copies = Gen.Select(Gen.Int[0, 5].Array[1, 60], Gen.Int[1, 4], s_different)
        .Select((steps, copies, others) => Enumerable.Repeat(steps, copies).Concat(others).ToArray());

    /// <summary>Sets of sessions; every step is a small number.</summary>
    public static Gen<int[][]> Sessions { get; } = Gen.Frequency((3, s_different), (1, s_copies));

    /// <summary>Sets of few short sessions: what goes wrong in them is found quickly, and easily read.</summary>
    public static Gen<int[][]> Small { get; } = Gen.Int[0, 2].Array[1, 8].Array[1, 5];

    public static Gen<int[][]> Of(bool isSmall) => isSmall ? Small : Sessions;

    /// <summary>The sessions as a corpus; every step is named by its number.</summary>
    public static SequenceCorpus ToCorpus(int[][] sessions) => Corpus.Of(sessions.Select(NamesOf));

    public static string[] NamesOf(int[] steps) => Array.ConvertAll(steps, step => $"t{step}");
}
