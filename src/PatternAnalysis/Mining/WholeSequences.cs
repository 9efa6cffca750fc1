using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// The original's grouping: sessions whose whole sequences are the same.
/// A session of n steps can only be a pattern of n steps, so each length is indexed, and later measured, among the sessions of that length.
/// </summary>
internal static class WholeSequences
{
    public static FoundPatterns Find(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken)
    {
        var found = new List<FoundNode>();
        var indexes = new List<SequenceIndex>();
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
            indexes.Add(index);
            found.AddRange(
                Enumerable
                    .Range(0, index.NodeCount)
                    .Where(node => index[node].Length == group.Key)
                    .Select(node => new FoundNode(index, node, corpus, sessions))
            );
        }

        return FoundPatterns.Of(found, indexes.Min(index => index.LongestLength));
    }
}
