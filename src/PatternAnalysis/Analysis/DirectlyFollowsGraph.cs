namespace PatternAnalysis.Analysis;

/// <summary>
/// Which activity directly follows which: the graph that process mining draws. It shows the arcs of some patterns; an arc's number is how
/// often the one activity directly follows the other in all sessions of the run, inside those patterns or not.
/// </summary>
internal sealed record DirectlyFollowsGraph(IReadOnlyList<DirectlyFollowsGraph.Node> Nodes, IReadOnlyList<DirectlyFollowsGraph.Arc> Arcs)
{
    private const int MaximumNodes = 14;

    /// <summary>
    /// The graph of patterns of one run, the most important first; patterns that would make it too large to read are left out.
    /// </summary>
    public static DirectlyFollowsGraph Of(IReadOnlyList<ClassifiedPattern> patterns)
    {
        // Where the database counted, the steps are still there and not here.
        if (patterns.Count == 0 || patterns[0].Run.Main.Corpus is not { } corpus)
            return new DirectlyFollowsGraph([], []);

        var nodes = new List<int>();
        var arcs = new Dictionary<(int From, int To), int>();
        foreach (var pattern in patterns)
        {
            var steps = pattern.Place.StepNumbers.ToArray();
            if (nodes.Union(steps).Count() > MaximumNodes)
                continue;

            nodes.AddRange(steps.Distinct().Except(nodes).ToArray());
            for (var i = 1; i < steps.Length; i++)
                arcs[(steps[i - 1], steps[i])] = 0;
        }

        var occurrences = new Dictionary<int, int>();
        for (var session = 0; session < corpus.Count; session++)
        {
            var steps = corpus.Steps(session);
            for (var i = 0; i < steps.Length; i++)
            {
                occurrences[steps[i]] = occurrences.GetValueOrDefault(steps[i]) + 1;
                if (i > 0 && arcs.TryGetValue((steps[i - 1], steps[i]), out var count))
                    arcs[(steps[i - 1], steps[i])] = count + 1;
            }
        }

        return new DirectlyFollowsGraph(
            [.. nodes.Select(node => new Node(corpus.Activity(node), occurrences.GetValueOrDefault(node)))],
            [.. arcs.Select(arc => new Arc(nodes.IndexOf(arc.Key.From), nodes.IndexOf(arc.Key.To), arc.Value))]
        );
    }

    /// <summary>An activity and how often it happened.</summary>
    internal sealed record Node(string Activity, int Count);

    /// <summary>How often one node directly follows another; both by their place in the list.</summary>
    internal sealed record Arc(int From, int To, int Count);
}
