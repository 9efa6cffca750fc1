using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>
/// Tells how far long work is: a bar with the time that is left, guessed from what went before, and with -Verbose what each stage did and
/// how long that took.
/// </summary>
internal sealed class StageClock(Cmdlet cmdlet, string activity)
{
    private readonly Stopwatch _whole = new();
    private readonly Stopwatch _stage = new();
    private string? _name;
    private int _first;

    /// <summary>Says where the work is; 100 percent is its end.</summary>
    /// <param name="stage">What is done now. Another text than before is another stage.</param>
    /// <param name="percent">How much of the whole is done.</param>
    /// <param name="operation">What of it exactly, as a file.</param>
    public void Report(string stage, int percent, string? operation = null)
    {
        if (!_whole.IsRunning)
        {
            _whole.Start();
            _first = percent;
        }

        if (stage != _name)
        {
            Tell(_name);
            _name = stage;
            _stage.Restart();
        }

        cmdlet.WriteProgress(
            new ProgressRecord(1, activity, stage)
            {
                PercentComplete = percent,
                SecondsRemaining = SecondsLeft(percent),
                CurrentOperation = operation,
                RecordType = percent >= 100 ? ProgressRecordType.Completed : ProgressRecordType.Processing,
            }
        );
    }

    /// <summary>Ends a stage, and says what it came to.</summary>
    /// <param name="result">The words, with counts; the stage's own when null.</param>
    public void End(string? result = null)
    {
        Tell(result ?? _name);
        _name = null;
    }

    /// <summary>Ends the last stage, and the work.</summary>
    /// <param name="result">What the stage came to.</param>
    public void Finish(string? result = null)
    {
        End(result);
        Report("Done", 100);
        _name = null;
        _whole.Reset();
    }

    private void Tell(string? text)
    {
        if (text is not null)
            cmdlet.WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{text}: {_stage.Elapsed.TotalSeconds:0.00} s."));
    }

    // -1 is PowerShell's word for nobody knows.
    private int SecondsLeft(int percent) =>
        percent > _first && percent < 100 ? (int)Math.Ceiling(_whole.Elapsed.TotalSeconds * (100 - percent) / (percent - _first)) : -1;
}
