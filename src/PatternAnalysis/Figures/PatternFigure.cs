using System.Globalization;

namespace PatternAnalysis.Figures;

/// <summary>A number that is shown of a pattern of a run.</summary>
/// <inheritdoc cref="Figure{TPattern}"/>
public sealed record PatternFigure(
    string Name,
    string Title,
    string Explanation,
    Func<ClassifiedPattern, IFormattable?> Value,
    string Format
) : Figure<ClassifiedPattern>(Name, Title, Explanation, Value, Format)
{
    /// <summary>Whether reports for people show it.</summary>
    public bool IsInReports { get; init; }

    /// <summary>The figure of the whole that this is a part of; null when it is none.</summary>
    public Func<ClassifiedPattern, IFormattable?>? Whole { get; init; }

    /// <summary>The value as a report shows it: with the whole that it is a part of.</summary>
    public string ShowWithWhole(ClassifiedPattern pattern) =>
        Whole?.Invoke(pattern) is { } whole ? $"{Show(pattern)} of {whole.ToString(Format, CultureInfo.InvariantCulture)}" : Show(pattern);
}
