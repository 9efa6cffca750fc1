using System.Globalization;
using System.Text;
using PatternAnalysis.Analysis;
using PatternAnalysis.Figures;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>
/// The patterns of a run as CSV (RFC 4180, with a byte order mark, which spreadsheets need to read UTF-8): one row a pattern, by rank.
/// </summary>
public sealed class CsvReportWriter : IReportWriter
{
    private static readonly (string Name, Func<AnalysisSummary, ClassifiedPattern, string> Value)[] s_columns =
    [
        ("pattern_id", (_, pattern) => CsvText.Field(pattern.PatternId)),
        ("status", (_, pattern) => CsvText.Field(pattern.Status)),
        ("tool_sequence", (_, pattern) => CsvText.Field(ReportText.Show(pattern.ToolSequence, int.MaxValue))),
        .. PatternFigures.All.Select(figure =>
            (figure.Name, (Func<AnalysisSummary, ClassifiedPattern, string>)((_, pattern) => Number(figure.Value(pattern))))
        ),
        ("confidence_model", (_, pattern) => CsvText.Field(pattern.ConfidenceModel.ToString())),
        ("rank", (_, pattern) => Number(pattern.Worth?.Rank)),
        ("part_of", (_, pattern) => CsvText.Field(pattern.Worth?.PartOf ?? "")),
        ("kind", (_, pattern) => CsvText.Field((pattern.Worth?.Kind ?? WorthKind.NotAssessed).ToString())),
        ("hit_share", (_, pattern) => Number(pattern.Worth?.HitShare)),
        ("worth_usd_30d", (_, pattern) => Number(pattern.Worth?.WorthUsdPer30Days)),
        ("marginal_usd", (_, pattern) => Number(pattern.Worth?.MarginalUsd)),
        ("worth_is_assumed", (_, pattern) => pattern.Worth is { } worth ? (worth.IsAssumed ? "true" : "false") : ""),
        ("disabled_rules", (summary, _) => CsvText.Field(ReportText.Show(string.Join(", ", summary.DisabledRules), int.MaxValue))),
        ("danger", (_, pattern) => CsvText.Field(pattern.Danger.Level.ToString())),
        ("danger_rule", (_, pattern) => CsvText.Field(pattern.Danger.RuleId ?? "")),
        ("without", (_, pattern) => CsvText.Field(ReportText.Show(pattern.Without ?? "", int.MaxValue))),
        (
            "worst_occurrences",
            (_, pattern) =>
                CsvText.Field(ReportText.Show(string.Join("; ", pattern.WorstOccurrences.Select(ReportText.Describe)), int.MaxValue))
        ),
        ("reasons", (_, pattern) => CsvText.Field(ReportText.Show(string.Join("; ", pattern.Reasons), int.MaxValue))),
        ("example_sessions", (_, pattern) => CsvText.Field(ReportText.Show(string.Join(", ", pattern.ExampleSessions), int.MaxValue))),
        ("window_since", (summary, _) => Instant(summary.Window.Since)),
        ("window_until", (summary, _) => Instant(summary.Window.Until)),
        ("events", (summary, _) => ReportText.Text($"{summary.EventCount}")),
        ("events_left_out", (summary, _) => ReportText.Text($"{summary.Excluded.Values.Sum()}")),
    ];

    /// <inheritdoc/>
    public void Write(AnalysisSummary summary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true)
        {
            NewLine = "\r\n",
        };
        writer.WriteLine(string.Join(',', s_columns.Select(column => column.Name)));
        foreach (var pattern in WorthOrder.Of(summary.Patterns))
            writer.WriteLine(string.Join(',', s_columns.Select(column => column.Value(summary, pattern))));
    }

    // To the last digit: what reads a file of data may compute with it.
    private static string Number(IFormattable? value) => value?.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture) ?? "";

    private static string Instant(DateTimeOffset? instant) =>
        instant is { } value ? ReportText.Text($"{value.UtcDateTime:yyyy-MM-ddTHH:mm:ss'Z'}") : "";
}
