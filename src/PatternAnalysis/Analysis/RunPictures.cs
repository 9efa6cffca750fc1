namespace PatternAnalysis.Analysis;

/// <summary>What the pictures of a run's report show, from its sequences; computed when it is first asked for.</summary>
internal sealed class RunPictures
{
    private const int PatternCount = 10;
    private const int TimelineCount = 6;

    private readonly Lazy<DirectlyFollowsGraph> _graph;
    private readonly Lazy<PatternTimeline?> _timeline;

    /// <summary>The pictures of some patterns of one run.</summary>
    public RunPictures(IReadOnlyList<ClassifiedPattern> patterns)
    {
        var worthy = WorthOrder.Of(patterns).Take(PatternCount).ToArray();
        ClassifiedPattern[] sound = [.. worthy.Where(pattern => !PatternStatus.IsRejected(pattern.Status))];

        // When nothing waits and nothing is approved, the best of what was found by coincidence says at least what there is.
        Patterns = sound.Length > 0 ? sound : [.. worthy.Where(pattern => !pattern.IsDestructive)];
        _graph = new Lazy<DirectlyFollowsGraph>(() => DirectlyFollowsGraph.Of(Patterns));
        _timeline = new Lazy<PatternTimeline?>(() => PatternTimeline.Of([.. Patterns.Take(TimelineCount)]));
    }

    /// <summary>The patterns that they are about, in the order of what they are worth.</summary>
    public IReadOnlyList<ClassifiedPattern> Patterns { get; }

    /// <summary>Which activity directly follows which.</summary>
    public DirectlyFollowsGraph Graph => _graph.Value;

    /// <summary>When they occur; null when the steps have no times.</summary>
    public PatternTimeline? Timeline => _timeline.Value;
}
