using System.Text.Json;

namespace PatternAnalysis.Payloads;

/// <summary>
/// The ids that a payload puts around a call, as they stand in its bytes; valid as long as those. Empty for what it does not say.
/// </summary>
internal ref struct CallEnvelope
{
    /// <summary>The call.</summary>
    public ReadOnlySpan<byte> ToolUseId { readonly get; private set; }

    /// <summary>The sub-agent that made it.</summary>
    public ReadOnlySpan<byte> AgentId { readonly get; private set; }

    /// <summary>The user's prompt that it serves.</summary>
    public ReadOnlySpan<byte> PromptId { readonly get; private set; }

    /// <summary>The model's message that asked for it.</summary>
    public ReadOnlySpan<byte> MessageId { readonly get; private set; }

    /// <summary>How long the call took, in milliseconds; null when the payload does not say.</summary>
    public long? Milliseconds { readonly get; private set; }

    /// <summary>Whether it names anything: how long something took says nothing of what nobody can name.</summary>
    public readonly bool HasId => !(ToolUseId.IsEmpty && AgentId.IsEmpty && PromptId.IsEmpty && MessageId.IsEmpty);

    /// <summary>What went wrong, as the JSON's bytes: escapes and all.</summary>
    public ReadOnlySpan<byte> Error { readonly get; private set; }

    /// <summary>Reads a payload. One that is no JSON object says nothing.</summary>
    public static CallEnvelope Read(ReadOnlySpan<byte> payload)
    {
        // Most payloads of older hooks have none of them, and looking is much faster than reading.
        if (!NamesId(payload))
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

    /// <summary>Whether one of the ids' names stands in a payload as it is written: with escapes it counts for none.</summary>
    public static bool NamesId(ReadOnlySpan<byte> payload) =>
        payload.IndexOf("\"tool_use_id\""u8) >= 0
        || payload.IndexOf("\"agent_id\""u8) >= 0
        || payload.IndexOf("\"prompt_id\""u8) >= 0
        || payload.IndexOf("\"message_id\""u8) >= 0;

    private static CallEnvelope ReadObject(ReadOnlySpan<byte> payload)
    {
        var envelope = default(CallEnvelope);
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return envelope;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!envelope.Take(ref reader, payload))
                reader.Skip();
        }

        return envelope.HasId ? envelope : default;
    }

    /// <summary>Takes a property of the payload's object; false, and nothing read, when it is none of the envelope's.</summary>
    /// <param name="reader">Stands on the property's name, and on its value afterwards.</param>
    /// <param name="payload">What the reader reads.</param>
    public bool Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> payload)
    {
        if (reader.ValueTextEquals("tool_use_id"u8))
            ToolUseId = ReadText(ref reader, payload);
        else if (reader.ValueTextEquals("agent_id"u8))
            AgentId = ReadText(ref reader, payload);
        else if (reader.ValueTextEquals("prompt_id"u8))
            PromptId = ReadText(ref reader, payload);
        else if (reader.ValueTextEquals("message_id"u8))
            MessageId = ReadText(ref reader, payload);
        else if (reader.ValueTextEquals("error"u8))
            Error = ReadText(ref reader, payload);
        else if (reader.ValueTextEquals("duration_ms"u8))
            Milliseconds = ReadDuration(ref reader);
        else
            return false;
        return true;
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
