using System.Globalization;
using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>
/// Takes an age for the moment that long ago: <c>90d</c>, <c>12w</c>, a <see cref="TimeSpan"/>; a time is taken as it is.
/// </summary>
internal sealed class AgeAttribute : ArgumentTransformationAttribute
{
    private static readonly UtcTimeAttribute s_time = new();

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (input is TimeSpan age)
            return Ago(age);
        // Without quotes PowerShell reads 90d as a decimal number.
        if (input is decimal and >= 0 and < 36_500 and var whole)
            return Ago(TimeSpan.FromDays((double)whole));
        return input is string text && DaysOf(text) is { } days
            ? Ago(TimeSpan.FromDays(days))
            : s_time.Transform(engineIntrinsics, inputData);
    }

    private static double? DaysOf(string text) =>
        text.Length > 1
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number < 36_500
            ? char.ToLowerInvariant(text[^1]) switch
            {
                'd' => number,
                'w' => number * 7,
                'h' => number / 24,
                _ => null,
            }
            : null;

    private static DateTimeOffset Ago(TimeSpan age) =>
        age >= TimeSpan.Zero
            ? DateTimeOffset.UtcNow - age
            : throw new ArgumentTransformationMetadataException("An age can't be negative. Write it like 90d, or give a time.");
}
