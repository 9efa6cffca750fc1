using PatternAnalysis.Options;

namespace PatternAnalysis.Application;

/// <summary>Which time is looked back on; all of it when nothing is given.</summary>
public sealed record SpanOptions
{
    /// <summary>The start; null for the first event.</summary>
    [Option("Since", "The start; a time without a zone is UTC, and without it everything is looked at.")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>The end, itself outside; null for the last event.</summary>
    [Option("Until", "The end, itself outside.")]
    public DateTimeOffset? Until { get; init; }

    /// <summary>The window that is meant.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidWindow</c>: it ends before it starts.</exception>
    public TimeWindow ToWindow()
    {
        try
        {
            return new TimeWindow(Since, Until);
        }
        catch (ArgumentException error)
        {
            throw new PatternAnalysisException(ErrorCatalogue.InvalidWindow, error.Message, error);
        }
    }
}
