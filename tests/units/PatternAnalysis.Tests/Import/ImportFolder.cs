using System.Globalization;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>A folder of files to import, which goes with its test, and the tables in memory that take what they hold.</summary>
internal sealed class ImportFolder : IDisposable
{
    private readonly EventTable _table = new();
    private readonly UsageTable _usage = new();
    private readonly FileMemory _memory = new();

    public string Input { get; } = Directory.CreateTempSubdirectory("pattern-analysis-import-").FullName;

    /// <summary>What is stored, in the order in which it came.</summary>
    public IReadOnlyCollection<NewHookEvent> Rows => _table.Rows;

    /// <summary>What messages took.</summary>
    public IReadOnlyList<MessageUsage> Messages => _usage.Messages;

    /// <summary>What is kept of answers.</summary>
    public IReadOnlyList<CallResult> Results => _usage.Results;

    /// <summary>Puts the files of a case into a folder.</summary>
    public static ImportFolder OfCase(string number)
    {
        var folder = new ImportFolder();
        foreach (var (name, content) in ImportCase.Files(number))
            folder.Add(name, content);
        return folder;
    }

    public ImportFolder Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    public ImportFolder Add(string name, byte[] content)
    {
        var path = Path.Combine(Input, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }

    /// <summary>Imports what lies there, in the order in which it began.</summary>
    public ImportResult Import(ImportOptions? options = null, string? format = null)
    {
        var known = format is null ? null : EventFormats.Named(format);
        var parents = new SessionParents();
        var files = Directory
            .GetFiles(Input, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new FileInfo(file));
        IEventSource[] sources =
        [
            .. files
                .Select(file => (File: file, Begins: FileBeginning.Read(Head(file), parents) ?? file.LastWriteTimeUtc.Ticks))
                .OrderBy(file => file.Begins)
                .ThenBy(file => file.File.LastWriteTimeUtc)
                .Select(file => file.File)
                .Select(file => new JsonEventSource(
                    file.FullName,
                    file.Length,
                    file.LastWriteTimeUtc,
                    () => File.OpenRead(file.FullName),
                    known,
                    parents
                )),
        ];
        return new EventImporter(_table, _usage, _memory, (options ?? new ImportOptions()) with { Format = known }).Import(sources);
    }

    /// <summary>What is stored, in the order of its times.</summary>
    public IReadOnlyList<StoredEvent> Stored() =>
        [
            .. _table
                .Rows.OrderBy(row => row.Timestamp)
                .Select(row => new StoredEvent
                {
                    Id = row.EventId,
                    Type = row.EventType,
                    Session = row.SessionId,
                    Tool = row.ToolName,
                    Time = row.Timestamp.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
                    SourceApp = row.SourceApp,
                    Payload = row.Payload,
                }),
        ];

    public int Count(string type) => _table.Rows.Count(row => row.EventType == type);

    /// <summary>Every case with its steps and how their calls ended, then what was left out.</summary>
    public string Told(CaseKind kind = CaseKind.Session, bool starts = false) =>
        ImportCase.Tell(sequencer => _table.Read(sequencer.StoreQuery, sequencer), kind, starts);

    public void Dispose() => Directory.Delete(Input, recursive: true);

    private static byte[] Head(FileInfo file)
    {
        using var stream = file.OpenRead();
        var head = new byte[FileBeginning.Length];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
