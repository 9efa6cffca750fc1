using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// The original's grouping: sessions whose whole sequences are the same.
/// A session of n steps can only be a pattern of n steps, so each length is indexed, and later measured, among the sessions of that length.
/// </summary>
internal static class WholeSequences
{
    public static List<IndexedPattern> Find(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken)
    {
        var patterns = new List<IndexedPattern>();
        var lengths = Enumerable
            .Range(0, corpus.Count)
            .Where(session => corpus.Length(session) >= options.MinimumLength && corpus.Length(session) <= options.MaximumLength)
            .GroupBy(corpus.Length)
            .OrderBy(group => group.Key);
        foreach (var group in lengths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] sessions = [.. group];
            if (sessions.Length < options.MinimumSessions)
                continue;

            var index = IndexBuilder.Build(corpus.Select(sessions), options, cancellationToken);
            for (var node = 0; node < index.NodeCount; node++)
            {
                if (index[node].Length == group.Key)
                    patterns.Add(new IndexedPattern(index, node, corpus, sessions));
            }
        }

        return patterns;
    }
}
