using System.Xml.Linq;
using PatternAnalysis.Architecture.Tests.Support;
using PatternAnalysis.Figures;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>The views of PowerShell are XML, which reads no list: what they show of patterns is compared with it here.</summary>
public sealed class FigureTests
{
    private static readonly string[] s_patterns = ["RepeatedPattern", "MeasuredPattern", "ClassifiedPattern"];

    private static readonly XDocument s_views = XDocument.Load(Path.Combine(Sources.Root, "module/PatternAnalysis.Format.ps1xml"));

    [Fact]
    public void A_number_that_a_view_shows_of_a_pattern_is_a_figure_with_its_label_and_its_format()
    {
        var known = PatternFigures.All.Select(Column);
        var columns = s_patterns.SelectMany(Columns).ToList();

        Assert.NotEmpty(columns);
        Assert.Empty(columns.Except(known));
    }

    [Fact]
    public void A_number_that_a_view_shows_of_a_stored_pattern_is_a_figure_with_its_label_and_its_format()
    {
        var columns = Columns("PatternApproval").ToList();

        Assert.NotEmpty(columns);
        Assert.Empty(columns.Except(StoredFigures.All.Select(Column)));
    }

    // A property is named like its figure: estimated_savings_usd is EstimatedSavings, with or without the currency.
    private static (string Property, string Label, string Format) Column<TPattern>(Figure<TPattern> figure)
    {
        var name = figure.Name.Replace("_", "", StringComparison.Ordinal);
        return (
            name.EndsWith("savingsusd", StringComparison.Ordinal) ? name[..^3] : name,
            figure.Label,
            $"{figure.Unit}{{0:{figure.Format.ToLowerInvariant()}}}"
        );
    }

    // Numbers are what has a format: all columns that are texts have none.
    private static IEnumerable<(string Property, string Label, string Format)> Columns(string type) =>
        from view in s_views.Descendants("View")
        where view.Descendants("TypeName").Any(name => name.Value == $"PatternAnalysis.{type}")
        from column in view.Descendants("TableColumnHeader")
            .Zip(view.Descendants("TableColumnItem"), (header, item) => (Label: header.Element("Label")?.Value ?? "", Item: item))
        let format = column.Item.Element("FormatString")?.Value
        where format is not null
        select (column.Item.Element("PropertyName")!.Value.ToLowerInvariant(), column.Label, format.ToLowerInvariant());
}
