using System.Text.Json;
using System.Text.Unicode;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>A file of JSON objects. Its format is recognised by its content, unless one is given.</summary>
/// <param name="name">The file's path.</param>
/// <param name="length">Its size in bytes.</param>
/// <param name="lastWriteUtc">When it was last written.</param>
/// <param name="open">Opens it.</param>
/// <param name="format">The format, or null to recognise it.</param>
public sealed class JsonEventSource(string name, long length, DateTime lastWriteUtc, Func<Stream> open, IEventFormat? format = null)
    : IEventSource
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = JsonValueReader.MaximumDepth };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long Length => length;

    /// <inheritdoc/>
    public DateTime LastWriteUtc => lastWriteUtc;

    /// <inheritdoc/>
    public void Read(IEventReceiver receiver, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        using var stream = new CountingStream(open(), bytesRead, cancellationToken);
        using var reader = new JsonValueReader(stream);
        var place = new PlacedReceiver(receiver, reader);
        var decoder = format?.StartFile(name);
        var isEmpty = true;
        List<(string Reason, long Line)> unplaced = [];
        while (reader.Read())
        {
            isEmpty = false;
            if (Problem(reader) is { } problem)
            {
                if (decoder is not null)
                    place.Skip(problem);
                else if (unplaced.Count < 1000) // of a file that may turn out to hold no event at all
                    unplaced.Add((problem, reader.Line));
                continue;
            }

            decoder = Decode(reader.Value, decoder, place);
            if (decoder is not null && unplaced.Count > 0)
            {
                unplaced.ForEach(skip => receiver.Skip(skip.Reason, skip.Line));
                unplaced.Clear();
            }
        }

        decoder?.Complete(place);
        if (isEmpty && decoder is null)
            receiver.Skip(SkipReason.EmptyFile);
        else if (decoder is null)
            receiver.Skip(SkipReason.UnknownFormat);
    }

    private static string? Problem(JsonValueReader reader) =>
        reader.Problem ?? (Utf8.IsValid(reader.Value.Span) ? null : SkipReason.NotUtf8);

    private IEventDecoder? Decode(ReadOnlyMemory<byte> json, IEventDecoder? decoder, PlacedReceiver place)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            decoder ??= EventFormats.Recognize(document.RootElement)?.StartFile(name);
            decoder?.Decode(document.RootElement, place);
        }
        catch (JsonException)
        {
            place.Skip(SkipReason.Malformed);
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair.
            place.Skip(SkipReason.NotUtf8);
        }

        return decoder;
    }

    /// <summary>Knows the line of what is being decoded.</summary>
    private sealed class PlacedReceiver(IEventReceiver receiver, JsonValueReader reader) : IEventReceiver
    {
        public void Add(HookEvent hookEvent, long place = 0) => receiver.Add(hookEvent, place > 0 ? place : reader.Line);

        public void Add(MessageUsage usage) => receiver.Add(usage);

        public void Add(CallResult result) => receiver.Add(result);

        public void Skip(string reason, long place = 0) => receiver.Skip(reason, place > 0 ? place : reader.Line);
    }
}
