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
        var place = new PlacedReceiver(receiver);
        var known = format;
        var decoder = known?.StartFile(name);
        var isEmpty = true;
        var waiting = new UnrecognizedValues();
        while (reader.Read())
        {
            isEmpty = false;
            place.Line = reader.Line;
            var problem = Problem(reader);
            if (known is null && problem is null && Recognize(reader.Value) is { } recognized)
            {
                (known, decoder) = (recognized, recognized.StartFile(name));
                foreach (var (line, before, value) in waiting.Take())
                {
                    place.Line = line;
                    Decode(known, decoder!, value, before, place);
                }

                place.Line = reader.Line;
            }

            if (decoder is null)
                waiting.Add(reader.Line, problem, reader.Value);
            else
                Decode(known!, decoder, reader.Value, problem, place);
        }

        place.Line = 0;
        decoder?.Complete(place);
        if (isEmpty && decoder is null)
            receiver.Skip(SkipReason.EmptyFile);
        else if (decoder is null)
            receiver.Skip(SkipReason.UnknownFormat, 0, waiting.Describe());
    }

    private static string? Problem(JsonValueReader reader) =>
        reader.Problem ?? (Utf8.IsValid(reader.Value.Span) ? null : SkipReason.NotUtf8);

    private static IEventFormat? Recognize(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return EventFormats.Recognize(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Decode(IEventFormat format, IEventDecoder decoder, ReadOnlyMemory<byte> json, string? problem, PlacedReceiver place)
    {
        if (problem is not null)
        {
            place.Skip(problem);
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            if (format.MayHold(document.RootElement))
                decoder.Decode(document.RootElement, place);
            else
                place.Skip(SkipReason.NotAnEvent);
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
    }

    /// <summary>Knows the line of what is being decoded.</summary>
    private sealed class PlacedReceiver(IEventReceiver receiver) : IEventReceiver
    {
        public long Line { get; set; }

        public void Add(HookEvent hookEvent, long place = 0) => receiver.Add(hookEvent, place > 0 ? place : Line);

        public void Add(MessageUsage usage) => receiver.Add(usage);

        public void Add(CallResult result) => receiver.Add(result);

        public void Skip(string reason, long place = 0, string? detail = null) => receiver.Skip(reason, place > 0 ? place : Line, detail);
    }
}
