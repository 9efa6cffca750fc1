using System.Globalization;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Cli;

/// <summary>Shows how far work on derived steps is, on the line that is written over.</summary>
/// <param name="line">The line.</param>
/// <param name="done">What was done to the events.</param>
internal sealed class StepLine(StatusLine line, string done) : IProgress<StepProgress>
{
    public void Report(StepProgress value) =>
        line.Show(string.Create(CultureInfo.InvariantCulture, $"{done} {value.Done:N0} of {value.Total:N0} events ({value.Percent} %)"));
}
