using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// Brings the events of files into a store. Each batch is one transaction, and an event that is stored already stays as it is: an import
/// that was
/// interrupted, or whose files have grown, is simply run again.
/// </summary>
public sealed class EventImporter
{
    private const int BatchCount = 5_000;
    private const int BatchLength = 16 << 20;

    private readonly IHookEventWriter _writer;
    private readonly IUsageWriter? _usageWriter;
    private readonly ImportOptions _options;
    private readonly ImportTally _tally = new();
    private readonly List<HookEventRecord> _batch = new(BatchCount);
    private readonly List<(string File, long Place)> _places = new(BatchCount);
    private readonly HashSet<string> _previewed = [];
    private readonly List<MessageUsage> _usage = [];
    private readonly List<CallResult> _results = [];
    private int _batchLength;
    private bool _hasWritten;

    /// <summary>Makes an importer for one import.</summary>
    /// <param name="writer">Takes the events.</param>
    /// <param name="usageWriter">Takes what messages took and what is kept of answers; null where nobody asks for it.</param>
    /// <param name="options">How to import.</param>
    public EventImporter(IHookEventWriter writer, IUsageWriter? usageWriter, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        (_writer, _usageWriter, _options) = (writer, usageWriter, options);
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
        var total = sources.Sum(source => source.Length);
        long before = 0;
        foreach (var source in sources)
        {
            _tally.AddFile(source);
            try
            {
                var read = before;
                source.Read(
                    new Receiver(this, source, cancellationToken),
                    bytes => progress?.Report(new(source.Name, read + bytes, total)),
                    cancellationToken
                );
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _tally.Skip(SkipReason.Unreadable, source.Name, 0, error.Message);
            }

            before += source.Length;
        }

        Flush(cancellationToken);
        return _tally.Result(_options.DryRun);
    }

    /// <summary>Takes note of a file that could not even be found out about.</summary>
    public void Skip(string reason, string file) => _tally.Skip(reason, file, 0);

    private void Add(HookEventRecord record, string file, long place, CancellationToken cancellationToken)
    {
        _batch.Add(record);
        _places.Add((file, place));
        _batchLength += record.Payload.Length;
        if (_batch.Count == BatchCount || _batchLength >= BatchLength)
            Flush(cancellationToken);
    }

    private void Flush(CancellationToken cancellationToken)
    {
        FlushEvents(cancellationToken);
        FlushUsage(cancellationToken);
    }

    private void FlushLargeUsage(CancellationToken cancellationToken)
    {
        if (_usage.Count + _results.Count >= BatchCount)
            Flush(cancellationToken);
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
            _tally.Add(_batch[i], isCopy ? EventWriteOutcome.Duplicate : outcomes[i], _places[i].File, _places[i].Place);
        }

        _batch.Clear();
        _places.Clear();
        _batchLength = 0;
    }

    private sealed class Receiver(EventImporter importer, IEventSource source, CancellationToken cancellationToken) : IEventReceiver
    {
        private readonly RecordBuilder _builder = new(
            importer._options.PayloadMode,
            source.LastWriteUtc,
            importer._options.Clock.GetUtcNow().UtcDateTime
        );

        public void Add(HookEvent hookEvent, long place = 0)
        {
            if (_builder.TryBuild(hookEvent, out var record) is { } problem)
            {
                Skip(problem, place);
                return;
            }

            importer._tally.Undated += hookEvent.UtcTicks is null ? 1 : 0;
            importer.Add(record!, source.Name, place, cancellationToken);
        }

        public void Add(MessageUsage usage)
        {
            if (_builder.Dated(usage) is not { } dated)
                return;

            importer._usage.Add(dated);
            importer.FlushLargeUsage(cancellationToken);
        }

        public void Add(CallResult result)
        {
            if (importer._options.PayloadMode == PayloadMode.None || result.Tokens.Count == 0)
                return;

            if (_builder.Dated(result) is not { } dated)
                return;

            importer._results.Add(dated);
            importer.FlushLargeUsage(cancellationToken);
        }

        public void Skip(string reason, long place = 0, string? detail = null) => importer._tally.Skip(reason, source.Name, place, detail);
    }
}
