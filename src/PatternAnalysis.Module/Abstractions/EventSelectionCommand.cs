using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that reads hook events: which window, which types, which sessions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventSelectionCommand : DatabaseCommand
{
    private protected const string HoursSet = "Hours";
    private protected const string WindowSet = "Window";

    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public override string? Database { get; set; }

    /// <summary>The window: so many hours up to now.</summary>
    [Parameter(ParameterSetName = HoursSet)]
    [ValidateRange(1, 1_000_000)]
    public int Hours { get; set; } = 24;

    /// <summary>The window's start; a text without a zone is UTC.</summary>
    [Parameter(ParameterSetName = WindowSet, Mandatory = true)]
    [UtcTime]
    public DateTimeOffset Since { get; set; }

    /// <summary>The window's end, itself outside; now when not given.</summary>
    [Parameter(ParameterSetName = WindowSet)]
    [UtcTime]
    public DateTimeOffset? Until { get; set; }

    /// <summary>The event types that stand for a tool call.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] EventType { get; set; } = [.. EventQuery.DefaultEventTypes];

    /// <summary>Only sessions whose id matches one of these wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SessionId { get; set; }

    /// <summary>Only events whose source application matches one of these wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? SourceApp { get; set; }

    /// <summary>How much an activity's name tells: the tool and what it was used for, or the bare tool.</summary>
    [Parameter]
    public ActivityModel Activity { get; set; } = ActivityModel.Operation;

    /// <summary>A run of the same activity is one step, named with a + behind.</summary>
    [Parameter]
    public SwitchParameter CollapseRuns { get; set; }

    /// <summary>Leaves out activities whose name matches one of these wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? ExcludeActivity { get; set; }

    /// <summary>What one case is: a session, a prompt's work, or work without a long pause.</summary>
    [Parameter]
    public CaseKind Case { get; set; } = CaseKind.Session;

    /// <summary>The pause that ends a case with -Case Idle.</summary>
    [Parameter]
    [ValidateRange(1, 10_080)]
    public int IdleMinutes { get; set; } = 30;

    /// <summary>Files of further rules of what is dangerous.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RulePath { get; set; } = [];

    private protected ActivityOptions ReadActivity() =>
        new()
        {
            Model = Activity,
            CollapseRuns = CollapseRuns,
            ExcludeFilter = Matcher(ExcludeActivity),
            Case = Case,
            IdleGap = TimeSpan.FromMinutes(IdleMinutes),
            Rules = DangerRuleFile.Load(RulePath.Select(Resolve)),
        };

    private protected EventQuery ReadQuery() =>
        new()
        {
            Window = ReadWindow(),
            EventTypes = EventType,
            SessionFilter = Matcher(SessionId),
            SourceAppFilter = Matcher(SourceApp),
        };

    private TimeWindow ReadWindow()
    {
        if (ParameterSetName != WindowSet)
            return TimeWindow.Last(Hours, DateTimeOffset.UtcNow);

        var until = Until ?? DateTimeOffset.UtcNow;
        return Since < until
            ? new TimeWindow(Since, until)
            : throw new PatternAnalysisException(
                "InvalidWindow",
                $"The window's end ({until.UtcDateTime:u}) must lie after its start ({Since.UtcDateTime:u})."
            );
    }

    private static Func<string, bool>? Matcher(string[]? wildcards)
    {
        if (wildcards is null)
            return null;

        var patterns = Array.ConvertAll(
            wildcards,
            text => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)
        );
        return text => Array.Exists(patterns, pattern => pattern.IsMatch(text));
    }
}
