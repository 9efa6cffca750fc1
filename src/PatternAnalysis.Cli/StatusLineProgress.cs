using System.Diagnostics;
using System.Globalization;
using PatternAnalysis.Analysis;
using PatternAnalysis.Import;

namespace PatternAnalysis.Cli;

/// <summary>How far long work is, on a <see cref="StatusLine"/>.</summary>
internal sealed class StatusLineProgress(StatusLine line) : IProgress<ImportProgress>, IProgress<AnalysisStage>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();

    public void Report(AnalysisStage value) => line.Show($"{value.Message} ...");

    public void Report(ImportProgress value)
    {
        if (_sinceShown.Elapsed < s_pause)
            return;

        _sinceShown.Restart();
        var bar = new string('#', value.Percent / 4).PadRight(25, '.');
        line.Show(string.Create(CultureInfo.InvariantCulture, $"[{bar}] {value.Percent, 3} %  {value.Stage}: {value.Amount}"));
    }
}
