using PatternAnalysis.Analysis;

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
        var widths = layout
            .Columns.Select(column => column.Max(place => place < graph.Nodes.Count ? WidthOf(graph.Nodes[place]) : 0))
            .ToArray();
        var back = graph.Arcs.Count(arc => arc.From != arc.To && !layout.IsForward(arc));
        var height = Margin + 22 + rows * (NodeHeight + RowGap) + (back > 0 ? 18 + back * 14 : 0);
        var canvas = new SvgCanvas(
            "flow",
            "Flow between activities",
            "Boxes are activities; an arrow says how often the one directly follows the other in the sessions of the run.",
            Math.Max(760, 2 * Margin + widths.Sum() + (widths.Length - 1) * ColumnGap),
            height
        );
        canvas.Arrow("flow-arrow");
        var boxes = Place(layout, widths, rows);
        var most = Math.Max(1, graph.Arcs.Max(arc => arc.Count));
        var returns = 0;
        var numbers = graph
            .Arcs.Select(arc => DrawArc(canvas, arc, boxes, layout, most, arc.From == arc.To || layout.IsForward(arc) ? 0 : ++returns))
            .ToArray();
        for (var node = 0; node < graph.Nodes.Count; node++)
            DrawNode(canvas, graph.Nodes[node], boxes[node]);
        // The numbers are drawn last, over the lines.
        foreach (var (x, y, count) in numbers)
            canvas.Text(x, y, ReportText.Text($"{count:N0}"), "number halo", "middle");
        return canvas;
    }

    private static Box[] Place(FlowLayout layout, double[] widths, int rows)
    {
        var boxes = new Box[layout.Columns.Sum(column => column.Count)];
        var x = Margin;
        for (var column = 0; column < layout.Columns.Count; column++)
        {
            var places = layout.Columns[column];
            for (var row = 0; row < places.Count; row++)
            {
                var y = Margin + 22 + (row + (rows - places.Count) / 2.0) * (NodeHeight + RowGap);
                boxes[places[row]] = new Box(x, y, widths[column], Margin + 22 + rows * (NodeHeight + RowGap) - RowGap);
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

    /// <returns>Where the arc's number stands.</returns>
    private static (double X, double Y, int Count) DrawArc(
        SvgCanvas canvas,
        DirectlyFollowsGraph.Arc arc,
        Box[] boxes,
        FlowLayout layout,
        int most,
        int returns
    )
    {
        var (from, to) = (boxes[arc.From], boxes[arc.To]);
        var className = $"arc weight{1 + Math.Min(3, arc.Count * 4 / (most + 1))}";
        if (arc.From == arc.To)
        {
            var x = from.X + from.Width / 2;
            canvas.Path(
                ReportText.Text(
                    $"M{x - 12:0.#} {from.Y:0.#}C{x - 18:0.#} {from.Y - 24:0.#} "
                        + $"{x + 18:0.#} {from.Y - 24:0.#} {x + 12:0.#} {from.Y - 1:0.#}"
                ),
                className,
                null,
                "flow-arrow"
            );
            return (x + 30, from.Y - 10, arc.Count);
        }

        if (layout.IsForward(arc))
        {
            var path = new System.Text.StringBuilder(ReportText.Text($"M{from.X + from.Width:0.#} {from.Middle:0.#}"));
            var before = from;
            foreach (var box in layout.Passages(arc).Select(place => boxes[place]).Append(to))
            {
                var (left, right) = (before.X + before.Width, box.X);
                var half = (left + right) / 2;
                path.Append(
                    ReportText.Text(
                        $"C{half:0.#} {before.Middle:0.#} {half:0.#} {box.Middle:0.#} "
                            + $"{(box == to ? right - 1 : right):0.#} {box.Middle:0.#}"
                    )
                );
                if (box != to)
                    path.Append(ReportText.Text($"H{box.X + box.Width:0.#}"));
                before = box == to ? before : box;
            }

            canvas.Path(path.ToString(), className, null, "flow-arrow");
            return ((before.X + before.Width + to.X) / 2, (before.Middle + to.Middle) / 2 + 4, arc.Count);
        }

        var (x1, x2, y1, y2) = (from.X + from.Width / 2 + 8, to.X + to.Width / 2 - 8, from.Y + NodeHeight, to.Y + NodeHeight);
        var low = Math.Max(from.Floor, to.Floor) + 12 + returns * 14;
        canvas.Path(
            ReportText.Text(
                $"M{x1:0.#} {y1:0.#}C{x1:0.#} {low:0.#} {x1:0.#} {low:0.#} "
                    + $"{(x1 + x2) / 2:0.#} {low:0.#}S{x2:0.#} {low:0.#} {x2:0.#} {y2 + 1:0.#}"
            ),
            className,
            null,
            "flow-arrow"
        );
        return ((x1 + x2) / 2, low + 4, arc.Count);
    }

    private static double WidthOf(DirectlyFollowsGraph.Node node) =>
        Math.Max(64, Math.Min(LongestName, ReportText.Show(node.Activity, LongestName).Length) * 7.4 + 18);

    /// <summary>Where a node stands or an arc passes, and where the lowest row ends.</summary>
    private readonly record struct Box(double X, double Y, double Width, double Floor)
    {
        public double Middle => Y + NodeHeight / 2;
    }
}
