using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Says in the product's words what an error of PostgreSQL means.</summary>
internal static class PostgresErrors
{
    private const string NothingKept = "Nothing of this step was kept.";

    public static PatternAnalysisException Translate(DbException error, string name, string doing)
    {
        var (kind, advice) = error is PostgresException refused ? OfServer(refused.SqlState) : OfConnection(error);
        var message = (error as PostgresException)?.MessageText ?? error.Message;
        if (
            error.InnerException is SocketException or IOException
            && !message.Contains(error.InnerException.Message, StringComparison.Ordinal)
        )
            message += $" {error.InnerException.Message}";
        return new PatternAnalysisException(kind, $"The database '{name}' failed while {doing}: {message.TrimEnd('.')}. {advice}", error);
    }

    private static (ErrorDefinition Error, string Advice) OfServer(string state) =>
        state switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                ErrorCatalogue.AuthenticationFailed,
                "Check the user and the password (-Credential, PGPASSWORD, or the password file ~/.pgpass)."
            ),
            PostgresErrorCodes.InvalidCatalogName => (ErrorCatalogue.DatabaseNotFound, "The server has no such database. Check its name."),
            PostgresErrorCodes.InsufficientPrivilege => (
                ErrorCatalogue.DatabaseUnreadable,
                "The user lacks a privilege. Ask for SELECT on hook_events, and to write for all rights on the tables pattern_*."
            ),
            PostgresErrorCodes.ReadOnlySqlTransaction => (
                ErrorCatalogue.DatabaseReadOnly,
                "The server is a replica, or read-only. Name the primary server."
            ),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => (
                ErrorCatalogue.DatabaseBusy,
                $"Another process is writing to it. Try again when it has ended. {NothingKept}"
            ),
            PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.IdleSessionTimeout => (
                ErrorCatalogue.ConnectionLost,
                $"The server ended the connection. {NothingKept} Run it again."
            ),
            PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => (
                ErrorCatalogue.DatabaseCorrupt,
                "The server's files are damaged. Restore a backup."
            ),
            PostgresErrorCodes.DiskFull
            or PostgresErrorCodes.OutOfMemory
            or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.IoError => (ErrorCatalogue.DatabaseInputOutput, $"The server is out of a resource. {NothingKept}"),
            PostgresErrorCodes.UndefinedTable => (ErrorCatalogue.TableNotFound, "Give the database that the hooks write to."),
            PostgresErrorCodes.UndefinedColumn => (ErrorCatalogue.ColumnNotFound, "The table lacks a column that this command needs."),
            ['2', '3', ..] => (ErrorCatalogue.DatabaseConstraint, $"The database's own rules refuse a row. {NothingKept}"),
            ['0', '8', ..] => (ErrorCatalogue.ConnectionLost, $"{NothingKept} Run it again."),
            _ => (ErrorCatalogue.DatabaseError, NothingKept),
        };

    private static (ErrorDefinition Error, string Advice) OfConnection(DbException error) =>
        error switch
        {
            // The driver has no code for this one: the server asks for a password and nothing gives one.
            NpgsqlException when error.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => (
                ErrorCatalogue.AuthenticationFailed,
                "Give the password by -Credential, PGPASSWORD, or the password file ~/.pgpass."
            ),
            { InnerException: SocketException or TimeoutException } => (
                ErrorCatalogue.DatabaseUnreachable,
                "No server answers there. Check the address, and that the server runs."
            ),
            { InnerException: IOException } => (ErrorCatalogue.ConnectionLost, $"The connection broke. {NothingKept} Run it again."),
            _ => (ErrorCatalogue.DatabaseError, NothingKept),
        };
}
