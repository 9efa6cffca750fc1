using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Cost;
using PatternAnalysis.Effect;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>What is asked of an effect: a pattern or activities, and since when.</summary>
public sealed record EffectOptions
{
    /// <summary>The stored pattern whose occurrences are counted.</summary>
    [Option("PatternId", "The stored pattern whose occurrences are counted.", IsSubject = true)]
    public string? PatternId { get; init; }

    /// <summary>The activities that are counted, instead of a pattern.</summary>
    [Option("Activity", "Counts activities whose name matches one of these wildcards, instead of a pattern.")]
    public WildcardFilter? Activity { get; init; }

    /// <summary>What took its place.</summary>
    [Option("Adopted", "What took its place: a command, skill or slash command, as wildcards of activities.")]
    public WildcardFilter? Adopted { get; init; }

    /// <summary>The moment that divides before from after; null for the decision on the pattern.</summary>
    [Option("Cut", "The moment that divides before from after; the decision on the pattern when not given.")]
    public DateTimeOffset? Cut { get; init; }

    /// <summary>What a rate counts against.</summary>
    [Option("Exposure", "What a rate counts against: edits, prompts, or calls.")]
    public ExposureKind Exposure { get; init; }

    /// <summary>Which time is looked at.</summary>
    [OptionGroup]
    public SpanOptions Span { get; init; } = new();
}

/// <summary>What <c>Measure-PatternEffect</c> and <c>effect</c> both do.</summary>
public static class EffectRun
{
    /// <summary>Measures an effect; the database is only read.</summary>
    /// <exception cref="PatternAnalysisException">The options can't work, there is no such pattern, or the database can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PatternEffect Run(PatternDatabase database, EffectOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
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

        var window = options.Span.ToWindow();
        var pattern = options.PatternId is { } id ? database.Approvals.Describe(id).Approval : null;
        var cut = options.Cut ?? CutOf(pattern!);
        var steps = pattern is null ? null : StepText.Split(pattern.ToolSequence);
        var query = new EffectQuery
        {
            Name = pattern?.ToolSequence ?? options.Activity!.ToString(),
            Steps = steps,
            Activity = options.Activity is { } activity ? activity.IsMatch : null,
            Adopted = options.Adopted is { } adopted ? adopted.IsMatch : null,
            Cut = cut,
            Until = window.Until,
            Exposure = options.Exposure,
            TurnsPerOccurrence = Math.Max(1, (steps?.Count ?? 1) - 1),
        };
        var messages = database.Usage.ReadMessages(window, cancellationToken).ToArray();
        var perTurn = new CostMeter(Pricing.PriceTable.BuiltIn).Measure(messages, null, CostGrouping.Total) is [{ Turns: > 0 } total]
            ? total.Usd / total.Turns
            : (decimal?)null;
        var sessions = Observe(database, messages, window, steps, cancellationToken);
        return EffectMeasurer.Measure(sessions, query with { UsdPerTurn = perTurn });
    }

    private static IReadOnlyList<ObservedSession> Observe(
        PatternDatabase database,
        MessageUsage[] messages,
        TimeWindow window,
        IReadOnlyList<string>? steps,
        CancellationToken cancellationToken
    )
    {
        var prompts = new PromptTimes();
        database.Events.Read(new EventQuery { Window = window, EventTypes = SessionObserver.PromptTypes }, prompts, cancellationToken);
        var applications = messages
            .Where(message => message.SourceApp is not null)
            .GroupBy(message => message.SessionId)
            .ToDictionary(session => session.Key, session => session.First().SourceApp);
        var models = steps is null ? [ActivityModel.Operation] : Enum.GetValues<ActivityModel>();

        // A pattern is counted by the names that it was found with.
        IReadOnlyList<ObservedSession> observed = [];
        foreach (var model in models)
        {
            var sequencer = new EventSequencer(new EventQuery { Window = window }, new ActivityOptions { Model = model });
            database.Events.Read(sequencer.StoreQuery, sequencer, cancellationToken);
            observed = SessionObserver.Observe(sequencer.Build(), prompts, session => applications.GetValueOrDefault(session));
            if (steps is null || observed.Any(session => session.Cases.Any(calls => calls.Any(call => call.Activity == steps[0]))))
                break;
        }

        return observed;
    }

    private static DateTimeOffset CutOf(PatternApproval pattern) =>
        pattern.ReviewedAt
        ?? throw new PatternAnalysisException(
            ErrorCatalogue.InvalidEffect,
            $"Nobody decided on pattern '{pattern.PatternId}' yet, so there is no moment that divides before from after: give one."
        );
}
