namespace PatternAnalysis.Import;

/// <summary>
/// Reads files on several threads, and hands over their rows in the files' order: the same rows in the same order whatever the number of
/// threads. Threads go only so far ahead of what is taken, in files and in bytes, so memory does not grow with the files; but far enough
/// to go on while a batch is stored.
/// </summary>
internal sealed class ParallelDecoding : IDisposable
{
    private const int MegabytesAhead = 64;

    private readonly SourceDecoder[] _decoders;
    private readonly object _order = new();
    private readonly SemaphoreSlim _room = new(MegabytesAhead);
    private readonly CancellationTokenSource _stop;
    private readonly Thread[] _threads;
    private int _next = -1;

    public ParallelDecoding(IEnumerable<SourceDecoder> decoders, int threads, CancellationToken cancellationToken)
    {
        _decoders = [.. decoders];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var count = Math.Min(threads, _decoders.Length);
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The files' decoders, in order; each is to be taken to its end before the next.</summary>
    public IEnumerable<SourceDecoder> InOrder()
    {
        foreach (var decoder in _decoders)
        {
            yield return decoder;
            _room.Release(Megabytes(decoder));
        }
    }

    /// <summary>Stops the threads and waits for them.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var thread in _threads)
            thread.Join();
        foreach (var decoder in _decoders)
            decoder.Dispose();
        _stop.Dispose();
        _room.Dispose();
    }

    private void Work()
    {
        try
        {
            while (Next() is { } decoder)
                decoder.Run(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader of the results is gone: nothing more is to be decoded.
        }
    }

    // One after the other: a file that waits for room is the next that is taken.
    private SourceDecoder? Next()
    {
        lock (_order)
        {
            if (++_next >= _decoders.Length)
                return null;
            for (var i = 0; i < Megabytes(_decoders[_next]); i++)
                _room.Wait(_stop.Token);
            return _decoders[_next];
        }
    }

    // Each file counts for one, however small.
    private static int Megabytes(SourceDecoder decoder) => (int)Math.Min(1 + (decoder.Length >> 20), MegabytesAhead);
}
