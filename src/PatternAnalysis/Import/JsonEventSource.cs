using System.Buffers;
using System.Text.Unicode;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>A file of JSON objects. Its format is recognised by its content, unless one is given.</summary>
/// <param name="name">The file's path.</param>
/// <param name="length">Its size in bytes.</param>
/// <param name="lastWriteUtc">When it was last written.</param>
/// <param name="open">Opens it.</param>
/// <param name="format">The format, or null to recognise it.</param>
/// <param name="parents">Which session started which, as the beginnings of all files of the import say.</param>
public sealed class JsonEventSource(
    string name,
    long length,
    DateTime lastWriteUtc,
    Func<Stream> open,
    IEventFormat? format = null,
    SessionParents? parents = null
) : IEventSource
{
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
        var decoder = known is null ? null : Start(known);
        if (next is not null)
            ((IResumableDecoder)decoder!).ResumeFrom(next.State);
        var isEmpty = true;
        var waiting = new UnrecognizedValues();
        while (reader.Read())
        {
            isEmpty = false;
            place.Place = reader.Line;
            var eventCount = place.EventCount;
            var problem = Problem(reader);
            if (known is null && problem is null && Recognize(reader.Root) is { } recognized)
            {
                (known, decoder) = (recognized, Start(recognized));
                DecodeWaiting(waiting, known, decoder, place);
                place.Place = reader.Line;
            }

            if (decoder is null)
            {
                waiting.Add(reader.Line, problem, reader.Value);
                continue;
            }

            Decode(known!, decoder, reader.Root, problem, place);

            // What is left out is counted at each reading, so reading begins behind the last of it, or at the start.
            if (place.TakeSkipped())
                next = null;
            else if (reader.IsUtf8 && (decoder as IResumableDecoder)?.StateBefore is { } state)
                next = new ReadingPoint(reader.Offset, reader.Line, reader.SumBefore(), eventCount, known!.Name, state);
        }

        place.Place = 0;
        decoder?.Complete(place);
        if (decoder is null)
            place.Skip(isEmpty ? SkipReason.EmptyFile : SkipReason.UnknownFormat, 0, isEmpty ? null : waiting.Describe());
        return new(from is not null, place.TakeSkipped() ? null : next, known?.Name);
    }

    private IEventDecoder Start(IEventFormat format) => format.StartFile(name, parents ?? SessionParents.None);

    private static void DecodeWaiting(UnrecognizedValues waiting, IEventFormat format, IEventDecoder decoder, PlacedReceiver place)
    {
        var index = new JsonIndex();
        foreach (var (line, before, value) in waiting.Take())
        {
            place.Place = line;
            var problem = before ?? index.Read(value);
            Decode(format, decoder, index.Root, problem, place);
        }

        place.Place = 0;
        for (var beyond = 0L; beyond < waiting.BeyondCount; beyond++)
            place.Skip(SkipReason.NotAnEvent);
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

    private static IEventFormat? Recognize(JsonSlice value)
    {
        try
        {
            return EventFormats.Recognize(value);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Decode(IEventFormat format, IEventDecoder decoder, JsonSlice value, string? problem, PlacedReceiver place)
    {
        if (problem is not null)
        {
            place.Skip(problem);
            return;
        }

        try
        {
            if (format.MayHold(value))
                decoder.Decode(value, place);
            else
                place.Skip(SkipReason.NotAnEvent);
        }
        catch (InvalidOperationException)
        {
            // A string with half of a surrogate pair.
            place.Skip(SkipReason.NotUtf8);
        }
    }
}
