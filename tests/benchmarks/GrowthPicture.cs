using System.Xml.Linq;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Draws how time grows with events, both axes logarithmic, as the SVG of docs/performance.md. Linear growth is a line of 45 degrees.
/// </summary>
internal sealed class GrowthPicture
{
    private const double Left = 60,
        Top = 30,
        Decade = 170;
    private const double FewestEvents = 1e5,
        LeastSeconds = 0.01;
    private const double Width = Left + 2 * Decade + 150,
        Height = Top + 3 * Decade + 50;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly XElement _picture = new(
        s_svg + "svg",
        new XAttribute("viewBox", Text($"0 0 {Width} {Height}")),
        new XAttribute("font-family", "sans-serif"),
        new XAttribute("font-size", 12),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", "Seconds of a whole run and of its parts against events, both axes logarithmic"),
        new XElement(s_svg + "rect", new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("fill", "white"))
    );

    public GrowthPicture()
    {
        foreach (var (events, label) in ((double, string)[])[(1e5, "0.1"), (3e5, "0.3"), (1e6, "1"), (3e6, "3"), (1e7, "10")])
        {
            AddLine(X(events), Y(LeastSeconds), X(events), Y(10));
            AddText(X(events), Y(LeastSeconds) + 18, label, "middle");
        }

        foreach (var seconds in (double[])[0.01, 0.03, 0.1, 0.3, 1, 3, 10])
        {
            AddLine(X(FewestEvents), Y(seconds), X(1e7), Y(seconds));
            AddText(Left - 8, Y(seconds) + 4, Text($"{seconds}"), "end");
        }

        AddText(Left + Decade, Height - 10, "million events", "middle");
        AddText(Left, Top - 12, "seconds", "start");
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">What it shows.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="points">Events and seconds, ascending.</param>
    public void Add(string name, string color, IReadOnlyList<(long Events, double Seconds)> points)
    {
        _picture.Add(
            new XElement(
                s_svg + "polyline",
                new XAttribute("fill", "none"),
                new XAttribute("stroke", color),
                new XAttribute("stroke-width", 2.5),
                new XAttribute("points", string.Join(' ', points.Select(point => Text($"{X(point.Events):0.0},{Y(point.Seconds):0.0}"))))
            )
        );
        var (events, seconds) = points[^1];
        AddText(X(events) + 8, Y(seconds) + 4, Text($"{name}, {seconds:0.00} s"), "start");
    }

    public void Save(string path) => new XDocument(_picture).Save(path);

    private static double X(double events) => Left + Decade * Math.Log10(events / FewestEvents);

    private static double Y(double seconds) => Top + 3 * Decade - Decade * Math.Log10(seconds / LeastSeconds);

    private void AddLine(double x1, double y1, double x2, double y2) =>
        _picture.Add(
            new XElement(
                s_svg + "line",
                new XAttribute("x1", Text($"{x1:0.0}")),
                new XAttribute("y1", Text($"{y1:0.0}")),
                new XAttribute("x2", Text($"{x2:0.0}")),
                new XAttribute("y2", Text($"{y2:0.0}")),
                new XAttribute("stroke", "#ddd")
            )
        );

    private void AddText(double x, double y, string text, string anchor) =>
        _picture.Add(
            new XElement(
                s_svg + "text",
                new XAttribute("x", Text($"{x:0.0}")),
                new XAttribute("y", Text($"{y:0.0}")),
                new XAttribute("text-anchor", anchor),
                text
            )
        );

    private static string Text(InvariantText text) => text.Take();
}
