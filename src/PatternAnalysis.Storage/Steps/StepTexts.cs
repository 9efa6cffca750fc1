using System.Data.Common;
using PatternAnalysis.Activities;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>What the ids in some derived steps stand for.</summary>
internal sealed class StepTexts : IDerivedTexts
{
    // So many stretches can stand in one condition; beyond, and where the steps are most of all, everything is loaded.
    private const int MostRanges = 64;

    private readonly Dictionary<long, StepSource> _sources;
    private readonly Dictionary<long, StepFacts> _facts;
    private readonly Dictionary<long, JudgedStep> _verdicts;

    private StepTexts(Dictionary<long, StepSource> sources, Dictionary<long, StepFacts> facts, Dictionary<long, JudgedStep> verdicts) =>
        (_sources, _facts, _verdicts) = (sources, facts, verdicts);

    /// <summary>Loads what the steps of some stretches of events need.</summary>
    /// <param name="contents">The tables.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="ranges">The stretches; null for all.</param>
    public static StepTexts Load(
        StepContents contents,
        IStepTable steps,
        DbConnection connection,
        DbTransaction? transaction,
        IReadOnlyList<EventRange>? ranges
    )
    {
        if (ranges is { Count: 0 })
            return new StepTexts([], [], []);
        if (ranges?.Count > MostRanges)
            ranges = null;
        return new StepTexts(
            Read(contents.Sources, StepContent.Sources),
            Read(contents.Facts, StepContent.Facts),
            Read(contents.Verdicts, StepContent.Verdicts)
        );

        Dictionary<long, T> Read<T>(ContentTable<T> table, StepContent content)
            where T : notnull
        {
            var found = new Dictionary<long, T>();
            var condition = ranges is null ? "" : $"WHERE id IN ({steps.SelectIds(content, ranges)})";
            foreach (var (id, text) in table.Read(connection, transaction, condition))
                found[id] = text;
            return found;
        }
    }

    public StepSource SourceOf(long id) => Find(_sources, id);

    public StepFacts FactsOf(long id) => Find(_facts, id);

    public JudgedStep VerdictOf(long id) => Find(_verdicts, id);

    private static T Find<T>(Dictionary<long, T> texts, long id) =>
        texts.TryGetValue(id, out var text) ? text : throw new StepsChangedException();
}

/// <summary>Derived steps are not whole, or not what they were when their reading began: the events themselves are to be read.</summary>
internal sealed class StepsChangedException : Exception;
