using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Benchmarks;

/// <summary>A copy of a database with the index that holds all that the analysis reads.</summary>
internal static class CoveringIndex
{
    public static void Provide(string source, string path)
    {
        if (File.Exists(path))
            return;

        File.Copy(source, path + ".part", overwrite: true);
        using (var connection = new SqliteConnection($"Data Source={path}.part;Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE INDEX idx_pattern_analysis_events ON hook_events (event_type, timestamp, session_id, tool_name)";
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        }

        File.Move(path + ".part", path);
    }
}
