using System.Buffers;
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
    public FileReading Read(IEventReceiver receiver, ReadingPoint? from, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        var checksum = new Checksum();
        if (from is not null && GoOn(from, ref checksum, bytesRead, cancellationToken) is { } rest)
        {
            using (rest)
            using (var reader = new JsonValueReader(rest, from, checksum))
                return Read(reader, receiver, EventFormats.Named(from.Format), from);
        }

        using var stream = new CountingStream(open(), bytesRead, cancellationToken);
        using var whole = new JsonValueReader(stream);
        return Read(whole, receiver, format, null);
    }

    private FileReading Read(JsonValueReader reader, IEventReceiver receiver, IEventFormat? known, ReadingPoint? from)
    {
        var next = from;
        var place = new PlacedReceiver(receiver) { EventCount = next?.EventCount ?? 0 };
        var decoder = known?.StartFile(name);
        if (next is not null)
            ((IResumableDecoder)decoder!).ResumeFrom(next.State);
        var isEmpty = true;
        var waiting = new UnrecognizedValues();
        while (reader.Read())
        {
            isEmpty = false;
            place.Line = reader.Line;
            var eventCount = place.EventCount;
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
            {
                waiting.Add(reader.Line, problem, reader.Value);
                continue;
            }

            Decode(known!, decoder, reader.Value, problem, place);

            // What is left out is counted at each reading, so reading begins behind the last of it, or at the start.
            if (place.TakeSkipped())
                next = null;
            else if (reader.IsUtf8 && (decoder as IResumableDecoder)?.StateBefore is { } state)
                next = new ReadingPoint(reader.Offset, reader.Line, reader.SumBefore(), eventCount, known!.Name, state);
        }

        place.Line = 0;
        decoder?.Complete(place);
        if (decoder is null)
            place.Skip(isEmpty ? SkipReason.EmptyFile : SkipReason.UnknownFormat, 0, isEmpty ? null : waiting.Describe());
        return new(from is not null, place.TakeSkipped() ? null : next, known?.Name);
    }

    /// <summary>Opens the file and goes past what was read before; null when that was rewritten.</summary>
    private CountingStream? GoOn(ReadingPoint from, ref Checksum checksum, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        var stream = new CountingStream(open(), bytesRead, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        try
        {
            int count;
            for (
                var left = from.Offset;
                left > 0 && (count = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length))) > 0;
                left -= count
            )
                checksum.Add(buffer.AsSpan(0, count));
            if (stream.Position == from.Offset && checksum.Value == from.Hash)
                return stream;
            stream.Dispose();
            return null;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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
        private bool _hasSkipped;

        public long Line { get; set; }

        public long EventCount { get; set; }

        public void Add(ImportedEvent hookEvent, long place = 0)
        {
            EventCount++;
            receiver.Add(hookEvent, place > 0 ? place : Line);
        }

        public void Add(MessageUsage usage) => receiver.Add(usage);

        public void Add(CallResult result) => receiver.Add(result);

        public void Skip(string reason, long place = 0, string? detail = null)
        {
            _hasSkipped = true;
            receiver.Skip(reason, place > 0 ? place : Line, detail);
        }

        /// <summary>Whether something was left out since it was asked last.</summary>
        public bool TakeSkipped()
        {
            var has = _hasSkipped;
            _hasSkipped = false;
            return has;
        }
    }
}
