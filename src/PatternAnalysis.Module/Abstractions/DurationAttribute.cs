using System.Globalization;
using System.Management.Automation;
using PatternAnalysis.Options;

namespace PatternAnalysis.Commands;

/// <summary>Reads a length of time as people write it: PowerShell itself would take <c>26</c> for 26 ticks.</summary>
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (given is TimeSpan duration)
            return duration;

        var text = Convert.ToString(given, CultureInfo.InvariantCulture) ?? "";
        return DurationText.TryParse(text, out var parsed)
            ? parsed
            : throw new ArgumentTransformationMetadataException($"'{text}' {DurationText.Advice}");
    }
}
