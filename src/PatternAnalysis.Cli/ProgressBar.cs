using System.Diagnostics;
using System.Globalization;
using PatternAnalysis.Import;

namespace PatternAnalysis.Cli;

/// <summary>How far an import is, in one line of standard error; nothing when that is no terminal.</summary>
internal sealed class ProgressBar(TextWriter writer) : IProgress<ImportProgress>, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private TimeSpan _last;
    private bool _isDrawn;

    public void Report(ImportProgress value)
    {
        if (!_isShown || _sinceStart.Elapsed - _last < s_pause)
            return;

        (_last, _isDrawn) = (_sinceStart.Elapsed, true);
        var bar = new string('#', value.Percent / 4).PadRight(25, '.');
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"\r[{bar}] {value.Percent,3} %  {value.BytesRead >> 20:N0} of {value.TotalBytes >> 20:N0} MB "));
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_isDrawn)
            writer.Write("\r\e[K");
        _isDrawn = false;
    }
}
