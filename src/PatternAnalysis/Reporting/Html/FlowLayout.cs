namespace PatternAnalysis.Reporting.Html;

/// <summary>
/// Places the nodes of a flow in columns from left to right: an arc goes to a later column unless it closes a cycle. After Sugiyama's layered drawing:
/// cycles are broken in depth-first order, columns are longest paths, rows are sorted by the mean of their predecessors.
/// </summary>
internal sealed class FlowLayout
{
    private readonly DirectlyFollowsGraph _graph;
    private readonly int[] _columns;

    public FlowLayout(DirectlyFollowsGraph graph)
    {
        _graph = graph;
        _columns = new int[graph.Nodes.Count];
        var forward = ForwardArcs();
        for (var pass = 0; pass < graph.Nodes.Count; pass++)
        {
            foreach (var arc in forward)
                _columns[arc.To] = Math.Max(_columns[arc.To], _columns[arc.From] + 1);
        }

        Columns = PlaceRows(forward);
    }

    /// <summary>The nodes of each column, from the top.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Columns { get; }

    /// <summary>Whether an arc leads to a later column.</summary>
    public bool IsForward(DirectlyFollowsGraph.Arc arc) => _columns[arc.From] < _columns[arc.To];

    private List<DirectlyFollowsGraph.Arc> ForwardArcs()
    {
        var forward = new List<DirectlyFollowsGraph.Arc>();
        var state = new int[_graph.Nodes.Count];
        var from = _graph.Arcs.OrderByDescending(arc => arc.Count).ToLookup(arc => arc.From);
        foreach (var start in Enumerable.Range(0, _graph.Nodes.Count).OrderBy(node => _graph.Arcs.Count(arc => arc.To == node && arc.From != node)))
            Visit(start);
        return forward;

        void Visit(int node)
        {
            if (state[node] != 0)
                return;
            state[node] = 1;
            foreach (var arc in from[node])
            {
                // What is being visited lies on the path to here: this arc would close a cycle.
                if (state[arc.To] == 1)
                    continue;
                forward.Add(arc);
                Visit(arc.To);
            }

            state[node] = 2;
        }
    }

    private List<List<int>> PlaceRows(List<DirectlyFollowsGraph.Arc> forward)
    {
        var row = new double[_graph.Nodes.Count];
        var columns = new List<List<int>>();
        foreach (var column in Enumerable.Range(0, row.Length).GroupBy(node => _columns[node]).OrderBy(group => group.Key))
        {
            var nodes = column
                .OrderBy(node => forward.Where(arc => arc.To == node).Select(arc => row[arc.From]).DefaultIfEmpty(node).Average())
                .ThenByDescending(node => _graph.Nodes[node].Count)
                .ToList();
            for (var i = 0; i < nodes.Count; i++)
                row[nodes[i]] = i - (nodes.Count - 1) / 2.0;
            columns.Add(nodes);
        }

        return columns;
    }
}
