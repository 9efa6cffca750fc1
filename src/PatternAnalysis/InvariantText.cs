using System.Globalization;
using System.Runtime.CompilerServices;

namespace PatternAnalysis;

/// <summary>
/// An interpolated string that is formatted by the invariant culture, whatever the process's language: a parameter of this type takes one,
/// also put together with <c>+</c> from several.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment) => _text.AppendFormatted(value, alignment);

    public void AppendFormatted<T>(T value, int alignment, string? format) => _text.AppendFormatted(value, alignment, format);

    /// <summary>The text; it can be taken once.</summary>
    public string Take() => _text.ToStringAndClear();
}
