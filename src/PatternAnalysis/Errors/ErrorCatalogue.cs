using System.Reflection;
using System.Runtime.CompilerServices;
using static PatternAnalysis.ErrorKind;

namespace PatternAnalysis;

/// <summary>Every error that the product raises. What is not here is unforeseen.</summary>
public static class ErrorCatalogue
{
    /// <summary>Where an unforeseen error is reported.</summary>
    public const string ReportTo = "the project's issues (see SECURITY.md first when it may be a weakness)";

#pragma warning disable CS1591 // The advice of each says what it is.
    // Errors of arguments.
    public static ErrorDefinition BadArguments { get; } = Define(InvalidArgument, "See the command's --help.");
    public static ErrorDefinition InvalidOption { get; } = Define(InvalidArgument, "Give a value in the option's range.");
    public static ErrorDefinition InvalidWindow { get; } = Define(InvalidArgument, "Give a start that lies before the end.");
    public static ErrorDefinition InvalidLength { get; } = Define(InvalidArgument, "Ask for fewer steps, or allow more.");
    public static ErrorDefinition InvalidWildcard { get; } = Define(InvalidArgument, "Close the bracket, or write a backtick before it.");
    public static ErrorDefinition InvalidRequest { get; } = Define(InvalidArgument, "See the API's description in docs/review.md.", 400);
    public static ErrorDefinition InvalidStatus { get; } = Define(InvalidArgument, "Use one of the documented states.", 400);
    public static ErrorDefinition InvalidConnectionString { get; } = Define(InvalidArgument, "Give a file, or postgres://user@host/name.");
    public static ErrorDefinition InvalidUrl { get; } =
        Define(InvalidArgument, "Give an address of this machine, like http://localhost:8477.");
    public static ErrorDefinition InvalidTask { get; } =
        Define(InvalidArgument, "Give a time of day and a database that the scheduler can find.");
    public static ErrorDefinition InvalidRuleFile { get; } =
        Define(InvalidArgument, "Mend the rule that the message names; see docs/danger.md.", exitCode: 1);
    public static ErrorDefinition InvalidPriceTable { get; } =
        Define(InvalidArgument, "Mend the entry that the message names; see docs/worth.md.", exitCode: 1);
    public static ErrorDefinition InvalidEffect { get; } =
        Define(InvalidArgument, "Give a pattern that was decided on, or activities and a moment.");
    public static ErrorDefinition InvalidNotificationSettings { get; } =
        Define(InvalidArgument, "Mend the setting that the message names; see docs/notification.md.");
    public static ErrorDefinition SecretInTask { get; } = Define(InvalidArgument, "Leave the password to PGPASSWORD or ~/.pgpass.");
    public static ErrorDefinition NoDatabase { get; } = Define(InvalidArgument, "Name a database, or set PATTERN_ANALYSIS_DATABASE.");
    public static ErrorDefinition NotAFile { get; } = Define(InvalidArgument, "Give a path of the file system.");
    public static ErrorDefinition MixedRuns { get; } = Define(InvalidArgument, "Use the patterns of one call of Find-RepeatedPattern.");
    public static ErrorDefinition SequencesNeeded { get; } =
        Define(InvalidArgument, "Measure the patterns where their sequences are, or with the options that they were measured with.");
    public static ErrorDefinition IncompleteCopy { get; } =
        Define(InvalidArgument, "Hand the objects over by Export-Clixml, a job or ConvertTo-Json -Depth 5.");
    public static ErrorDefinition NotAPattern { get; } =
        Define(InvalidArgument, "Name the database with -Database, and a pattern by its id.");
    public static ErrorDefinition AmbiguousPattern { get; } =
        Define(InvalidArgument, "Write more of the id; Get-PatternApproval shows it.");
    public static ErrorDefinition UnknownReportFormat { get; } = Define(InvalidArgument, "Name the file .md, .html, .json or .csv.");
    public static ErrorDefinition UnknownFormat { get; } = Define(InvalidArgument, "Use one of the formats that the message lists.");

    // Errors of the database.
    public static ErrorDefinition DatabaseNotFound { get; } = Define(ObjectNotFound, "Check the path, or the name of the database.");
    public static ErrorDefinition TableNotFound { get; } = Define(ObjectNotFound, "Give the database that the hooks write to.");
    public static ErrorDefinition ColumnNotFound { get; } = Define(ObjectNotFound, "Give the database that the hooks write to.");
    public static ErrorDefinition EndlessView { get; } = Define(InvalidData, "Make it a view of rows that are there.");
    public static ErrorDefinition NotADatabase { get; } = Define(InvalidData, "Give the SQLite file itself.");
    public static ErrorDefinition DatabaseCorrupt { get; } =
        Define(InvalidData, "Check it with 'PRAGMA integrity_check' and restore a copy.");
    public static ErrorDefinition DatabaseConstraint { get; } = Define(InvalidData, "See which rule of the database refuses the row.");
    public static ErrorDefinition DatabaseError { get; } = Define(NotSpecified, "See what the database itself says.");
    public static ErrorDefinition DatabaseBusy { get; } = Define(ResourceBusy, "Try again when the other process has ended.", 503);
    public static ErrorDefinition DatabaseReadOnly { get; } =
        Define(PermissionDenied, "Check the permissions, or name the primary server.");
    public static ErrorDefinition DatabaseUnreadable { get; } =
        Define(PermissionDenied, "Check the permissions of the file, or the rights of the user.");
    public static ErrorDefinition DatabaseInputOutput { get; } =
        Define(WriteError, "Free some space on the disk, or see what the server lacks.");
    public static ErrorDefinition DatabaseUnreachable { get; } = Define(ConnectionError, "Check the address, and that the server runs.");
    public static ErrorDefinition ConnectionLost { get; } = Define(ConnectionError, "Run it again; nothing was half done.");
    public static ErrorDefinition AuthenticationFailed { get; } = Define(AuthenticationError, "Check the user and the password.");
    public static ErrorDefinition SchemaTooNew { get; } = Define(InvalidOperation, "Update PatternAnalysis.");
    public static ErrorDefinition EngineUnsupported { get; } = Define(InvalidOperation, "Use the engine Memory.");

    // Files and folders.
    public static ErrorDefinition FolderNotFound { get; } = Define(ObjectNotFound, "Check the path, or make the folder.");
    public static ErrorDefinition PathNotFound { get; } = Define(ObjectNotFound, "Check the path.");
    public static ErrorDefinition RecorderNotFound { get; } = Define(ObjectNotFound, "Install pattern-analysis, or give its path.");
    public static ErrorDefinition RuleFileUnreadable { get; } =
        Define(PermissionDenied, "Check the path and the permissions of the rule file.");
    public static ErrorDefinition SettingsUnreadable { get; } = Define(InvalidData, "Mend the settings file, or let it be written.");
    public static ErrorDefinition SettingsNotPlain { get; } = Define(InvalidData, "Change the settings by hand.");
    public static ErrorDefinition WorkflowUnfit { get; } = Define(InvalidOperation, "Draft it in another format.");
    public static ErrorDefinition WorkflowExists { get; } = Define(ResourceExists, "Remove the file, or give another path.");
    public static ErrorDefinition InputOutput { get; } = Define(WriteError, "Check the path, the permissions and the space on the disk.");

    public static ErrorDefinition LinkedFile { get; } = Define(PermissionDenied, "Remove the link, or give another path.");

    // Errors of the review.
    public static ErrorDefinition PatternNotFound { get; } = Define(ObjectNotFound, "List the patterns to see their ids.", 404);
    public static ErrorDefinition PatternNotApproved { get; } = Define(InvalidOperation, "Review the pattern first.", 409);
    public static ErrorDefinition PatternDecidedMeanwhile { get; } =
        Define(InvalidOperation, "Look at the decision that was made, then decide.", 409);
    public static ErrorDefinition PatternChangedMeanwhile { get; } =
        Define(InvalidOperation, "Look at the pattern again, then decide.", 409);
    public static ErrorDefinition OccurrencesNotFound { get; } =
        Define(ObjectNotFound, "Give the database that the pattern was found in.", 404);
    public static ErrorDefinition InvalidDecision { get; } = Define(InvalidArgument, "Approve or reject.", 400);
    public static ErrorDefinition ReasonMissing { get; } =
        Define(InvalidArgument, "Say why: whoever meets the pattern again must know.", 400);
    public static ErrorDefinition ReviewerMissing { get; } = Define(InvalidArgument, "Say who decides.", 400);
    public static ErrorDefinition NotInteractive { get; } = Define(InvalidOperation, "Use the commands that need no answers.");

    // Errors of notifications.
    public static ErrorDefinition NotificationFailed { get; } =
        Define(WriteError, "See what the sink says; what it was not told of is kept.");
    public static ErrorDefinition PortInUse { get; } = Define(ResourceBusy, "Give another port.");
    public static ErrorDefinition TaskNotFound { get; } = Define(ObjectNotFound, "List the tasks with Get-PatternAnalysisTask.");
    public static ErrorDefinition SchedulerNotFound { get; } = Define(ObjectNotFound, "Use a scheduler that this machine has.");
    public static ErrorDefinition SchedulerFailed { get; } = Define(InvalidOperation, "See what the scheduler itself says.");
    public static ErrorDefinition CrontabDamaged { get; } = Define(InvalidData, "Mend the crontab by hand.");
    public static ErrorDefinition Cancelled { get; } = Define(OperationStopped, "What was not finished was not saved. Run it again.");
    public static ErrorDefinition OutOfMemory { get; } =
        Define(ResourceBusy, "Ask for a shorter time, for patterns in more sessions, for the activity Tool, or for the engine Database.");
    public static ErrorDefinition Unexpected { get; } = Define(NotSpecified, $"Report it with what you did to {ReportTo}.");
#pragma warning restore CS1591

    /// <summary>All of them, by their ids.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        .. typeof(ErrorCatalogue)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(ErrorDefinition))
            .Select(property => (ErrorDefinition)property.GetValue(null)!)
            .OrderBy(error => error.Id, StringComparer.Ordinal),
    ];

    /// <summary>What to say of an exception that no code of ours raised: one line.</summary>
    public static PatternAnalysisException OfUnforeseen(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is OutOfMemoryException)
            return new PatternAnalysisException(OutOfMemory, $"There is not enough memory for this. {OutOfMemory.Advice}", exception);

        var message = exception.Message.ReplaceLineEndings(" ");
        return new PatternAnalysisException(
            Unexpected,
            $"Something went wrong that nobody foresaw ({exception.GetType().Name}: {message}) {Unexpected.Advice}",
            exception
        );
    }

    private static ErrorDefinition Define(
        ErrorKind category,
        string advice,
        int httpStatus = 500,
        int? exitCode = null,
        [CallerMemberName] string id = ""
    ) => new(id, category, advice, httpStatus, exitCode ?? (category == InvalidArgument ? 2 : 1));
}
