namespace PatternAnalysis;

/// <summary>A kind of error: all that the fronts and the documents need to know of it.</summary>
/// <param name="Id">Its stable name, that scripts may test for.</param>
/// <param name="Category">What kind of thing went wrong.</param>
/// <param name="Advice">What to do, in general; the message of a single error says more.</param>
/// <param name="HttpStatus">The status that the panel answers with.</param>
/// <param name="ExitCode">The exit code of the command line: 2 for arguments that can't work, 1 for all else.</param>
public sealed record ErrorDefinition(string Id, ErrorKind Category, string Advice, int HttpStatus, int ExitCode)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>What kind of thing went wrong. The names are those of PowerShell's categories.</summary>
public enum ErrorKind
{
    /// <summary>Something that is needed is not there.</summary>
    ObjectNotFound,

    /// <summary>What was asked for can't work, whatever there is.</summary>
    InvalidArgument,

    /// <summary>What was asked for can't be done as things stand.</summary>
    InvalidOperation,

    /// <summary>What was read is not what it must be.</summary>
    InvalidData,

    /// <summary>Somebody else uses it.</summary>
    ResourceBusy,

    /// <summary>It is there already, and is not replaced.</summary>
    ResourceExists,

    /// <summary>It may not be read or written.</summary>
    PermissionDenied,

    /// <summary>A server does not take the login.</summary>
    AuthenticationError,

    /// <summary>A server can't be reached.</summary>
    ConnectionError,

    /// <summary>Something could not be written or sent.</summary>
    WriteError,

    /// <summary>The work was stopped.</summary>
    OperationStopped,

    /// <summary>Nobody knows yet.</summary>
    NotSpecified,
}
