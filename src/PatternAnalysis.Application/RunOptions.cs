using PatternAnalysis.Analysis;
using PatternAnalysis.Options;

namespace PatternAnalysis.Application;

/// <summary>All that a run is asked for, on either front: the options of its steps.</summary>
public sealed record RunOptions
{
    /// <summary>The folder that relative names of files start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Which time is looked at.</summary>
    [OptionGroup]
    public WindowOptions Window { get; init; } = new();

    /// <summary>How far back patterns are measured.</summary>
    [OptionGroup]
    public HorizonOptions Horizon { get; init; } = new();

    /// <summary>The analysis itself.</summary>
    [OptionGroup]
    public AnalysisOptions Analysis { get; init; } = new();

    /// <summary>Whether automations are looked for where the events come from.</summary>
    [Option("FindAutomation", "Looks for automations also in the projects that the events come from, as their working folders say.")]
    public bool FindAutomation { get; init; }

    /// <summary>The report.</summary>
    [OptionGroup]
    public ReportOptions Report { get; init; } = new();

    /// <summary>Who is told.</summary>
    [OptionGroup]
    public NotificationOptions Notification { get; init; } = new();
}
