namespace PatternAnalysis;

/// <summary>Whether the analysis of a database is running: what a monitor asks.</summary>
public sealed record AnalysisStatus
{
    /// <summary>The database, as messages name it.</summary>
    public required string Database { get; init; }

    /// <summary>When this was asked, in UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How old the last analysis that ended well may be.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Whether an analysis ended well within <see cref="MaxAge"/>.</summary>
    public bool IsHealthy => LastRun is { } last && AskedAt - last.FinishedAt <= MaxAge;

    /// <summary>The last analysis that ended well; null when none ever did.</summary>
    public PastRun? LastRun { get; init; }

    /// <summary>The last run of any kind that failed, if nothing of its kind ended well since; null when nothing is amiss.</summary>
    public PastRun? LastFailure { get; init; }

    /// <summary>The last import that ended well; null when none ever did.</summary>
    public PastRun? LastImport { get; init; }

    /// <summary>The applications that events come from, the latest to be heard of first.</summary>
    public EventSource[] Sources { get; init; } = [];

    /// <summary>How many recorded events wait beside the database.</summary>
    public int SpoolCount { get; init; }

    /// <summary>When the next registered run starts; null when none is registered with this user's schedulers.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>How it is, in one sentence.</summary>
    public string Explanation =>
        LastRun is not { } last ? "No analysis ever ended well."
        : IsHealthy ? Text($"The last analysis ended well {Ago(last)}.")
        : Text($"No analysis ended well within {Words(MaxAge)}; the last one did {Ago(last)}.");

    private string Ago(PastRun run) => Text($"{Words(AskedAt - run.FinishedAt)} ago, {run.FinishedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    private static string Words(TimeSpan time) =>
        time < TimeSpan.FromHours(1) ? Text($"{Math.Max(0, time.TotalMinutes):0} minutes")
        : time < TimeSpan.FromDays(2) ? Text($"{time.TotalHours:0.#} hours")
        : Text($"{time.TotalDays:0.#} days");

    private static string Text(InvariantText text) => text.Take();

    /// <inheritdoc/>
    public override string ToString() => $"{Database}: {Explanation}";
}

/// <summary>An application that events come from.</summary>
/// <param name="SourceApp">Its name; null for events that name none.</param>
/// <param name="EventCount">How many events it sent.</param>
/// <param name="LastEventAt">When the last of them happened, in UTC; null when none has a time.</param>
public sealed record EventSource(string? SourceApp, long EventCount, DateTimeOffset? LastEventAt)
{
    /// <summary>Its name, with what nobody sees or a terminal obeys as <c>\uXXXX</c>; null for events that name none.</summary>
    public string? SourceApp { get; init; } = SourceApp is null ? null : InvisibleText.Escape(SourceApp);

    /// <inheritdoc/>
    public override string ToString() => $"{SourceApp ?? "(no application)"}: {EventCount} events";
}
