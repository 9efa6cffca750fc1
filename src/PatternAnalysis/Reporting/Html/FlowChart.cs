namespace PatternAnalysis.Reporting.Html;

/// <summary>The flow between the activities of patterns, drawn from left to right; what goes back is drawn below.</summary>
internal static class FlowChart
{
    private const double NodeHeight = 38;
    private const double RowGap = 34;
    private const double ColumnGap = 62;
    private const double Margin = 14;
    private const int LongestName = 22;

    public static SvgCanvas Draw(DirectlyFollowsGraph graph)
    {
        var layout = new FlowLayout(graph);
        var rows = layout.Columns.Max(column => column.Count);
        var widths = layout.Columns.Select(column => column.Max(node => WidthOf(graph.Nodes[node]))).ToArray();
        var back = graph.Arcs.Count(arc => arc.From != arc.To && !layout.IsForward(arc));
        var height = Margin + 22 + rows * (NodeHeight + RowGap) + (back > 0 ? 18 + back * 14 : 0);
        var canvas = new SvgCanvas("flow", "Flow between activities", "Boxes are activities; an arrow says how often the one directly follows the other in the sessions of the run.",
            Math.Max(760, 2 * Margin + widths.Sum() + (widths.Length - 1) * ColumnGap), height);
        canvas.Arrow("flow-arrow");
        var boxes = Place(graph, layout, widths, rows);
        var most = Math.Max(1, graph.Arcs.Max(arc => arc.Count));
        var returns = 0;
        foreach (var arc in graph.Arcs)
            DrawArc(canvas, arc, boxes, layout, most, arc.From == arc.To || layout.IsForward(arc) ? 0 : ++returns);
        for (var node = 0; node < boxes.Length; node++)
            DrawNode(canvas, graph.Nodes[node], boxes[node]);
        return canvas;
    }

    private static Box[] Place(DirectlyFollowsGraph graph, FlowLayout layout, double[] widths, int rows)
    {
        var boxes = new Box[graph.Nodes.Count];
        var x = Margin;
        for (var column = 0; column < layout.Columns.Count; column++)
        {
            var nodes = layout.Columns[column];
            for (var row = 0; row < nodes.Count; row++)
            {
                var y = Margin + 22 + (row + (rows - nodes.Count) / 2.0) * (NodeHeight + RowGap);
                boxes[nodes[row]] = new Box(x, y, widths[column], Margin + 22 + rows * (NodeHeight + RowGap) - RowGap);
            }

            x += widths[column] + ColumnGap;
        }

        return boxes;
    }

    private static void DrawNode(SvgCanvas canvas, DirectlyFollowsGraph.Node node, Box box)
    {
        canvas.Rectangle(box.X, box.Y, box.Width, NodeHeight, "node", 6);
        canvas.Text(box.X + box.Width / 2, box.Y + 16, node.Activity, "label", "middle", LongestName);
        canvas.Text(box.X + box.Width / 2, box.Y + 31, ReportText.Text($"{node.Count:N0}×"), "tick", "middle");
    }

    private static void DrawArc(SvgCanvas canvas, DirectlyFollowsGraph.Arc arc, Box[] boxes, FlowLayout layout, int most, int returns)
    {
        var (from, to) = (boxes[arc.From], boxes[arc.To]);
        var count = ReportText.Text($"{arc.Count:N0}");
        var className = $"arc weight{1 + Math.Min(3, arc.Count * 4 / (most + 1))}";
        if (arc.From == arc.To)
        {
            var x = from.X + from.Width / 2;
            canvas.Path(ReportText.Text($"M{x - 12:0.#} {from.Y:0.#}C{x - 18:0.#} {from.Y - 24:0.#} {x + 18:0.#} {from.Y - 24:0.#} {x + 12:0.#} {from.Y - 1:0.#}"), className, null, "flow-arrow");
            canvas.Text(x + 18, from.Y - 10, count, "number");
        }
        else if (layout.IsForward(arc))
        {
            var (x1, y1, x2, y2) = (from.X + from.Width, from.Y + NodeHeight / 2, to.X, to.Y + NodeHeight / 2);
            var bend = Math.Max(24, (x2 - x1) / 2);
            // An arc past a column in the same row would run through its boxes.
            var dip = Math.Abs(y1 - y2) < 1 && x2 - x1 > ColumnGap + 1 ? -(NodeHeight / 2 + RowGap / 2 + 4) * 4 / 3 : 0;
            canvas.Path(ReportText.Text($"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1 + dip:0.#} {x2 - bend:0.#} {y2 + dip:0.#} {x2 - 1:0.#} {y2:0.#}"), className, null, "flow-arrow");
            canvas.Text((x1 + x2) / 2, (y1 + y2) / 2 + dip * 0.75 - 5, count, "number", "middle");
        }
        else
        {
            var (x1, x2, y1, y2) = (from.X + from.Width / 2 + 8, to.X + to.Width / 2 - 8, from.Y + NodeHeight, to.Y + NodeHeight);
            var low = Math.Max(from.Floor, to.Floor) + 12 + returns * 14;
            canvas.Path(ReportText.Text($"M{x1:0.#} {y1:0.#}C{x1:0.#} {low:0.#} {x1:0.#} {low:0.#} {(x1 + x2) / 2:0.#} {low:0.#}S{x2:0.#} {low:0.#} {x2:0.#} {y2 + 1:0.#}"), className, null, "flow-arrow");
            canvas.Text((x1 + x2) / 2, low - 3, count, "number", "middle");
        }
    }

    private static double WidthOf(DirectlyFollowsGraph.Node node) => Math.Max(64, Math.Min(LongestName, ReportText.Show(node.Activity, LongestName).Length) * 7.4 + 18);

    /// <summary>Where a node stands, and where the lowest row ends.</summary>
    private readonly record struct Box(double X, double Y, double Width, double Floor);
}
