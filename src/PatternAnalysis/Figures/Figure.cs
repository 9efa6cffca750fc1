using System.Globalization;

namespace PatternAnalysis.Figures;

/// <summary>A number that is shown of a pattern: all that reports, tables and files of data need to know of it.</summary>
/// <typeparam name="TPattern">The pattern that it is read from.</typeparam>
/// <param name="Name">Its name in files of data, for example <c>session_count</c>.</param>
/// <param name="Title">Its title in tables, short.</param>
/// <param name="Explanation">What it says, in one sentence.</param>
/// <param name="Value">The value, a number of any type; null where it is not known.</param>
/// <param name="Format">How people read it: a .NET format of numbers, of the invariant culture.</param>
public record Figure<TPattern>(string Name, string Title, string Explanation, Func<TPattern, IFormattable?> Value, string Format)
{
    private readonly string? _label;

    /// <summary>Its title where a column is narrow.</summary>
    public string Label
    {
        get => _label ?? Title;
        init => _label = value;
    }

    /// <summary>How wide it is in a terminal's table; 0 when that does not show it.</summary>
    public int Width { get; init; }

    /// <summary>What stands before it.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The value as a table shows it.</summary>
    public string Show(TPattern pattern) => Value(pattern) is { } value ? Unit + value.ToString(Format, CultureInfo.InvariantCulture) : "-";
}
