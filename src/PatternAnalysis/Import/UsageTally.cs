using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>
/// Adds up what the messages of one file took. A message stands in a record for each of its parts, and now and then a record stands
/// there twice: reported numbers count once, the largest of them, and the text of each record once.
/// </summary>
internal sealed class UsageTally
{
    private const int CharactersPerToken = 4;

    private readonly Dictionary<(string Session, string Message), Message> _messages = [];

    /// <summary>The message that a record belongs to; null when it names none.</summary>
    /// <param name="record">The record's session, message, agent, prompt, application and time.</param>
    /// <param name="model">The model.</param>
    public Message? Of(ImportedEvent record, string? model)
    {
        if (record is not { MessageId: { } id, SessionId.Length: > 0 })
            return null;

        if (!_messages.TryGetValue((record.SessionId, id), out var message))
            _messages.Add((record.SessionId, id), message = new Message());
        var time = record.UtcTicks is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : default;
        message.Add(
            new MessageUsage
            {
                SessionId = record.SessionId,
                MessageId = id,
                AgentId = record.AgentId,
                PromptId = record.PromptId,
                SourceApp = record.SourceApp,
                Model = model,
                Timestamp = time,
            }
        );
        return message;
    }

    /// <summary>Whether a record of the message was met before.</summary>
    public bool Knows(string session, string message) => _messages.ContainsKey((session, message));

    /// <summary>Hands over the messages that something is reported of, and forgets all.</summary>
    public void Complete(IEventReceiver receiver)
    {
        foreach (var message in _messages.Values)
        {
            if (message.Result is { } usage)
                receiver.Add(usage);
        }

        _messages.Clear();
    }

    /// <summary>One message so far.</summary>
    internal sealed class Message
    {
        private readonly HashSet<string> _records = [];
        private readonly HashSet<string> _calls = [];
        private MessageUsage? _usage;
        private long _textLength;
        private bool _isReported;

        /// <summary>The message; null while nothing is reported of it.</summary>
        public MessageUsage? Result =>
            _isReported
                ? _usage! with
                {
                    OutputTokens = Math.Max(_usage!.OutputTokens, _textLength / CharactersPerToken),
                    CallCount = _calls.Count,
                }
                : null;

        public void Add(MessageUsage usage) => _usage = _usage?.And(usage) ?? usage;

        /// <summary>Takes reported numbers.</summary>
        public void Report(long input, long output, long cacheWrite, long cacheRead)
        {
            _isReported = true;
            _usage = _usage!.And(
                _usage with
                {
                    InputTokens = input,
                    OutputTokens = output,
                    CacheWriteTokens = cacheWrite,
                    CacheReadTokens = cacheRead,
                }
            );
        }

        /// <summary>Whether a record was not met before; one without an id is always new.</summary>
        public bool IsNew(string? recordId) => recordId is null || _records.Add(recordId);

        /// <summary>Takes a part of its text.</summary>
        public void AddText(string? text) => _textLength += text?.Length ?? 0;

        /// <summary>The same, without making it a string.</summary>
        public void AddText(JsonSlice text) => _textLength += text.Characters().Length;

        /// <summary>Takes a call that it asked for; what the tool is asked counts as text, as JSON without spaces.</summary>
        public void AddCall(string? id, JsonSlice input)
        {
            if (_calls.Add(id ?? $"#{_calls.Count}"))
                _textLength += LengthOf(input);
        }

        private static long LengthOf(JsonSlice value) =>
            value.Kind switch
            {
                JsonValueKind.Undefined => 0,
                JsonValueKind.Object => 1 + Math.Max(1, value.Fields().Sum(field => field.Name.Length + 4 + LengthOf(field.Value))),
                JsonValueKind.Array => 1 + Math.Max(1, value.Items().Sum(item => 1 + LengthOf(item))),
                JsonValueKind.String => LengthOf(value.Characters()),
                _ => value.Raw.Length,
            };

        private static long LengthOf(ReadOnlySpan<char> text)
        {
            long length = text.Length + 2;
            foreach (var character in text)
                length +=
                    character is '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' ? 1
                    : character < ' ' ? 5
                    : 0;
            return length;
        }
    }
}
