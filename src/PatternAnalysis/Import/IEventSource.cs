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

    /// <summary>Reads it to its end.</summary>
    /// <param name="receiver">Takes the events.</param>
    /// <param name="from">Where an earlier reading said to begin; it begins at the start where that is null, or holds no longer.</param>
    /// <param name="bytesRead">Is told how many bytes are read so far.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    FileReading Read(IEventReceiver receiver, ReadingPoint? from, Action<long> bytesRead, CancellationToken cancellationToken);
}

/// <summary>How a file was read.</summary>
/// <param name="WentOn">Whether it was read from where an earlier reading said to begin.</param>
/// <param name="Next">Where to begin when it has grown; null for at the start.</param>
/// <param name="Format">The name of its format; null when it is in none that is known.</param>
public readonly record struct FileReading(bool WentOn, ReadingPoint? Next, string? Format);
