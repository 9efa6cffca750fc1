using PatternAnalysis.Analysis;

namespace PatternAnalysis.Reporting.Html;

/// <summary>
/// Places the nodes of a flow in columns from left to right: an arc goes to a later column unless it closes a cycle. After Sugiyama's
/// layered drawing: cycles are broken in depth-first order, columns are longest paths, rows are sorted by the mean of their predecessors.
/// An arc past a column has a place of its own there, so that it runs between the boxes.
/// </summary>
internal sealed class FlowLayout
{
    private readonly DirectlyFollowsGraph _graph;
    private readonly int[] _columns;
    private readonly Dictionary<DirectlyFollowsGraph.Arc, IReadOnlyList<int>> _passages = [];

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

    /// <summary>What stands in each column, from the top: nodes, and behind their numbers the places where arcs pass.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Columns { get; }

    /// <summary>Where an arc passes the columns between its ends.</summary>
    public IReadOnlyList<int> Passages(DirectlyFollowsGraph.Arc arc) => _passages.GetValueOrDefault(arc, []);

    /// <summary>Whether an arc leads to a later column.</summary>
    public bool IsForward(DirectlyFollowsGraph.Arc arc) => _columns[arc.From] < _columns[arc.To];

    private List<DirectlyFollowsGraph.Arc> ForwardArcs()
    {
        var forward = new List<DirectlyFollowsGraph.Arc>();
        var state = new int[_graph.Nodes.Count];
        var from = _graph.Arcs.OrderByDescending(arc => arc.Count).ToLookup(arc => arc.From);
        foreach (
            var start in Enumerable
                .Range(0, _graph.Nodes.Count)
                .OrderBy(node => _graph.Arcs.Count(arc => arc.To == node && arc.From != node))
        )
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
        var columnOf = _columns.ToList();
        var ways = new List<(int From, int To)>();
        foreach (var arc in forward)
        {
            var passages = Enumerable.Range(columnOf.Count, _columns[arc.To] - _columns[arc.From] - 1).ToArray();
            columnOf.AddRange(passages.Select((_, number) => _columns[arc.From] + 1 + number));
            _passages[arc] = passages;
            int[] stops = [arc.From, .. passages, arc.To];
            ways.AddRange(stops.Zip(stops.Skip(1)));
        }

        var row = new double[columnOf.Count];
        var columns = new List<List<int>>();
        foreach (var column in Enumerable.Range(0, row.Length).GroupBy(place => columnOf[place]).OrderBy(group => group.Key))
        {
            var places = column
                .OrderBy(place => ways.Where(way => way.To == place).Select(way => row[way.From]).DefaultIfEmpty(place).Average())
                .ThenByDescending(place => place < _columns.Length ? _graph.Nodes[place].Count : 0)
                .ToList();
            for (var i = 0; i < places.Count; i++)
                row[places[i]] = i - (places.Count - 1) / 2.0;
            columns.Add(places);
        }

        return columns;
    }
}
