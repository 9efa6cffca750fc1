using System.Runtime.CompilerServices;
using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Makes of what a store hands over, events or what was derived of them, the events of a part. A known session, tool or verdict costs no
/// allocation.
/// </summary>
internal sealed class EventPartReader : IDerivedStepSink
{
    private readonly EventQuery _query;
    private readonly ActivityOptions _options;
    private readonly ErrorLeads _errors;
    private readonly StepReader _reader;
    private readonly StepTypes _stepTypes;
    private readonly DerivedNumbers _derived;
    private readonly Utf8Interner _tools = new();
    private readonly List<StepNumbers?> _stepOfTool = [];
    private readonly Dictionary<StepFacts, int> _facts = [];
    private readonly MaskedIds _agents = new();
    private readonly MaskedIds _prompts = new();

    public EventPartReader(EventQuery query, ActivityOptions options, ErrorLeads errors)
    {
        _query = query;
        _options = options;
        _errors = errors;
        _reader = new StepReader(options.Model, new DangerAssessor(options.Rules));
        _stepTypes = new StepTypes(query.EventTypes);
        Part = new EventPart(query, options);
        _derived = new DerivedNumbers(Part, query, options);
    }

    /// <summary>What was read.</summary>
    public EventPart Part { get; }

    /// <inheritdoc/>
    public StepRules? Rules => _derived.Rules;

    /// <inheritdoc/>
    public IHookEventSink? Fork() => null;

    /// <inheritdoc/>
    public void Restart() => throw new NotSupportedException("A part is made anew by its sequencer.");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in HookEventRow row)
    {
        if (row.UtcTicks is { } time && !_query.Window.Contains(time))
            return;
        var isOther = _query.SourceAppFilter is not null && Part.IsOther(SourceText.Valid(row.SourceApp));
        if (isOther && !Part.CountsOthers)
            return;

        var isStep = _stepTypes.Contains(row.EventType, out var outcome);
        if (row.SessionId.IsEmpty)
        {
            if (isStep && !isOther)
                Part.Exclude(EventReading.NoSession);
            return;
        }

        // One reading of the payload says what was called, and for what.
        ToolUse? use = null;
        var envelope = default(CallEnvelope);
        if (isStep && _options.Model != ActivityModel.Tool)
            use = ToolUseReader.Read(_tools[_tools.Add(row.ToolName)], row.Payload, out envelope);
        else if (!row.Payload.IsEmpty)
            envelope = CallEnvelope.Read(row.Payload);
        var session = SourceText.Valid(row.SessionId);
        var source = Part.AddSource(session, envelope.AgentId.IsEmpty ? default : _agents.Mask(envelope.AgentId), isOther);
        if (!Part.CountsOthers && Part.Others.Contains(source))
            return;

        if (!isStep && CallEnd.OutcomeOf(row.EventType) is not CallOutcome.Unknown and var ended)
            outcome = ended;
        var hasPrompt = !envelope.PromptId.IsEmpty;
        Part.Add(
            new PartEvent
            {
                Ticks = row.UtcTicks,
                InsertionId = row.InsertionId,
                Source = source,
                IsStep = isStep,
                NotMade = CallsNotMade.WhyOf(row.EventType),
                Outcome = outcome,
                Call = StepIds.HashCall(session, envelope.ToolUseId),
                Message = StepIds.Hash(envelope.MessageId),
                HasPrompt = hasPrompt,
                Prompt = hasPrompt && _options.Case == CaseKind.Prompt ? Part.Prompts.Add(_prompts.Mask(envelope.PromptId)) : -1,
                Milliseconds = envelope.Milliseconds ?? -1,
                Error = outcome == CallOutcome.Failed ? _errors.Add(envelope.Error) : 0,
                HasTool = !row.ToolName.IsEmpty,
                Numbers =
                    !isStep || row.ToolName.IsEmpty || row.UtcTicks is null ? null
                    : use is null ? Describe(row)
                    : Number(_reader.Read(use)),
            },
            row.EventType
        );
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in DerivedStep step, IDerivedTexts texts)
    {
        if (step.UtcTicks is { } time && !_query.Window.Contains(time))
            return;
        ref readonly var source = ref _derived.Source(step.Source, texts);
        if (source.IsSkipped)
            return;
        ref readonly var type = ref _derived.Type(step.Type);
        if (source.Number < 0)
        {
            if (type.IsStep && !source.IsOther)
                Part.Exclude(EventReading.NoSession);
            return;
        }

        Part.Add(
            new PartEvent
            {
                Ticks = step.UtcTicks,
                InsertionId = step.Event,
                Source = source.Number,
                IsStep = type.IsStep,
                NotMade = type.NotMade,
                Outcome = type.Outcome,
                Call = step.Call,
                Message = step.Message,
                HasPrompt = source.HasPrompt,
                Prompt = source.Prompt,
                Milliseconds = step.Milliseconds,
                Error = step.Error.IsEmpty || type.Outcome != CallOutcome.Failed ? 0 : _errors.Add(Encoding.UTF8.GetString(step.Error)),
                HasTool = step.Facts != 0,
                Numbers =
                    type.IsStep && step.Facts != 0 && step.UtcTicks is not null ? _derived.Numbers(step.Facts, step.Verdict, texts) : null,
            },
            type.Name
        );
    }

    /// <summary>The numbers of a tool, where the payload has no say: each is described once. Null when it is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StepNumbers? Describe(in HookEventRow row)
    {
        var tool = _tools.Add(row.ToolName);
        if (tool == _stepOfTool.Count)
            _stepOfTool.Add(Number(_reader.Read(_tools[tool], default)));
        return _stepOfTool[tool];
    }

    private StepNumbers? Number(StepDescription description)
    {
        if (!_facts.TryGetValue(description.Facts, out var facts))
            _facts.Add(description.Facts, facts = Part.NumberMasked(FactsMasker.Mask(description.Facts)));
        return facts < 0
            ? null
            : new StepNumbers(facts, Part.Verdicts.Add(new JudgedStep(description.Verdict, description.DestructiveCommand)));
    }
}
