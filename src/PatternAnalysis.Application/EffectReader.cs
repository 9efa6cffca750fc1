using PatternAnalysis.Activities;
using PatternAnalysis.Cost;
using PatternAnalysis.Effect;
using PatternAnalysis.Events;
using PatternAnalysis.Pricing;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>
/// Measures effects on the events of one window; they are read once for each way of naming steps, however many patterns are asked for.
/// </summary>
internal sealed class EffectReader(PatternDatabase database, TimeWindow window, CancellationToken cancellationToken)
{
    private readonly Dictionary<ActivityModel, IReadOnlyList<ObservedSession>> _observed = [];
    private MessageUsage[]? _messages;
    private PromptTimes? _prompts;
    private SessionOrigins? _origins;

    private MessageUsage[] Messages => _messages ??= [.. database.Usage.ReadMessages(window, cancellationToken)];

    /// <summary>Measures an effect.</summary>
    /// <exception cref="PatternAnalysisException">The options can't work, or there is no such pattern.</exception>
    public PatternEffect Measure(EffectOptions options)
    {
        if (options.PatternId is null == options.Activity is null)
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidEffect,
                "Say what is measured: a pattern's id, or wildcards of activities; one of them."
            );
        if (options.PatternId is null && options.Cut is null)
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidEffect,
                "Activities have no decision that could be the cut: give the moment."
            );

        var pattern = options.PatternId is { } id ? database.Approvals.Describe(id).Approval : null;
        var steps = pattern is null ? null : StepText.Split(pattern.ToolSequence);
        var query = new EffectQuery
        {
            Name = pattern?.ToolSequence ?? options.Activity!.ToString(),
            Steps = steps,
            Activity = options.Activity is { } activity ? activity.IsMatch : null,
            Adopted = options.Adopted is { } adopted ? adopted.IsMatch : null,
            Cut = options.Cut ?? CutOf(pattern!),
            Until = window.Until,
            Exposure = options.Exposure,
            TurnsPerOccurrence = Math.Max(1, (steps?.Count ?? 1) - 1),
        };
        var perTurn = new CostMeter(PriceTable.BuiltIn).Measure(Messages, null, CostGrouping.Total) is [{ Turns: > 0 } total]
            ? total.Usd / total.Turns
            : (decimal?)null;
        return EffectMeasurer.Measure(SessionsWith(steps), query with { UsdPerTurn = perTurn });
    }

    // A pattern is counted by the names that it was found with.
    private IReadOnlyList<ObservedSession> SessionsWith(IReadOnlyList<string>? steps)
    {
        if (steps is null)
            return Observe(ActivityModel.Operation);

        IReadOnlyList<ObservedSession> observed = [];
        foreach (var model in Enum.GetValues<ActivityModel>())
        {
            observed = Observe(model);
            if (observed.Any(session => session.Cases.Any(calls => calls.Any(call => call.Activity == steps[0]))))
                break;
        }

        return observed;
    }

    private IReadOnlyList<ObservedSession> Observe(ActivityModel model)
    {
        if (_observed.TryGetValue(model, out var observed))
            return observed;

        _origins ??= database.FindOrigins(Messages);
        var sequencer = new EventSequencer(new EventQuery { Window = window }, new ActivityOptions { Model = model });
        database.Events.Read(sequencer.StoreQuery, sequencer, cancellationToken);
        observed = SessionObserver.Observe(sequencer.Build(), Prompts(), GroupsOf);
        _observed.Add(model, observed);
        return observed;
    }

    private IReadOnlyList<string> GroupsOf(string session)
    {
        var origin = _origins!.Of(session);
        return [.. new[] { origin.Application, origin.Person }.OfType<string>()];
    }

    private PromptTimes Prompts()
    {
        if (_prompts is not null)
            return _prompts;

        _prompts = new PromptTimes();
        database.Events.Read(new EventQuery { Window = window, EventTypes = SessionObserver.PromptTypes }, _prompts, cancellationToken);
        return _prompts;
    }

    private static DateTimeOffset CutOf(PatternApproval pattern) =>
        pattern.ReviewedAt
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.InvalidEffect,
            $"Nobody decided on pattern '{pattern.PatternId}' yet, so there is no moment that divides before from after: give one."
        );
}
