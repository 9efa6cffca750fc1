using System.Globalization;
using System.Management.Automation;
using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Commands;

/// <summary>
/// Reads a time as the events are read: a text, or a <see cref="DateTime"/> of no kind, is UTC unless it says otherwise.
/// PowerShell itself would take both as local time.
/// </summary>
internal sealed class UtcTimeAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        switch (inputData is PSObject wrapped ? wrapped.BaseObject : inputData)
        {
            case DateTimeOffset instant:
                return instant;
            case DateTime { Kind: DateTimeKind.Unspecified } time:
                return new DateTimeOffset(time, TimeSpan.Zero);
            case DateTime time:
                return new DateTimeOffset(time);
            case var other:
                var text = Convert.ToString(other, CultureInfo.InvariantCulture) ?? "";
                return TimestampParser.TryParse(Encoding.UTF8.GetBytes(text), out var ticks)
                    ? new DateTimeOffset(ticks, TimeSpan.Zero)
                    : throw new ArgumentTransformationMetadataException(
                        $"'{text}' is no time. Write it like 2025-12-08, 2025-12-08T20:00:00Z "
                            + $"or 2025-12-08T20:00:00+01:00; without a zone it is UTC."
                    );
        }
    }
}
