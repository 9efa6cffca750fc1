using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// <see cref="RepeatedPattern.ByFrequency"/> of patterns of one corpus that are no variants, without their texts: of a hundred thousand
/// patterns most are rare, tie, and are never shown.
/// </summary>
/// <remarks>
/// Texts of equally many steps differ at the first step that differs, and no name in a text holds the separator that follows it: so the
/// order of names with it, and at the last step without it, is that of the texts.
/// </remarks>
internal sealed class FrequencyOrder : IComparer<RepeatedPattern>
{
    private readonly int[] _inside;
    private readonly int[] _atEnd;

    public FrequencyOrder(SequenceCorpus corpus)
    {
        string[] names = [.. Enumerable.Range(0, corpus.ActivityCount).Select(activity => StepText.Escape(corpus.Activity(activity)))];
        _atEnd = Ranks(names);
        _inside = Ranks(Array.ConvertAll(names, name => name + StepText.Separator));
    }

    public int Compare(RepeatedPattern? x, RepeatedPattern? y)
    {
        if (x!.SessionCount != y!.SessionCount)
            return y.SessionCount.CompareTo(x.SessionCount);
        if (x.OccurrenceCount != y.OccurrenceCount)
            return y.OccurrenceCount.CompareTo(x.OccurrenceCount);
        if (x.Length != y.Length)
            return y.Length.CompareTo(x.Length);
        var mine = x.Place.StepNumbers;
        var others = y.Place.StepNumbers;
        var same = mine.CommonPrefixLength(others);
        if (same == mine.Length)
            return 0;
        var ranks = same == mine.Length - 1 ? _atEnd : _inside;
        return ranks[mine[same]].CompareTo(ranks[others[same]]);
    }

    private static int[] Ranks(string[] names)
    {
        int[] sorted = [.. Enumerable.Range(0, names.Length)];
        Array.Sort((string[])names.Clone(), sorted, StringComparer.Ordinal);
        var ranks = new int[names.Length];
        for (var rank = 0; rank < sorted.Length; rank++)
            ranks[sorted[rank]] = rank;
        return ranks;
    }
}
