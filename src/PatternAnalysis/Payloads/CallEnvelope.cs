using System.Text.Json;

namespace PatternAnalysis.Payloads;

/// <summary>
/// The ids that a payload puts around a call, as they stand in its bytes; valid as long as those. Empty for what it does not say.
/// </summary>
internal readonly ref struct CallEnvelope
{
    /// <summary>The call.</summary>
    public ReadOnlySpan<byte> ToolUseId { get; private init; }

    /// <summary>The sub-agent that made it.</summary>
    public ReadOnlySpan<byte> AgentId { get; private init; }

    /// <summary>The user's prompt that it serves.</summary>
    public ReadOnlySpan<byte> PromptId { get; private init; }

    /// <summary>The model's message that asked for it.</summary>
    public ReadOnlySpan<byte> MessageId { get; private init; }

    /// <summary>How long the call took, in milliseconds; null when the payload does not say.</summary>
    public long? Milliseconds { get; private init; }

    /// <summary>What went wrong, as the JSON's bytes: escapes and all.</summary>
    public ReadOnlySpan<byte> Error { get; private init; }

    /// <summary>Reads a payload. One that is no JSON object says nothing.</summary>
    public static CallEnvelope Read(ReadOnlySpan<byte> payload)
    {
        // Most payloads of older hooks have none of them, and looking is much faster than reading.
        if (
            payload.IndexOf("\"tool_use_id\""u8) < 0
            && payload.IndexOf("\"agent_id\""u8) < 0
            && payload.IndexOf("\"prompt_id\""u8) < 0
            && payload.IndexOf("\"message_id\""u8) < 0
        )
            return default;

        try
        {
            return ReadObject(payload);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static CallEnvelope ReadObject(ReadOnlySpan<byte> payload)
    {
        var envelope = default(CallEnvelope);
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return envelope;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("tool_use_id"u8))
                envelope = envelope with { ToolUseId = ReadText(ref reader, payload) };
            else if (reader.ValueTextEquals("agent_id"u8))
                envelope = envelope with { AgentId = ReadText(ref reader, payload) };
            else if (reader.ValueTextEquals("prompt_id"u8))
                envelope = envelope with { PromptId = ReadText(ref reader, payload) };
            else if (reader.ValueTextEquals("message_id"u8))
                envelope = envelope with { MessageId = ReadText(ref reader, payload) };
            else if (reader.ValueTextEquals("error"u8))
                envelope = envelope with { Error = ReadText(ref reader, payload) };
            else if (reader.ValueTextEquals("duration_ms"u8))
                envelope = envelope with { Milliseconds = ReadDuration(ref reader) };
            else
                reader.Skip();
        }

        return envelope;
    }

    // Whole or with a fraction; what no call lasts is not believed.
    private static long? ReadDuration(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (
            reader.TokenType == JsonTokenType.Number
            && reader.TryGetDouble(out var milliseconds)
            && milliseconds is >= 0 and < uint.MaxValue
        )
            return (long)milliseconds;

        reader.Skip();
        return null;
    }

    private static ReadOnlySpan<byte> ReadText(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return payload.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

        reader.Skip();
        return default;
    }
}
