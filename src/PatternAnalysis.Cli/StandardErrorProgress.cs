using System.Globalization;
using PatternAnalysis.Analysis;

namespace PatternAnalysis.Cli;

/// <summary>
/// Says what is being done, a line each with its time; on standard error, so that standard output stays what other programs read.
/// </summary>
internal sealed class StandardErrorProgress(TextWriter writer) : IProgress<AnalysisStage>
{
    public void Report(AnalysisStage value) => Say(value.Message);

    public void Say(string message) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{DateTime.UtcNow:HH:mm:ss.fff}Z] {message}"));
}
