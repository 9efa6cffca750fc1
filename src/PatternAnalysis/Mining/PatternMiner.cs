using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>Finds the repeated patterns of a corpus.</summary>
public static class PatternMiner
{
    /// <summary>
    /// All occurrence-closed contiguous patterns (those that no one-step extension equals in raw count) and, by adaptive names, single
    /// commands that recur; or all repeated whole sequences;
    /// most sessions first, then most occurrences, then longest, then by text. The variants of destructive ones follow, likewise.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<RepeatedPattern> Mine(
        SequenceCorpus corpus,
        MiningOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        return InOrder(Run(corpus, options, cancellationToken), cancellationToken);
    }

    /// <summary>What the search that found patterns gave up, a sentence each; nothing on events as people's work leaves them.</summary>
    public static IReadOnlyList<string> GivenUpBeside(IReadOnlyList<RepeatedPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Count == 0 ? [] : patterns[0].Run.Main.GivenUp;
    }

    /// <summary>The patterns of a run in that order.</summary>
    internal static IReadOnlyList<RepeatedPattern> InOrder(MiningRun run, CancellationToken cancellationToken) =>
        [
            .. CancellableSort.Sorted(
                run.Patterns,
                run.Corpus is { } corpus ? new FrequencyOrder(corpus) : RepeatedPattern.ByFrequency,
                cancellationToken
            ),
            .. CancellableSort.Sorted(run.Variants?.Patterns ?? [], RepeatedPattern.ByFrequency, cancellationToken),
        ];

    internal static MiningRun Run(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken)
    {
        var found = Find(corpus, options, cancellationToken);
        var run = new IndexedRun(corpus, options, found.Patterns);
        cancellationToken.ThrowIfCancellationRequested();
        run.Variants = DestructiveVariants.Of(run, Find, out var givenUp, cancellationToken);
        run.GivenUp = [.. found.GivenUp.Union(givenUp)];
        return run;
    }

    private static FoundPatterns Find(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken) =>
        options.WholeSequence
            ? WholeSequences.Find(corpus, options, cancellationToken)
            : ClosedPatterns(IndexBuilder.Build(corpus, options, cancellationToken), options);

    // A single command that recurs can be a routine by itself; that something is read or edited in many sessions is none.
    private static bool IsRoutineStep(SequenceIndex index, int node) =>
        index.Corpus.Records is { } records
        && records.IsRoutineStep(index[node].Position, index.Corpus.Activity(index.Corpus.AllSteps[index[node].Position]));

    private static FoundPatterns ClosedPatterns(SequenceIndex index, MiningOptions options)
    {
        var nodes = new List<int>();
        for (var node = 0; node < index.NodeCount; node++)
        {
            ref var entry = ref index[node];
            var isWanted =
                entry.Length >= options.MinimumLength || (entry.Length == 1 && options.MinimumLength == 2 && IsRoutineStep(index, node));
            if (entry.IsClosed && isWanted && entry.Length <= options.MaximumLength)
                nodes.Add(node);
        }

        return FoundPatterns.Of([.. nodes.Select(node => new FoundNode(index, node))], index.LongestLength);
    }
}
