using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Import;

/// <summary>A file that is known and can't be read: counted by its name.</summary>
internal sealed class NamedSource(FileInfo file, string what) : IEventSource
{
    public string Name => file.FullName;

    public long Length => file.Length;

    public DateTime LastWriteUtc => file.LastWriteTimeUtc;

    public FileReading Read(IEventReceiver receiver, ReadingPoint? from, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        receiver.Skip(SkipReason.UnknownFormat, 0, what);
        return default;
    }
}
