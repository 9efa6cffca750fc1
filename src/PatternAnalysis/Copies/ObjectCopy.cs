using PatternAnalysis.Metrics;

namespace PatternAnalysis.Copies;

/// <summary>
/// Objects of the pipeline as copies: what becomes of them in a file, in another process, on another machine. A copy carries all that the
/// stages after it need, but for the sequences that a pattern was found in and what the turns of a model cost.
/// </summary>
public static class ObjectCopy
{
    /// <summary>The name of the property that carries the copy's text.</summary>
    public const string PropertyName = "PatternAnalysisCopy";

    /// <summary>The types whose objects are made again of copies.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        typeof(ToolSequence),
        typeof(RepeatedPattern),
        typeof(MeasuredPattern),
        typeof(ClassifiedPattern),
        typeof(PatternApproval),
        typeof(AnalysisSummary),
        typeof(ImportResult),
    ];

    /// <summary>The text of a sequence, of a pattern, or of what a run came to; null for anything else.</summary>
    public static string? Write(object? value) =>
        value switch
        {
            ToolSequence sequence => CopyText.Write(SequenceCopies.Of(sequence)),
            RepeatedPattern pattern => CopyText.Write(PatternCopies.Of(pattern)),
            AnalysisSummary summary => CopyText.Write(SummaryCopy.Of(summary)),
            _ => null,
        };

    /// <summary>Makes the object of a copy, or of anything that has its properties.</summary>
    /// <param name="view">The properties.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <returns>The object; null when the properties tell of none of this type.</returns>
    public static object? Read(IObjectView view, Type type)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(type);
        var made =
            type == typeof(ToolSequence) ? ReadSequence(view)
            : type == typeof(AnalysisSummary) ? SummaryViews.Read(view)
            : type == typeof(PatternApproval) ? ApprovalViews.Read(view)
            : type == typeof(ImportResult) ? ImportViews.Read(view)
            : (object?)ReadPattern(view);
        return type.IsInstanceOfType(made) ? made : null;
    }

    /// <summary>What an object lost when it was copied, as a sentence; null when it lost nothing that the next stage judges by.</summary>
    public static string? LossOf(object? value) =>
        value switch
        {
            ToolSequence { IsIncomplete: true } =>
                "The sequences are copies that lost their calls: times are missing, and nothing in them counts as safe. "
                    + "Export-Clixml, a job, or ConvertTo-Json -Depth 5 keeps them.",
            ToolSequence { HasLostRecords: true } =>
                "The sequences are copies: what each step was given and what its turn cost stayed behind, so that "
                    + "single steps are no patterns, "
                    + "and Measure-PatternWorth ranks by counts alone.",
            RepeatedPattern { Place: CopiedPattern { IsComplete: false } } =>
                "The patterns are copies that lost their verdicts: none of them counts as safe. "
                    + "Export-Clixml, a job, or ConvertTo-Json -Depth 5 keeps them.",
            RepeatedPattern { Place: CopiedPattern { Metric: null } } and not MeasuredPattern =>
                "The patterns are copies without the sequences that they were found in: how sure it is that they are "
                    + "no chance is not known, "
                    + "and their confidence is 0. Export-Clixml or a job keeps it.",
            _ => null,
        };

    private static ToolSequence? ReadSequence(IObjectView view) =>
        view.Text(PropertyName) is { } text && CopyText.Read<SequenceCopy>(text) is { Steps.Length: > 0, Session.Length: > 0 } copy
            ? SequenceCopies.Read(copy)
            : SequenceViews.Read(view);

    private static RepeatedPattern? ReadPattern(IObjectView view) =>
        view.Text(PropertyName) is { } text && CopyText.Read<PatternCopy>(text) is { Steps.Length: > 0 } copy
            ? PatternCopies.Read(copy)
            : PatternViews.Read(view);
}
