namespace PatternAnalysis.Import;

/// <summary>What the import of one file comes to.</summary>
/// <param name="source">The file.</param>
/// <param name="before">What is remembered of it, if anything.</param>
internal sealed class FileTally(IEventSource source, ImportedFile? before)
{
    // Of a file of more sessions, and there are such logs, all is read again.
    private const int MostSessions = 1_000;

    public IEventSource Source => source;

    public ImportedFile? Before => before;

    public ImportTally Tally { get; } = new();

    /// <summary>How it was read, once it was.</summary>
    public FileReading End { get; set; }

    /// <summary>Whether something stands in the way that may be gone next time.</summary>
    public bool IsToBeReadAgain { get; set; }

    /// <summary>What it holds; of one that was read from the middle, with what lies before that.</summary>
    public ImportedContents Contents
    {
        get
        {
            var read = Tally.Contents with { Format = End.Format };
            if (!End.WentOn)
                return read;

            var known = before!.Contents;
            return new ImportedContents(
                before.Next!.EventCount + read.EventCount,
                known.UndatedCount + read.UndatedCount,
                known.Sessions.Union(read.Sessions).ToArray(),
                (known.Span, read.Span) switch
                {
                    ({ } first, { } second) => (
                        first.First < second.First ? first.First : second.First,
                        first.Last > second.Last ? first.Last : second.Last
                    ),
                    var (first, second) => first ?? second,
                },
                [.. known.Skipped, .. read.Skipped],
                End.Format
            );
        }
    }

    /// <summary>What to remember of it; null when it must be read again.</summary>
    public ImportedFile? Remember(string reader)
    {
        var contents = Contents;
        return IsToBeReadAgain || contents.Sessions.Count > MostSessions
            ? null
            : new ImportedFile(source.Name, source.Length, source.LastWriteUtc, reader, contents, End.Next);
    }
}
