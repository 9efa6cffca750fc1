namespace PatternAnalysis.Import;

/// <summary>A file that events are imported from.</summary>
public interface IEventSource
{
    /// <summary>The file, as messages name it.</summary>
    string Name { get; }

    /// <summary>How large it is, in bytes.</summary>
    long Length { get; }

    /// <summary>When it was last written: the time of events that have none of their own.</summary>
    DateTime LastWriteUtc { get; }

    /// <summary>Reads it from start to end.</summary>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="bytesRead">Is told how many bytes are read so far.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    void Read(IEventReceiver receiver, Action<long> bytesRead, CancellationToken cancellationToken);
}
