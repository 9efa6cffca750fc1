using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Makes PowerShell's error records of the product's errors; the error id stays the same.</summary>
internal static class Errors
{
    public static ErrorRecord Record(PatternAnalysisException error, object? target) =>
        new(error, error.ErrorId, CategoryOf(error.Error), target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = error.Error.Advice },
        };

    // The names are PowerShell's.
    private static ErrorCategory CategoryOf(ErrorDefinition error) => Enum.Parse<ErrorCategory>(error.Category.ToString());
}
