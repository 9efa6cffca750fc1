using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Copies;

namespace PatternAnalysis.Commands;

/// <summary>
/// Makes objects of the pipeline again of what a file, a job, another machine or JSON made of them. PowerShell asks it where it reads such
/// an object, and where a parameter is given one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CopyConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => Read(sourceValue, destinationType) is not null;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        Read(sourceValue, destinationType)
        ?? throw new PSInvalidCastException($"The object has not the properties of a {destinationType?.Name}.");

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException($"There is no {destinationType?.Name} in it.");

    private static object? Read(object? source, Type? type) =>
        source is PSObject { BaseObject: PSCustomObject } copy && type is not null && ObjectCopy.Types.Contains(type)
            ? ObjectCopy.Read(new PSObjectView(copy), type)
            : null;
}
