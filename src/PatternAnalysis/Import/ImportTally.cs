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
    private long _bytes;
    private long _new;
    private long _duplicates;

    public long Undated { get; set; }

    public void AddFile(IEventSource source)
    {
        _files++;
        _bytes += source.Length;
    }

    public void Add(HookEventRecord record, EventWriteOutcome outcome, string file, long line)
    {
        if (outcome == EventWriteOutcome.Refused)
        {
            Skip(SkipReason.Refused, file, line);
            return;
        }

        _new += outcome == EventWriteOutcome.Stored ? 1 : 0;
        _duplicates += outcome == EventWriteOutcome.Duplicate ? 1 : 0;
        _sessions.Add(record.SessionId);
        var (first, last) = _span ?? (record.Timestamp, record.Timestamp);
        _span = (record.Timestamp < first ? record.Timestamp : first, record.Timestamp > last ? record.Timestamp : last);
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
            ByteCount = _bytes,
            NewCount = _new,
            DuplicateCount = _duplicates,
            Skipped =
            [
                .. _skipped
                    .OrderByDescending(skip => skip.Value.Count)
                    .ThenBy(skip => skip.Key, StringComparer.Ordinal)
                    .Select(skip => new SkippedInput(skip.Key, skip.Value.Count, [.. skip.Value.Examples])),
            ],
            UndatedCount = Undated,
            SessionCount = _sessions.Count,
            FirstSeen = _span?.First,
            LastSeen = _span?.Last,
            DryRun = dryRun,
        };
}
