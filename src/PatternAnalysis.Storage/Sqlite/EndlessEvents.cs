using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Refuses what would be waited for, or read, without end.</summary>
internal static class EndlessEvents
{
    /// <summary>
    /// Refuses a pipe or a device. Only what seems to be empty can be one; opened for both reading and writing, it waits for nobody.
    /// </summary>
    public static void RefuseFile(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: 0 })
            return;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (file.CanSeek)
                return;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return; // SQLite says it better
        }

        throw new PatternAnalysisException(
            ErrorCatalogue.NotADatabase,
            $"'{path}' is a pipe or a device. Give the file that the hooks write to."
        );
    }

    /// <summary>Refuses a recursive view: it makes rows out of nothing, and nobody can tell how many before it has.</summary>
    public static void RefuseView(SqliteConnection connection, string path)
    {
        using var plan = SqliteDatabase.Command(connection, "EXPLAIN QUERY PLAN SELECT * FROM hook_events");
        using var row = plan.ExecuteReader();
        while (row.Read())
        {
            if (row.GetString(3).Contains("RECURSIVE", StringComparison.Ordinal))
                throw new PatternAnalysisException(
                    ErrorCatalogue.EndlessView,
                    $"'hook_events' of '{path}' is a view that calls itself, and may have no end. Make it a view of rows that are there."
                );
        }
    }
}
