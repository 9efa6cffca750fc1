using CsCheck;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Mining;

public class FrequencyOrderTests
{
    // Names that are the beginning of others, that hold the separator, and characters on both sides of it.
    private static readonly string[] s_names = ["a", "ab", "a→", "a→b", "a\\", "A", "a~", "a鼠", "b", "a (without: b"];

    [Fact]
    public void Patterns_stand_as_their_texts_would_put_them()
    {
        Gen.Int[0, s_names.Length - 1]
            .Select(number => s_names[number])
            .Array[1, 12]
            .Array[4, 12]
            .Sample(
                sessions =>
                {
                    var collector = new SequenceCollector();
                    foreach (var (number, steps) in sessions.Index())
                        collector.Add(new ToolSequence($"s{number:D4}", steps));
                    var corpus = collector.Build();
                    var patterns = PatternMiner.Run(corpus, new MiningOptions(), CancellationToken.None).Patterns;
                    Assert.Equal(
                        patterns.Order(RepeatedPattern.ByFrequency).Select(pattern => pattern.ToolSequence),
                        patterns.Order(new FrequencyOrder(corpus)).Select(pattern => pattern.ToolSequence)
                    );
                },
                iter: 30,
                seed: "0000KX1vKdR1"
            );
    }
}
