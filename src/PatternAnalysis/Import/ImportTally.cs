using System.Globalization;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>Counts what an import does.</summary>
internal sealed class ImportTally
{
    private const int ExampleLimit = 5;

    private readonly Dictionary<string, (long Count, List<string> Examples)> _skipped = [];
    private readonly HashSet<string> _sessions = [];
    private (DateTime First, DateTime Last)? _span;
    private int _files;
    private readonly SortedDictionary<string, int> _formats = new(StringComparer.Ordinal);
    private int _unchanged;
    private long _bytes;
    private long _new;
    private long _duplicates;

    public long Undated { get; set; }

    /// <summary>What was counted, as the contents of one file.</summary>
    public ImportedContents Contents => new(_new + _duplicates, Undated, _sessions, _span, Skipped, null);

    private SkippedInput[] Skipped =>
        [
            .. _skipped
                .OrderByDescending(skip => skip.Value.Count)
                .ThenBy(skip => skip.Key, StringComparer.Ordinal)
                .Select(skip => new SkippedInput(skip.Key, skip.Value.Count, [.. skip.Value.Examples])),
        ];

    /// <summary>Adds a file that was read.</summary>
    public void Add(FileTally file)
    {
        var contents = file.Contents;
        AddFile(file.Source.Length, contents);
        _new += file.Tally._new;
        _duplicates += contents.EventCount - file.Tally._new;
    }

    /// <summary>Adds a file that was not read, because it is as it was.</summary>
    public void AddUnchanged(ImportedFile file)
    {
        AddFile(file.Length, file.Contents);
        _unchanged++;
        _duplicates += file.Contents.EventCount;
    }

    private void AddFile(long length, ImportedContents contents)
    {
        _files++;
        _bytes += length;
        Undated += contents.UndatedCount;
        _sessions.UnionWith(contents.Sessions);
        if (contents.Span is { } span)
        {
            Extend(span.First);
            Extend(span.Last);
        }

        if (contents.Format is { } format)
            _formats[format] = _formats.GetValueOrDefault(format) + 1;
        foreach (var skip in contents.Skipped)
        {
            var (count, examples) = _skipped.GetValueOrDefault(skip.Reason, (0, []));
            examples.AddRange(skip.Examples.Take(ExampleLimit - examples.Count));
            _skipped[skip.Reason] = (count + skip.Count, examples);
        }
    }

    private void Extend(DateTime time)
    {
        var (first, last) = _span ?? (time, time);
        _span = (time < first ? time : first, time > last ? time : last);
    }

    public void Add(NewHookEvent record, EventWriteOutcome outcome, string file, long line)
    {
        if (outcome == EventWriteOutcome.Refused)
        {
            Skip(SkipReason.Refused, file, line);
            return;
        }

        _new += outcome == EventWriteOutcome.Stored ? 1 : 0;
        _duplicates += outcome == EventWriteOutcome.Duplicate ? 1 : 0;
        _sessions.Add(record.SessionId);
        Extend(record.Timestamp);
    }

    public void Skip(string reason, string file, long line, string? detail = null)
    {
        var (count, examples) = _skipped.GetValueOrDefault(reason, (0, []));
        if (examples.Count < ExampleLimit)
        {
            var place = line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line}") : file;
            examples.Add(detail is null ? place : $"{place} ({detail})");
        }

        _skipped[reason] = (count + 1, examples);
    }

    public ImportResult Result(bool dryRun) =>
        new()
        {
            FileCount = _files,
            UnchangedCount = _unchanged,
            Formats = _formats,
            ByteCount = _bytes,
            NewCount = _new,
            DuplicateCount = _duplicates,
            Skipped = Skipped,
            UndatedCount = Undated,
            SessionCount = _sessions.Count,
            FirstSeen = _span?.First,
            LastSeen = _span?.Last,
            DryRun = dryRun,
        };
}
