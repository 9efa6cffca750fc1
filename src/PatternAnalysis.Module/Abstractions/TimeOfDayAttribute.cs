using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>
/// Takes times of day as people have them: <c>02:30</c>, <c>2:30 PM</c>, a <see cref="DateTime"/>, a <see
/// cref="TimeSpan"/>.
/// </summary>
internal sealed class TimeOfDayAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input is IEnumerable list and not string ? list.Cast<object>().Select(One).ToArray() : new[] { One(input) };
    }

    private static TimeOnly One(object? input) =>
        (input is PSObject wrapped ? wrapped.BaseObject : input) switch
        {
            TimeOnly time => time,
            DateTime time => TimeOnly.FromDateTime(time),
            DateTimeOffset time => TimeOnly.FromDateTime(time.LocalDateTime),
            TimeSpan { Days: 0 } time when time >= TimeSpan.Zero => TimeOnly.FromTimeSpan(time),
            string text when TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) => time,
            string text when DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time) => TimeOnly.FromDateTime(time),
            var other => throw new ArgumentTransformationMetadataException(
                $"'{other}' is no time of day. Write it like 02:30, 14:00 or 2:30 PM, or give a DateTime."
            ),
        };
}
