using PatternAnalysis.Figures;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli;

/// <summary>Patterns as lines for a terminal; the text, which may be long, comes last.</summary>
internal static class PatternTable
{
    public static void Write(IEnumerable<ClassifiedPattern> patterns, TextWriter writer)
    {
        var figures = PatternFigures.OfTerminal;
        writer.WriteLine(
            $"{string.Join(' ', figures.Select(figure => figure.Title.PadLeft(figure.Width)))} Kind        Status         Pattern"
        );
        foreach (var pattern in patterns)
        {
            var numbers = string.Join(' ', figures.Select(figure => figure.Show(pattern).PadLeft(figure.Width)));
            writer.WriteLine(
                $"{numbers} {pattern.Worth?.Kind.ToString() ?? "-", -11} {pattern.Status, -14} "
                    + $"{SurfaceText.Line(pattern.ToolSequence)}{Cover(pattern)}"
            );
        }
    }

    private static string Cover(ClassifiedPattern pattern) =>
        pattern.Worth?.CoveredBy is { } coverage ? $"  ({SurfaceText.Line(coverage.Guidance)})" : "";

    public static void Write(IEnumerable<PatternApproval> patterns, TextWriter writer)
    {
        var figures = StoredFigures.All;
        var titles = string.Join(' ', figures.Select(figure => figure.Title.PadLeft(figure.Width)));
        writer.WriteLine($"Id               Status         Kind        {titles} Pattern");
        foreach (var pattern in patterns)
        {
            var numbers = string.Join(' ', figures.Select(figure => figure.Show(pattern).PadLeft(figure.Width)));
            writer.WriteLine(
                $"{SurfaceText.Line(pattern.PatternId), -16} {pattern.Status, -14} {Kind(pattern), -11} {numbers} "
                    + $"{SurfaceText.Line(pattern.ToolSequence)}{PartOf(pattern)}"
            );
        }
    }

    private static string Kind(PatternApproval pattern) => pattern.Kind == WorthKind.NotAssessed ? "-" : pattern.Kind.ToString();

    private static string PartOf(PatternApproval pattern) => pattern.PartOf is { } whole ? $" (part of {SurfaceText.Line(whole)})" : "";
}
