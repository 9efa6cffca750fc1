using System.Globalization;
using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Takes the name of a time zone for the zone.</summary>
internal sealed class TimeZoneAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (input is TimeZoneInfo)
            return input;

        var name = Convert.ToString(input, CultureInfo.InvariantCulture) ?? "";
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new ArgumentTransformationMetadataException(
                $"'{name}' is no time zone of this machine. Write it like Europe/Berlin or UTC."
            );
    }
}
