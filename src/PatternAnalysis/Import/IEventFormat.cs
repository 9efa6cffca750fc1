using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>A form in which events lie in JSON files. To add one: write the class and name it in <see cref="EventFormats"/>.</summary>
public interface IEventFormat
{
    /// <summary>The name that users give it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a value can only be of this format: evidence that decides what a file is. Values that tell nothing are answered with false.
    /// </summary>
    bool Recognizes(JsonSlice value);

    /// <summary>Whether a value can stand in a file of this format, event or not. What can't is counted as foreign.</summary>
    bool MayHold(JsonSlice value) => Recognizes(value);

    /// <summary>Starts reading a file.</summary>
    /// <param name="path">The file's path; some formats keep the session's id there only.</param>
    IEventDecoder StartFile(string path);

    /// <summary>Starts reading a file among others.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="parents">Which session started which, as the beginnings of all files say.</param>
    IEventDecoder StartFile(string path, SessionParents parents) => StartFile(path);
}

/// <summary>Turns the values of one file, in their order, into events.</summary>
public interface IEventDecoder
{
    /// <summary>Reads a value; its events, and what of it is no event, go to <paramref name="receiver"/>.</summary>
    /// <param name="value">A JSON object, valid only during the call.</param>
    /// <param name="receiver">Takes the events.</param>
    void Decode(JsonSlice value, IEventReceiver receiver);

    /// <summary>The file ends: what was held back until all was read goes to <paramref name="receiver"/>.</summary>
    void Complete(IEventReceiver receiver) { }
}

/// <summary>What takes the events of an input.</summary>
public interface IEventReceiver
{
    /// <summary>Takes an event.</summary>
    /// <param name="hookEvent">The event.</param>
    /// <param name="place">As for <see cref="Skip"/>.</param>
    void Add(ImportedEvent hookEvent, long place = 0);

    /// <summary>Takes what a message of the model took.</summary>
    void Add(MessageUsage usage);

    /// <summary>Takes what is kept of a call's answer.</summary>
    void Add(CallResult result);

    /// <summary>Takes note of a part that is no usable event.</summary>
    /// <param name="reason">One of <see cref="SkipReason"/>.</param>
    /// <param name="place">The line, or the row, where it lies; 0 where the receiver knows it, or for the whole file.</param>
    /// <param name="detail">What was seen there, for whoever has to find out; null when the reason says all.</param>
    void Skip(string reason, long place = 0, string? detail = null);
}
