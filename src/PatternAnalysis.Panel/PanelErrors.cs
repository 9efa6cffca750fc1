using Microsoft.AspNetCore.Http;

namespace PatternAnalysis.Panel;

/// <summary>Which HTTP status says what an error says.</summary>
internal static class PanelErrors
{
    public static int StatusOf(PatternAnalysisException error) =>
        error.ErrorId switch
        {
            "PatternNotFound" => StatusCodes.Status404NotFound,
            "PatternDecidedMeanwhile" or "PatternChangedMeanwhile" => StatusCodes.Status409Conflict,
            "ReasonMissing" or "ReviewerMissing" or "InvalidDecision" or "InvalidStatus" => StatusCodes.Status400BadRequest,
            "DatabaseBusy" => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
}
