using CsCheck;
using PatternAnalysis.Analysis;
using PatternAnalysis.Reporting.Html;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Reporting;

public class DirectlyFollowsTests
{
    private static readonly Gen<string[]> s_session = Gen.Int[0, 3].Select(number => "abcd"[number].ToString()).Array[1, 12];

    [Fact]
    public void An_arc_counts_how_often_one_activity_directly_follows_the_other() =>
        s_session
            .List[2, 12]
            .Sample(
                sessions =>
                {
                    var summary = Reports.Analyse(sessions);
                    var graph = DirectlyFollowsGraph.Of(summary.Patterns);
                    foreach (var arc in graph.Arcs)
                    {
                        var (from, to) = (graph.Nodes[arc.From].Activity, graph.Nodes[arc.To].Activity);
                        Assert.Equal(sessions.Sum(session => session.Zip(session.Skip(1)).Count(pair => pair == (from, to))), arc.Count);
                    }

                    Assert.All(
                        graph.Nodes,
                        node => Assert.Equal(sessions.Sum(session => session.Count(step => step == node.Activity)), node.Count)
                    );
                },
                iter: 200
            );

    [Fact]
    public void Every_node_is_placed_once_and_arcs_that_do_not_go_forward_close_a_cycle() =>
        s_session
            .List[2, 12]
            .Sample(
                sessions =>
                {
                    var graph = DirectlyFollowsGraph.Of(Reports.Analyse(sessions).Patterns);
                    var layout = new FlowLayout(graph);

                    Assert.Equal(
                        Enumerable.Range(0, graph.Nodes.Count),
                        layout.Columns.SelectMany(column => column).Where(place => place < graph.Nodes.Count).Order()
                    );
                    Assert.All(
                        graph.Arcs.Where(layout.IsForward),
                        arc =>
                        {
                            int[] columns =
                            [
                                .. new[] { arc.From }
                                    .Concat(layout.Passages(arc))
                                    .Append(arc.To)
                                    .Select(place => layout.Columns.Index().Single(column => column.Item.Contains(place)).Index),
                            ];
                            Assert.Equal(Enumerable.Range(columns[0], columns.Length), columns);
                        }
                    );
                    Assert.All(graph.Arcs.Where(arc => !layout.IsForward(arc)), arc => Assert.True(Reaches(graph, arc.To, arc.From, [])));
                },
                iter: 200
            );

    private static bool Reaches(DirectlyFollowsGraph graph, int from, int to, HashSet<int> seen) =>
        from == to || (seen.Add(from) && graph.Arcs.Any(arc => arc.From == from && Reaches(graph, arc.To, to, seen)));
}
