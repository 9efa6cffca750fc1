using System.Data.Common;
using System.Text.Json;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// The table <c>pattern_imported_files</c>. Read without Dapper and reflection, whose start would take longer than an import of unchanged
/// files.
/// </summary>
internal sealed class SqlImportMemory(ISqlDatabase database) : IImportMemory
{
    public const string Create = """
        -- The files whose events are stored, so that they are read again only where they have changed.
        -- Times are ticks (100 ns since year 1).
        CREATE TABLE IF NOT EXISTS pattern_imported_files (
            path TEXT PRIMARY KEY,
            reader TEXT NOT NULL,
            length BIGINT NOT NULL,
            modified_at BIGINT NOT NULL,
            event_count BIGINT NOT NULL,
            undated_count BIGINT NOT NULL,
            first_seen BIGINT,
            last_seen BIGINT,
            sessions TEXT NOT NULL,
            skipped TEXT NOT NULL,
            format TEXT,
            next_offset BIGINT,
            next_line BIGINT,
            next_checksum BIGINT,
            next_event_count BIGINT,
            next_format TEXT,
            next_state TEXT
        );
        """;

    private const string Table = "pattern_imported_files";

    private static readonly string[] s_columns =
    [
        "path",
        "reader",
        "length",
        "modified_at",
        "event_count",
        "undated_count",
        "first_seen",
        "last_seen",
        "sessions",
        "skipped",
        "next_offset",
        "next_line",
        "next_checksum",
        "next_event_count",
        "next_format",
        "next_state",
        "format",
    ];

    public IReadOnlyDictionary<string, ImportedFile> Read(string reader) =>
        database.IsThere
            ? database.Read("reading which files are imported", connection => Read(connection, reader))
            : new Dictionary<string, ImportedFile>(StringComparer.Ordinal);

    // Files without events make no database out of one that holds something else.
    public void Write(IReadOnlyCollection<ImportedFile> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        database.WriteBesideEvents(
            "remembering which files are imported",
            (connection, transaction) =>
            {
                T[] Column<T>(Func<ImportedFile, T> value) => [.. files.Select(value)];
                database.Insert(
                    connection,
                    transaction,
                    Table,
                    [
                        ("path", Column(file => file.Path)),
                        ("reader", Column(file => file.Reader)),
                        ("length", Column(file => file.Length)),
                        ("modified_at", Column(file => file.LastWriteUtc.Ticks)),
                        ("event_count", Column(file => file.Contents.EventCount)),
                        ("undated_count", Column(file => file.Contents.UndatedCount)),
                        ("first_seen", Column(file => file.Contents.Span?.First.Ticks)),
                        ("last_seen", Column(file => file.Contents.Span?.Last.Ticks)),
                        ("sessions", Column(file => Lines(file.Contents.Sessions))),
                        ("skipped", Column(file => SkippedJson(file.Contents.Skipped))),
                        ("next_offset", Column(file => file.Next?.Offset)),
                        ("next_line", Column(file => file.Next?.Line)),
                        ("next_checksum", Column(file => file.Next?.Hash)),
                        ("next_event_count", Column(file => file.Next?.EventCount)),
                        ("next_format", Column(file => file.Next?.Format)),
                        ("next_state", Column(file => file.Next?.State)),
                        ("format", Column(file => file.Contents.Format)),
                    ],
                    "ON CONFLICT (path) DO UPDATE SET "
                        + string.Join(", ", s_columns[1..].Select(column => $"{column} = excluded.{column}"))
                );
            },
            cancellationToken
        );
    }

    private Dictionary<string, ImportedFile> Read(DbConnection connection, string reader)
    {
        var files = new Dictionary<string, ImportedFile>(StringComparer.Ordinal);

        // Whoever emptied the table of events wants them again.
        if (
            database.ColumnsOf(connection, Table).Count == 0
            || database.ColumnsOf(connection, HookEventInsert.Table).Count == 0
            || IsEmpty(connection)
        )
            return files;

        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", s_columns)} FROM {Table} WHERE reader = @reader";
        command.AddParameter("reader").Value = reader;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var read = Read(row);
            files.Add(read.Path, read);
        }

        return files;
    }

    private static bool IsEmpty(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM {HookEventInsert.Table} LIMIT 1";
        return command.ExecuteScalar() is null;
    }

    private static ImportedFile Read(DbDataReader row) =>
        new(
            row.Value(0, Text),
            row.Value(2, Number),
            Time(row.Value(3, Number)),
            row.Value(1, Text),
            new ImportedContents(
                row.Value(4, Number),
                row.Value(5, Number),
                row.Value(8, Text) is { Length: > 0 } sessions ? sessions.Split('\n') : [],
                row.IsDBNull(6) || row.IsDBNull(7) ? null : (Time(row.Value(6, Number)), Time(row.Value(7, Number))),
                row.Value(9, Skipped),
                row.IsDBNull(16) ? null : row.Value(16, Text)
            ),
            row.IsDBNull(10)
                ? null
                : new ReadingPoint(
                    row.Value(10, Number),
                    row.Value(11, Number),
                    row.Value(12, Number),
                    row.Value(13, Number),
                    row.Value(14, Text),
                    row.Value(15, Text)
                )
        );

    private static DateTime Time(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    // A session's name may hold anything, and only their number is asked for.
    private static string Lines(IEnumerable<string> names) => string.Join('\n', names.Select(name => name.ReplaceLineEndings(" ")));

    private static string SkippedJson(IReadOnlyList<SkippedInput> skipped)
    {
        if (skipped.Count == 0)
            return "";

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var skip in skipped)
            {
                json.WriteStartArray();
                json.WriteStringValue(skip.Reason);
                json.WriteNumberValue(skip.Count);
                foreach (var example in skip.Examples)
                    json.WriteStringValue(example);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Text(DbDataReader row, int column) => row.GetString(column);

    private static long Number(DbDataReader row, int column) => row.GetInt64(column);

    private static IReadOnlyList<SkippedInput> Skipped(DbDataReader row, int column)
    {
        if (row.GetString(column) is not { Length: > 0 } text)
            return [];

        using var json = JsonDocument.Parse(text);
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(skip => new SkippedInput(
                    skip[0].GetString()!,
                    skip[1].GetInt64(),
                    [.. skip.EnumerateArray().Skip(2).Select(example => example.GetString()!)]
                )),
        ];
    }
}
