namespace PatternAnalysis.Import;

/// <summary>
/// Reads files on several threads, and hands over their rows in the files' order: the same rows in the same order whatever the number of
/// threads. Threads go only so far ahead of what is taken, so memory does not grow with the files.
/// </summary>
internal sealed class ParallelDecoding : IDisposable
{
    private const int FilesAhead = 64;

    private readonly SourceDecoder[] _decoders;
    private readonly SemaphoreSlim _mayStart = new(FilesAhead);
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
            _mayStart.Release();
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
        _mayStart.Dispose();
    }

    private void Work()
    {
        try
        {
            while (true)
            {
                _mayStart.Wait(_stop.Token);
                var number = Interlocked.Increment(ref _next);
                if (number >= _decoders.Length)
                    return;
                _decoders[number].Run(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader of the results is gone: nothing more is to be decoded.
        }
    }
}
