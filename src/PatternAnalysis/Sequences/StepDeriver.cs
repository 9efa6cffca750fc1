using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Derives what is kept of an event: the one reading of its payload. What depends on a query (window, filters, which types are steps,
/// cases, names) is not decided here, so the result holds for every query. For one thread at a time.
/// </summary>
internal sealed class StepDeriver(StepRules rules)
{
    private const int CacheCapacity = 16_384;

    private readonly StepReader _reader = new(ActivityModel.Adaptive, new DangerAssessor(rules.Danger));
    private readonly Dictionary<StepFacts, StepFacts> _masked = [];

    /// <summary>What is kept of an event; null for one that no query for known types can want.</summary>
    public DerivedEvent? Derive(in HookEventRow row)
    {
        if (HookEventType.NumberOf(Encoding.UTF8.GetString(row.EventType)) is not (> 0 and var type))
            return null;

        var session = Encoding.UTF8.GetString(SourceText.Valid(row.SessionId));
        CallEnvelope envelope;
        StepDescription? description = null;
        if (row.ToolName.IsEmpty)
            envelope = CallEnvelope.Read(row.Payload);
        else
            description = _reader.Read(ToolUseReader.Read(Encoding.UTF8.GetString(row.ToolName), row.Payload, out envelope));
        var hasFailed = CallEnd.OutcomeOf(row.EventType) == CallOutcome.Failed;
        return new DerivedEvent(
            row.InsertionId,
            type,
            row.UtcTicks,
            new StepSource(
                session,
                Encoding.UTF8.GetString(SourceText.Valid(row.SourceApp)),
                SourceText.Mask(envelope.AgentId),
                SourceText.Mask(envelope.PromptId)
            ),
            description is { } step ? Masked(step.Facts) : null,
            description is { } judged ? new JudgedStep(judged.Verdict, judged.DestructiveCommand) : null,
            StepIds.HashCall(SourceText.Valid(row.SessionId), envelope.ToolUseId),
            StepIds.Hash(envelope.MessageId),
            envelope.Milliseconds ?? -1,
            hasFailed ? ErrorLeads.Read(envelope.Error) : null
        );
    }

    private StepFacts Masked(StepFacts facts)
    {
        if (_masked.TryGetValue(facts, out var masked))
            return masked;
        if (_masked.Count >= CacheCapacity)
            _masked.Clear();
        return _masked[facts] = FactsMasker.Mask(facts);
    }
}

/// <summary>What is kept of an event.</summary>
/// <param name="Event">The number of its row.</param>
/// <param name="Type">The number of its type.</param>
/// <param name="UtcTicks">When it happened; null when its time can't be read.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Facts">What is known of the call, masked; null when no tool is named.</param>
/// <param name="Verdict">How dangerous the call is; null when no tool is named.</param>
/// <param name="Call">The hash of its session and call; 0 for none.</param>
/// <param name="Message">The hash of the model's message; 0 for none.</param>
/// <param name="Milliseconds">How long the call took; negative when the event does not say.</param>
/// <param name="Error">What the error of a call that failed begins with, masked.</param>
internal sealed record DerivedEvent(
    long Event,
    int Type,
    long? UtcTicks,
    StepSource Source,
    StepFacts? Facts,
    JudgedStep? Verdict,
    ulong Call,
    ulong Message,
    long Milliseconds,
    string? Error
);
