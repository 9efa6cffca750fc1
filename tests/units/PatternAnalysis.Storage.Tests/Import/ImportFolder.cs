using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>A folder of files to import and the database beside it, which go with it.</summary>
internal sealed class ImportFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pattern-analysis-import-").FullName;

    public ImportFolder() => Directory.CreateDirectory(Input);

    public string Input => Path.Combine(_root, "input");

    public string Database => Path.Combine(_root, "events.db");

    public ImportFolder Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public ImportFolder Add(string name, byte[] content)
    {
        var path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    public ImportResult Import(ImportOptions? options = null, string format = FileImport.Auto, params string[] paths) =>
        FileImport.Run(
            PatternDatabase.Open(Database),
            paths.Length > 0 ? paths : [Input],
            format,
            options ?? new ImportOptions(),
            null,
            CancellationToken.None
        );

    public IReadOnlyList<StoredEvent> Stored()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        return
        [
            .. connection.Query<StoredEvent>(
                """
                SELECT event_id AS Id, event_type AS Type, session_id AS Session, tool_name AS Tool, timestamp AS Time,
                    source_app AS SourceApp, payload AS Payload
                FROM hook_events ORDER BY timestamp, hook_events.id
                """
            ),
        ];
    }

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Execute(sql);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
