using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Numbers the messages of the model in one rollout, which have no ids there, and counts what they took. What the model says with nothing
/// from outside between it is one message; its numbers come after it.
/// </summary>
internal sealed class CodexUsage
{
    private readonly UsageTally _tally = new();
    private string _thread = "";
    private int _messages;
    private bool _isAnswering;
    private long _totalTokens = -1;

    /// <summary>The model that answers.</summary>
    public string? Model { get; set; }

    /// <summary>The message that the last item belongs to.</summary>
    public string MessageId => $"{_thread}:{_messages}";

    /// <summary>Takes an item of the protocol.</summary>
    /// <param name="item">The item.</param>
    /// <param name="isCall">Whether it calls a tool.</param>
    /// <param name="input">What the tool is asked for.</param>
    /// <param name="record">Whose it is, and when.</param>
    /// <param name="thread">The thread.</param>
    public void Take(JsonSlice item, bool isCall, JsonSlice input, ImportedEvent record, string thread)
    {
        _thread = thread;
        var isAnswer = isCall || item.Text("type") == "reasoning" || (item.Text("type") == "message" && item.Text("role") == "assistant");
        if (isAnswer && !_isAnswering)
            _messages++;
        _isAnswering = isAnswer;
        if (!isAnswer || Message(record) is not { } message)
            return;

        if (isCall)
            message.AddCall(item.Text("call_id") ?? item.Text("id"), input);
        foreach (var part in item.Items("content").Concat(item.Items("summary")))
            message.AddText(part.Text("text"));
        if (input.Kind == JsonValueKind.Undefined)
            message.AddText(item.Text("input"));
    }

    /// <summary>Takes the numbers of the last message; they come again whenever the limits of the account are told.</summary>
    public void Report(JsonSlice info, ImportedEvent record, string thread)
    {
        _thread = thread;
        var (last, total) = (info.Field("last_token_usage"), info.Field("total_token_usage").Number("total_tokens") ?? -1);
        if (last.Kind != JsonValueKind.Object || (total >= 0 && total == _totalTokens))
            return;

        (_totalTokens, _isAnswering) = (total, false);
        var cached = last.Number("cached_input_tokens") ?? 0;
        if (_messages > 0)
            Message(record)
                ?.Report(
                    Math.Max(0, (last.Number("input_tokens") ?? 0) - cached),
                    last.Number("output_tokens") ?? 0,
                    cacheWrite: 0,
                    cached
                );
    }

    /// <summary>Hands over all messages.</summary>
    public void Complete(IEventReceiver receiver) => _tally.Complete(receiver);

    private UsageTally.Message? Message(ImportedEvent record) => _tally.Of(record with { MessageId = MessageId }, Model);
}
