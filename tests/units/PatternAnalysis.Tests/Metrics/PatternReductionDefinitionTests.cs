using CsCheck;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>Which patterns are left out, against the definition worked out by comparing every pattern with every other one.</summary>
public class PatternReductionDefinitionTests
{
    // On both sides of both borders between the bands.
    private static readonly double[] s_qValues = [0, 0.0099, 0.01, 0.05, 0.0501, 1];

    private static readonly Gen<ReductionOptions> s_options = Gen.Select(
        Gen.Bool,
        Gen.Bool,
        Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5), Gen.Const(0.8), Gen.Const(1.0)),
        (keepsPowers, keepsRuns, share) =>
            new ReductionOptions
            {
                KeepTandemPower = keepsPowers,
                KeepRunVariant = keepsRuns,
                SubsumptionShare = share,
            }
    );

    [Theory]
    [InlineData(true, 120)]
    [InlineData(false, 300)]
    public void Each_pattern_is_left_out_for_the_first_reason_that_the_definition_gives(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), s_options, Gen.Int[1, 3], Gen.Int[0, s_qValues.Length - 1].Array[1, 20])
            .Sample(
                (sessions, options, shortest, bands) =>
                {
                    var run = PatternMiner.Run(SequenceGen.ToCorpus(sessions), new MiningOptions { MinimumLength = shortest }, default);
                    Entry[] patterns =
                    [
                        .. run.Patterns.Select((pattern, number) => new Entry(pattern, s_qValues[bands[number % bands.Length]])),
                    ];

                    var reasons = PatternReduction.Reduce(
                        run,
                        Array.ConvertAll(patterns, pattern => new PatternMetric(0, 0, 0, pattern.QValue, 0)),
                        options,
                        CancellationToken.None
                    );

                    Define(patterns, options, shortest);
                    Assert.Equal(
                        patterns.Select(pattern => $"{pattern.Pattern}: {pattern.Reason}"),
                        patterns.Zip(reasons, (pattern, reason) => $"{pattern.Pattern}: {reason}")
                    );
                },
                iter: iterations
            );

    private static void Define(Entry[] patterns, ReductionOptions options, int shortest)
    {
        if (!options.KeepRunVariant)
        {
            foreach (
                var form in patterns.Where(pattern => pattern.Steps.Length > 1 || shortest == 1).GroupBy(pattern => Folded(pattern.Steps))
            )
            {
                foreach (
                    var other in form.OrderBy(pattern => pattern.Band)
                        .ThenByDescending(pattern => pattern.Steps.Length * pattern.Pattern.OccurrenceCount)
                        .ThenBy(pattern => pattern.Pattern, RepeatedPattern.ByFrequency)
                        .Skip(1)
                )
                    other.Reason = LeftOutPatterns.SameRunFoldedForm;
            }
        }

        if (!options.KeepTandemPower)
        {
            Entry[] kept = [.. patterns.Where(pattern => pattern.Reason is null)];
            foreach (var power in kept)
            {
                // What is nothing but a smaller part several times over.
                var isPower = kept.Any(root =>
                    root.Steps.Length < power.Steps.Length
                    && power.Steps.Length % root.Steps.Length == 0
                    && power.Steps.Chunk(root.Steps.Length).All(part => part.SequenceEqual(root.Steps))
                    && !Enumerable
                        .Range(1, root.Steps.Length - 1)
                        .Any(shorter =>
                            root.Steps.Length % shorter == 0
                            && root.Steps.Chunk(shorter).All(part => part.SequenceEqual(root.Steps.Take(shorter)))
                        )
                    && root.Band <= power.Band
                );
                if (isPower)
                    power.Reason = LeftOutPatterns.TandemPower;
            }
        }

        if (options.SubsumptionShare == 0)
            return;
        foreach (var whole in patterns.OrderByDescending(pattern => pattern.Steps.Length))
        {
            if (whole.Reason is not null)
                continue;
            foreach (var part in patterns.Where(part => part != whole && part.Reason is null))
            {
                if (
                    NaiveMiner.RawCount(whole.Steps, part.Steps) > 0
                    && part.Pattern.RawCount <= whole.Pattern.RawCount / options.SubsumptionShare
                    && whole.Band <= part.Band
                )
                    part.Reason = LeftOutPatterns.Subsumed;
            }
        }
    }

    private static string Folded(string[] steps) => string.Join('→', steps.Where((step, place) => place == 0 || step != steps[place - 1]));

    private sealed record Entry(RepeatedPattern Pattern, double QValue)
    {
        public string[] Steps { get; } = Pattern.Steps;

        public string? Reason { get; set; }

        public int Band { get; } =
            QValue < 0.01 ? 0
            : QValue <= 0.05 ? 1
            : 2;
    }
}
