using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Says in the product's words what an error of SQLite means.</summary>
internal static class SqliteErrors
{
    public static PatternAnalysisException Translate(DbException error, string path, string doing)
    {
        if (error is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_READONLY_ROLLBACK })
        {
            return new PatternAnalysisException(
                ErrorCatalogue.DatabaseReadOnly,
                $"A program was ended while it wrote to '{path}', and what it had begun is still to be taken back from '{path}-journal': "
                    + "who only reads can't. A run or an import that saves does it; don't delete the journal.",
                error
            );
        }

        var (kind, advice) = (error as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (
                ErrorCatalogue.DatabaseBusy,
                "Another process is writing to it. Try again when it has ended."
            ),
            raw.SQLITE_NOTADB => (
                ErrorCatalogue.NotADatabase,
                "It is no SQLite database (or it is encrypted). Give the file that the hooks write to."
            ),
            raw.SQLITE_CORRUPT => (
                ErrorCatalogue.DatabaseCorrupt,
                "The file is damaged. Check it with 'PRAGMA integrity_check' and restore a copy."
            ),
            raw.SQLITE_READONLY => (
                ErrorCatalogue.DatabaseReadOnly,
                "It can't be written. Check the permissions of the file and of its folder."
            ),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => (
                ErrorCatalogue.DatabaseUnreadable,
                "It can't be opened. Check the permissions of the file and of its folder."
            ),
            raw.SQLITE_FULL or raw.SQLITE_IOERR => (
                ErrorCatalogue.DatabaseInputOutput,
                "The disk is full or failing. Nothing of this step was kept."
            ),
            raw.SQLITE_CONSTRAINT => (
                ErrorCatalogue.DatabaseConstraint,
                "The database's own rules refuse a row. Nothing of this step was kept."
            ),
            _ => (ErrorCatalogue.DatabaseError, "Nothing of this step was kept."),
        };
        return new PatternAnalysisException(kind, $"The database '{path}' failed while {doing}: {error.Message} {advice}", error);
    }
}
