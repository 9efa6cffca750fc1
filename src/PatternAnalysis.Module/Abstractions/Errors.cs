using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>Makes PowerShell's error records of the product's errors; the error id stays the same.</summary>
internal static class Errors
{
    public static ErrorRecord Record(PatternAnalysisException error, object? target) =>
        new(error, error.ErrorId, CategoryOf(error.ErrorId), target);

    private static ErrorCategory CategoryOf(string errorId) =>
        errorId switch
        {
            "DatabaseNotFound"
            or "FolderNotFound"
            or "TaskNotFound"
            or "OccurrencesNotFound"
            or "SchedulerNotFound"
            or "PathNotFound"
            or "RecorderNotFound"
            or "TableNotFound"
            or "ColumnNotFound"
            or "PatternNotFound" => ErrorCategory.ObjectNotFound,
            "InvalidStatus" or "InvalidDecision" or "ReasonMissing" or "ReviewerMissing" => ErrorCategory.InvalidArgument,
            "PatternDecidedMeanwhile" or "PatternChangedMeanwhile" => ErrorCategory.InvalidOperation,
            "NotInteractive" => ErrorCategory.InvalidOperation,
            "NoDatabase"
            or "InvalidConnectionString"
            or "InvalidWindow"
            or "InvalidLength"
            or "NotAFile"
            or "MixedRuns"
            or "InvalidRuleFile"
            or "UnknownReportFormat"
            or "InvalidTask"
            or "SecretInTask"
            or "InvalidNotificationSettings" => ErrorCategory.InvalidArgument,
            "DatabaseBusy" => ErrorCategory.ResourceBusy,
            "SettingsUnreadable" or "SettingsNotPlain" or "NotADatabase" or "DatabaseCorrupt" => ErrorCategory.InvalidData,
            "DatabaseReadOnly" or "DatabaseUnreadable" or "RuleFileUnreadable" => ErrorCategory.PermissionDenied,
            "AuthenticationFailed" => ErrorCategory.AuthenticationError,
            "DatabaseUnreachable" or "ConnectionLost" => ErrorCategory.ConnectionError,
            "SchemaTooNew" or "EngineUnsupported" or "PatternNotApproved" => ErrorCategory.InvalidOperation,
            "WorkflowExists" => ErrorCategory.ResourceExists,
            "NotificationFailed" => ErrorCategory.WriteError,
            _ => ErrorCategory.NotSpecified,
        };
}
