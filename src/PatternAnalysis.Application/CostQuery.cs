using PatternAnalysis.Activities;
using PatternAnalysis.Cost;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Pricing;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>What is asked of costs.</summary>
public sealed record CostOptions
{
    /// <summary>Which time is looked at.</summary>
    [OptionGroup]
    public SpanOptions Span { get; init; } = new();

    /// <summary>What is added up by.</summary>
    [Option("GroupBy", "What costs are added up by.")]
    public CostGrouping GroupBy { get; init; } = CostGrouping.Day;

    /// <summary>A file of prices; null for the built-in ones.</summary>
    [Option("PricePath", "A file of prices that replaces the built-in one (JSON).", IsPath = true)]
    public string? PricePath { get; init; }
}

/// <summary>What <c>Measure-AgentCost</c> and <c>cost</c> both do.</summary>
public static class CostQuery
{
    /// <summary>Reads a table of prices.</summary>
    /// <param name="path">The file; null for the built-in table.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidPriceTable</c>: it can't be read or used.</exception>
    public static PriceTable LoadPrices(string? path)
    {
        if (path is null)
            return PriceTable.BuiltIn;
        try
        {
            return PriceTable.Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidPriceTable,
                $"The price table '{path}' can't be read: {error.Message}",
                error
            );
        }
    }

    /// <summary>Adds up costs; the database is only read.</summary>
    /// <exception cref="PatternAnalysisException">The options can't work, or the database can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<AgentCost> Run(PatternDatabase database, CostOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        var window = options.Span.ToWindow();
        var meter = new CostMeter(LoadPrices(options.PricePath));
        var sequencer = new EventSequencer(
            new EventQuery { Window = window },
            new ActivityOptions
            {
                Model = ActivityModel.Operation,
                Case = CaseKind.Prompt,
                ReadsOutcomes = true,
            }
        );
        database.Events.Read(sequencer.StoreQuery, sequencer, cancellationToken);
        return meter.Measure(database.Usage.ReadMessages(window, cancellationToken), sequencer.Build(), options.GroupBy);
    }
}
