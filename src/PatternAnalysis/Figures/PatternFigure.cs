using System.Globalization;

namespace PatternAnalysis.Figures;

/// <summary>A number that is shown of a pattern: all that the reports, the tables and the files of data need to know of it.</summary>
/// <param name="Name">Its name in files of data, for example <c>session_count</c>.</param>
/// <param name="Title">Its title in tables, short.</param>
/// <param name="Explanation">What it says, in one sentence.</param>
/// <param name="Value">The value, a number of any type; null where it is not known.</param>
/// <param name="Format">How people read it: a .NET format of numbers, of the invariant culture.</param>
public sealed record PatternFigure(
    string Name,
    string Title,
    string Explanation,
    Func<ClassifiedPattern, IFormattable?> Value,
    string Format
)
{
    /// <summary>Whether reports for people show it.</summary>
    public bool IsInReports { get; init; }

    /// <summary>How wide it is in a terminal's table; 0 when that does not show it.</summary>
    public int Width { get; init; }

    /// <summary>What stands before it.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The figure of the whole that this is a part of; null when it is none.</summary>
    public Func<ClassifiedPattern, IFormattable?>? Whole { get; init; }

    /// <summary>The value as a table shows it.</summary>
    public string Show(ClassifiedPattern pattern) =>
        Value(pattern) is { } value ? Unit + value.ToString(Format, CultureInfo.InvariantCulture) : "-";

    /// <summary>The value as a report shows it: with the whole that it is a part of.</summary>
    public string ShowWithWhole(ClassifiedPattern pattern) =>
        Whole?.Invoke(pattern) is { } whole ? $"{Show(pattern)} of {whole.ToString(Format, CultureInfo.InvariantCulture)}" : Show(pattern);
}
