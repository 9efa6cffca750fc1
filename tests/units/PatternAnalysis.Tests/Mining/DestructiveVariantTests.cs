using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What is left of destructive patterns: found in the same sessions with the destructive calls under names of their own.</summary>
public class DestructiveVariantTests
{
    // One activity that is destructive now and then, one that always is, and one that never is.
    private static readonly string[] s_commands =
    [
        "git branch",
        "git branch -D old",
        "git log",
        "git branch $(whatever)",
        "git reset --hard",
    ];

    [Fact]
    public void Variants_are_the_patterns_of_what_is_not_destructive_where_something_is() =>
        Gen.Select(Gen.Int[0, 3], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Const(1)), (3, Gen.Int[2, 4])))
            .Array[6, 30]
            .Sample(
                calls =>
                {
                    var corpus = Corpus(calls);
                    var run = PatternMiner.Run(corpus, new MiningOptions(), CancellationToken.None);
                    var wholes = run.Patterns.ToDictionary(pattern => pattern.ToolSequence, pattern => pattern.RawCount);

                    var variants = (run.Variants?.Patterns ?? []).Select(variant => $"{Text(variant)} {variant.RawCount}");

                    Assert.Equal(
                        NaiveMiner
                            .ClosedPatterns(Names(corpus), 2, 2, int.MaxValue)
                            .Where(pattern => !pattern.Text.Contains("git reset", StringComparison.Ordinal))
                            .Where(pattern => wholes.TryGetValue(pattern.Text, out var all) && pattern.RawCount < all)
                            .Select(pattern => $"{pattern.Text} {pattern.RawCount}")
                            .Order(StringComparer.Ordinal),
                        variants.Order(StringComparer.Ordinal)
                    );
                },
                iter: 60
            );

    [Fact]
    public void A_variant_is_of_the_pattern_with_its_steps_and_of_the_run_that_has_that()
    {
        var run = PatternMiner.Run(Corpus([(0, 0), (0, 2), (1, 0), (1, 2), (2, 1), (2, 2)]), new MiningOptions(), CancellationToken.None);

        var variant = Assert.Single(run.Variants!.Patterns);

        Assert.Same(run.Patterns.Single(pattern => pattern.ToolSequence == Text(variant)), variant.Whole);
        Assert.Same(run, variant.Run.Main);
        Assert.Same(run, run.Main);
        Assert.Equal((2, DangerLevel.Safe), (variant.OccurrenceCount, variant.Danger.Level));
    }

    [Theory]
    [InlineData("0 2|0 2")]
    [InlineData("4 2|4 2")]
    [InlineData("1 2|1 2")]
    [InlineData("0 2|1 2")]
    [InlineData("0 2|0 2|1 3")]
    public void There_is_none_where_nothing_or_everything_is_destructive_or_too_little_is_left(string sessions) =>
        Assert.Null(
            PatternMiner
                .Run(
                    Corpus([
                        .. sessions.Split('|').SelectMany((steps, session) => steps.Split(' ').Select(step => (session, step[0] - '0'))),
                    ]),
                    new MiningOptions { MaximumLength = 2 },
                    CancellationToken.None
                )
                .Variants
        );

    private static string Text(RepeatedPattern variant) => string.Join('→', variant.Steps);

    private static SequenceCorpus Corpus((int Session, int Command)[] calls)
    {
        var recorded = new RecordedCalls();
        foreach (var (session, command) in calls)
            recorded.Bash($"s{session}", s_commands[command]);
        return Appraisals.Corpus(recorded, model: ActivityModel.Operation);
    }

    private static string[][] Names(SequenceCorpus corpus) =>
        [
            .. Enumerable
                .Range(0, corpus.Count)
                .Select(session =>
                    Enumerable
                        .Range(0, corpus.Length(session))
                        .Select(step =>
                            corpus.Activity(corpus.Steps(session)[step]) is "Bash(git branch)" and var name
                            && corpus.Level(session, step) == DangerLevel.Destructive
                                ? $"{name} for good"
                                : corpus.Activity(corpus.Steps(session)[step])
                        )
                        .ToArray()
                ),
        ];
}
