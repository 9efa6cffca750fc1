using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// Brings the events of files into a store. Each batch is one transaction, and an event that is stored already stays as it is: an import
/// that was interrupted, or whose files have grown, is simply run again. Files that are unchanged since they were imported are not read
/// again, and one that has grown is read from where its new part begins.
/// </summary>
public sealed class EventImporter
{
    private const int BatchCount = 5_000;
    private const int BatchLength = 16 << 20;

    private readonly IHookEventWriter _writer;
    private readonly IUsageWriter? _usageWriter;
    private readonly IImportMemory? _memory;
    private readonly ImportOptions _options;
    private readonly ImportTally _tally = new();
    private readonly List<NewHookEvent> _batch = new(BatchCount);
    private readonly List<(FileTally File, long Place)> _places = new(BatchCount);
    private readonly HashSet<string> _previewed = [];
    private readonly List<MessageUsage> _usage = [];
    private readonly List<CallResult> _results = [];
    private readonly List<FileTally> _read = [];
    private int _batchLength;
    private bool _hasWritten;

    /// <summary>Makes an importer for one import.</summary>
    /// <param name="writer">Takes the events.</param>
    /// <param name="usageWriter">Takes what messages took and what is kept of answers; null where nobody asks for it.</param>
    /// <param name="memory">Remembers files; null to read all of all.</param>
    /// <param name="options">How to import.</param>
    public EventImporter(IHookEventWriter writer, IUsageWriter? usageWriter, IImportMemory? memory, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        (_writer, _usageWriter, _memory, _options) = (writer, usageWriter, memory, options);
    }

    /// <summary>Imports files. One that can't be read is counted, and the others are imported.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be written. The batches before are stored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The batches before are stored.</exception>
    public ImportResult Import(
        IReadOnlyList<IEventSource> sources,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(sources);
        var known = _options.ReadsAll ? null : _memory?.Read(_options.Reader);
        List<FileTally> files = [];
        foreach (var source in sources)
        {
            var before = known?.GetValueOrDefault(source.Name);
            if (before is not null && before.Length == source.Length && before.LastWriteUtc == source.LastWriteUtc)
                _tally.AddUnchanged(before);
            else
                files.Add(new FileTally(source, before));
        }

        Read(files, progress, cancellationToken);
        Flush(cancellationToken);
        return _tally.Result(_options.DryRun);
    }

    /// <summary>Takes note of a file that could not even be found out about.</summary>
    public void Skip(string reason, string file) => _tally.Skip(reason, file, 0);

    private void Read(List<FileTally> files, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return;

        var total = files.Sum(file => file.Source.Length);
        long before = 0;
        using var decoding = new ParallelDecoding(
            files.Select(file => new SourceDecoder(file.Source, file.Before?.Next, _options)),
            Math.Max(1, _options.MaximumThreads),
            cancellationToken
        );
        foreach (var (decoder, file) in decoding.InOrder().Zip(files))
        {
            try
            {
                foreach (var part in decoder.Parts(cancellationToken))
                {
                    Take(part, file, cancellationToken);
                    progress?.Report(new(file.Source.Name, before + part.BytesRead, total));
                }

                _read.Add(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                file.Tally.Skip(SkipReason.Unreadable, file.Source.Name, 0, error.Message);
                file.IsToBeReadAgain = true;
                _read.Add(file);
            }

            before += file.Source.Length;
        }
    }

    private void Take(DecodedPart part, FileTally file, CancellationToken cancellationToken)
    {
        foreach (var (reason, place, detail) in part.Skipped)
            file.Tally.Skip(reason, file.Source.Name, place, detail);
        file.Tally.Undated += part.UndatedCount;
        file.End = part.End ?? file.End;
        _usage.AddRange(part.Messages);
        _results.AddRange(part.Results);
        foreach (var (record, place) in part.Events)
        {
            _batch.Add(record);
            _places.Add((file, place));
            _batchLength += record.Payload.Length;
            if (_batch.Count == BatchCount || _batchLength >= BatchLength)
                Flush(cancellationToken);
        }

        if (_usage.Count + _results.Count >= BatchCount)
            Flush(cancellationToken);
    }

    private void Flush(CancellationToken cancellationToken)
    {
        FlushEvents(cancellationToken);
        FlushUsage(cancellationToken);
        FlushFiles(cancellationToken);
    }

    private void FlushEvents(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;

        _hasWritten = true;
        var outcomes = _options.DryRun ? _writer.Preview(_batch, cancellationToken) : _writer.Write(_batch, cancellationToken);
        for (var i = 0; i < _batch.Count; i++)
        {
            // What a dry run doesn't store, it must remember itself.
            var isCopy = _options.DryRun && !_previewed.Add(_batch[i].EventId);
            var (file, place) = _places[i];
            file.IsToBeReadAgain |= outcomes[i] == EventWriteOutcome.Refused;
            file.Tally.Add(_batch[i], isCopy ? EventWriteOutcome.Duplicate : outcomes[i], file.Source.Name, place);
        }

        _batch.Clear();
        _places.Clear();
        _batchLength = 0;
    }

    // After the events, which make the database when it is missing; where there are none, writing none makes it.
    private void FlushUsage(CancellationToken cancellationToken)
    {
        if (!_options.DryRun && _usage.Count + _results.Count > 0 && _usageWriter is not null)
        {
            if (!_hasWritten)
                _writer.Write([], cancellationToken);
            _hasWritten = true;
            _usageWriter.Write(_usage, _results, cancellationToken);
        }

        _usage.Clear();
        _results.Clear();
    }

    // After all that they hold: whoever is interrupted before reads them again.
    private void FlushFiles(CancellationToken cancellationToken)
    {
        if (!_options.DryRun && _memory is not null)
        {
            ImportedFile[] files = [.. _read.Select(file => file.Remember(_options.Reader)).OfType<ImportedFile>()];
            if (files.Length > 0)
                _memory.Write(files, cancellationToken);
        }

        foreach (var file in _read)
            _tally.Add(file);
        _read.Clear();
    }
}
