using System.Globalization;
using PatternAnalysis.Analysis;

namespace PatternAnalysis.Cli;

/// <summary>
/// Says what is being done, a line each with its time; on standard error, so that standard output stays what other programs read.
/// </summary>
internal sealed class StandardErrorProgress(TextWriter writer) : IProgress<AnalysisStage>
{
    private string? _stage;

    public void Report(AnalysisStage value)
    {
        if (value.Message == _stage)
            return;
        _stage = value.Message;
        Say(value.Message);
    }

    public void Say(string message) =>
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{DateTime.UtcNow:HH:mm:ss.fff}Z] {message}"));
}
