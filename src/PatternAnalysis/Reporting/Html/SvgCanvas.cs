using System.Globalization;
using System.Text;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>
/// An SVG picture being drawn. Colours are the page's classes, so that dark mode and print follow; there is no inline style.
/// </summary>
internal sealed class SvgCanvas(string id, string title, string description, double width, double height)
{
    private readonly StringBuilder _body = new();

    public double Width => width;

    public double Height => height;

    public void Line(double x1, double y1, double x2, double y2, string className) =>
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" class=\"{className}\"/>");

    public void Rectangle(double x, double y, double rectangleWidth, double rectangleHeight, string className, double radius = 0) =>
        Append(
            $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{rectangleWidth:0.#}\" "
                + $"height=\"{rectangleHeight:0.#}\" rx=\"{radius:0.#}\" class=\"{className}\"/>"
        );

    /// <summary>A bar whose value shows when it is pointed at.</summary>
    public void Bar(double x, double y, double barWidth, double barHeight, string className, string tip) =>
        Append(
            $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(barWidth, 1):0.#}\" "
                + $"height=\"{barHeight:0.#}\" class=\"{className}\"><title>{HtmlText.Encode(tip)}</title></rect>"
        );

    public void Path(string data, string className, string? tip = null, string? marker = null) =>
        Append(
            $"<path d=\"{data}\" class=\"{className}\"{(marker is null ? "" : $" marker-end=\"url(#{marker})\"")}>"
                + $"{(tip is null ? "" : $"<title>{HtmlText.Encode(tip)}</title>")}</path>"
        );

    public void Text(double x, double y, string text, string className = "label", string anchor = "start", int maximumLength = 60) =>
        Append(
            $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" class=\"{className}\" "
                + $"text-anchor=\"{anchor}\">{HtmlText.Encode(text, maximumLength)}</text>"
        );

    /// <summary>An arrow head that paths may end in.</summary>
    public void Arrow(string arrowId) =>
        Append(
            $"<defs><marker id=\"{arrowId}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
                + $"markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L8 4L0 8Z\" class=\"arrow\"></path></marker></defs>"
        );

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"{id}\" viewBox=\"0 0 {width:0.#} {height:0.#}\" role=\"img\" "
                + $"aria-labelledby=\"{id}-title {id}-description\" xmlns=\"http://www.w3.org/2000/svg\"><title "
                + $"id=\"{id}-title\">{HtmlText.Encode(title)}</title><desc "
                + $"id=\"{id}-description\">{HtmlText.Encode(description)}</desc>{_body}</svg>"
        );

    private void Append(InvariantText text) => _body.Append(text.Take());
}
