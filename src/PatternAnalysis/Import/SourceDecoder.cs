using System.Collections.Concurrent;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>Reads one file and hands its rows over in parts; waits while too many of them lie there.</summary>
internal sealed class SourceDecoder : IEventReceiver, IDisposable
{
    private const int MostParts = 16;
    private const long TellEvery = 16 << 20;

    private readonly IEventSource _source;
    private readonly ReadingPoint? _from;
    private readonly ImportOptions _options;
    private readonly BlockingCollection<DecodedPart> _parts = new(MostParts);
    private readonly RecordBuilder _builder;
    private DecodedPart _part = new();
    private long _bytesRead;
    private bool _hasUnusable;
    private CancellationToken _stop;
    private Exception? _failure;

    public SourceDecoder(IEventSource source, ReadingPoint? from, ImportOptions options)
    {
        (_source, _from, _options) = (source, from, options);
        _builder = new RecordBuilder(options.PayloadMode, source.LastWriteUtc, options.Clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>The file's size in bytes.</summary>
    public long Length => _source.Length;

    /// <summary>Reads the file; whatever it fails with, <see cref="Parts"/> throws.</summary>
    public void Run(CancellationToken stop)
    {
        _stop = stop;
        try
        {
            var end = _source.Read(this, _from, TakeProgress, stop);
            _part.End = _hasUnusable ? end with { Next = null } : end;
            HandOver();
        }
#pragma warning disable CA1031 // It is thrown where the parts are taken.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failure = error;
            HandOverRest();
        }
        finally
        {
            _parts.CompleteAdding();
        }
    }

    /// <summary>The parts, in their order.</summary>
    public IEnumerable<DecodedPart> Parts(CancellationToken cancellationToken)
    {
        foreach (var part in _parts.GetConsumingEnumerable(cancellationToken))
            yield return part;
        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
    }

    public void Add(ImportedEvent hookEvent, long place = 0)
    {
        if (_builder.TryBuild(hookEvent, out var record) is { } problem)
        {
            // It would be counted again with what is read again.
            _hasUnusable = true;
            Skip(problem, place);
            return;
        }

        _part.UndatedCount += hookEvent.UtcTicks is null ? 1 : 0;
        _part.Add(record!, place);
        HandOverWhenFull();
    }

    public void Add(MessageUsage usage)
    {
        if (_builder.Dated(usage) is { } dated)
            _part.Messages.Add(dated);
        HandOverWhenFull();
    }

    public void Add(CallResult result)
    {
        if (_options.PayloadMode != PayloadMode.None && result.Tokens.Count > 0 && _builder.Dated(result) is { } dated)
            _part.Results.Add(dated);
        HandOverWhenFull();
    }

    public void Skip(string reason, long place = 0, string? detail = null)
    {
        _part.Skipped.Add((reason, place, detail));
        HandOverWhenFull();
    }

    public void Dispose() => _parts.Dispose();

    // Progress is told for bytes as well as for events: a long part of a file may hold no event.
    private void TakeProgress(long bytesRead)
    {
        var hasFar = bytesRead / TellEvery > _bytesRead / TellEvery;
        _bytesRead = bytesRead;
        if (hasFar)
            HandOver();
    }

    private void HandOverWhenFull()
    {
        if (_part.IsFull)
            HandOver();
    }

    // What lies before the place where a file can't be read further is read.
    private void HandOverRest()
    {
        if (_failure is IOException && !_stop.IsCancellationRequested)
            HandOver();
    }

    private void HandOver()
    {
        _part.BytesRead = _bytesRead;
        _parts.Add(_part, _stop);
        _part = new DecodedPart();
    }
}
