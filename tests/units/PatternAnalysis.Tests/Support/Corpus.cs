using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Support;

/// <summary>Corpora written as text: one sequence a string, one step a word.</summary>
internal static class Corpus
{
    public static SequenceCorpus Of(params string[] sequences) => Of(sequences.Select(text => text.Split(' ')));

    public static SequenceCorpus Of(IEnumerable<IReadOnlyList<string>> sequences)
    {
        var collector = new SequenceCollector();
        foreach (var (steps, number) in sequences.Select((steps, number) => (steps, number)))
            collector.Add(new ToolSequence($"session-{number:D4}", steps));
        return collector.Build();
    }

    public static IEnumerable<string> Repeat(string sequence, int times) => Enumerable.Repeat(sequence, times);
}
