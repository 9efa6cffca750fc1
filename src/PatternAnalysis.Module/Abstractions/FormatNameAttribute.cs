using System.Management.Automation;
using PatternAnalysis.Storage.Import;

namespace PatternAnalysis.Commands;

/// <summary>Takes the names of formats that can be imported, and no others.</summary>
internal sealed class FormatNameAttribute : ValidateEnumeratedArgumentsAttribute
{
    protected override void ValidateElement(object element)
    {
        if (!FileImport.FormatNames.Contains(element as string, StringComparer.OrdinalIgnoreCase))
            throw new ValidationMetadataException($"'{element}' is no format. Use one of: {string.Join(", ", FileImport.FormatNames)}.");
    }
}
