namespace PatternAnalysis.Scheduling;

/// <summary>Files that were written for a scheduler, which are as they were before again unless it takes them.</summary>
internal sealed class WrittenFiles : IDisposable
{
    private readonly List<(string Path, string? Before)> _files = [];
    private bool _isKept;

    /// <summary>Whether one of them was there before.</summary>
    public bool Replaced => _files.Exists(file => file.Before is not null);

    public static WrittenFiles Write(params IEnumerable<(string Path, string Text)> files)
    {
        var written = new WrittenFiles();
        foreach (var (path, text) in files)
        {
            written._files.Add((path, File.Exists(path) ? File.ReadAllText(path) : null));
            File.WriteAllText(path, text);
        }

        return written;
    }

    /// <summary>Says that the scheduler took them.</summary>
    public void Keep() => _isKept = true;

    /// <summary>
    /// Puts back what was there before and has the scheduler read it; a failure of that is kept to itself, for the one that led here says
    /// more.
    /// </summary>
    public void PutBack(Action readAgain)
    {
        Dispose();
        try
        {
            readAgain();
        }
        catch (PatternAnalysisException)
        {
            // Where the scheduler is not there at all, the files are as they were all the same.
        }
    }

    public void Dispose()
    {
        foreach (var (path, before) in _isKept ? [] : _files)
        {
            if (before is null)
                File.Delete(path);
            else
                File.WriteAllText(path, before);
        }
    }
}
