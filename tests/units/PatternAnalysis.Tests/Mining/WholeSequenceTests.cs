using CsCheck;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Whole sequences are patterns where enough sessions are just that.</summary>
public class WholeSequenceTests
{
    [Fact]
    public void They_are_the_texts_that_enough_sessions_have_from_the_shortest_length_to_the_longest() =>
        Gen.Select(SequenceGen.Small, Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int[1, 6])
            .Sample(
                (sessions, minimum, shortest, longest) =>
                {
                    // Each session again, some of them twice.
                    int[][] all = [.. sessions, .. sessions, .. sessions.Take(1)];
                    var patterns = PatternMiner.Mine(
                        SequenceGen.ToCorpus(all),
                        new MiningOptions
                        {
                            WholeSequence = true,
                            MinimumSessions = minimum,
                            MinimumLength = shortest,
                            MaximumLength = longest,
                        }
                    );

                    Assert.Equal(
                        all.GroupBy(session => string.Join('→', SequenceGen.NamesOf(session)))
                            .Where(same => same.Count() >= minimum && same.First().Length >= shortest && same.First().Length <= longest)
                            .Select(same => (same.Key, same.Count(), same.Count(), same.Count()))
                            .Order(),
                        patterns
                            .Select(pattern => (pattern.ToolSequence, pattern.SessionCount, pattern.OccurrenceCount, pattern.RawCount))
                            .Order()
                    );
                    foreach (var pattern in patterns)
                        Assert.Equal(
                            all.Index()
                                .Where(session => string.Join('→', SequenceGen.NamesOf(session.Item)) == pattern.ToolSequence)
                                .Select(session => $"session-{session.Index:D4}"),
                            pattern.Sessions.Select(session => session.SessionId)
                        );
                },
                iter: 60
            );
}
