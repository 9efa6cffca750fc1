namespace PatternAnalysis.Import;

/// <summary>What is remembered of a file that was imported, so that it is read again only where it has changed.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Its size, in bytes, when it was read.</param>
/// <param name="LastWriteUtc">When it was last written before it was read.</param>
/// <param name="Reader">What read it, and how: another build, or another way to store payloads, reads it anew.</param>
/// <param name="Contents">What it held.</param>
/// <param name="Next">Where reading can begin when it has grown; null when it must begin at the start.</param>
public sealed record ImportedFile(
    string Path,
    long Length,
    DateTime LastWriteUtc,
    string Reader,
    ImportedContents Contents,
    ReadingPoint? Next
);

/// <summary>What a file held that was imported.</summary>
/// <param name="EventCount">How many usable events.</param>
/// <param name="UndatedCount">How many of them had no time of their own.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="Span">When the first and the last of them happened, in UTC; null when there is none.</param>
/// <param name="Skipped">What of it was left out.</param>
/// <param name="Format">The name of its format; null when it is in none that is known.</param>
public sealed record ImportedContents(
    long EventCount,
    long UndatedCount,
    IReadOnlyCollection<string> Sessions,
    (DateTime First, DateTime Last)? Span,
    IReadOnlyList<SkippedInput> Skipped,
    string? Format
);

/// <summary>Remembers the files that were imported.</summary>
public interface IImportMemory
{
    /// <summary>The files that one reader imported, by their paths; none when their events are not there any more.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    IReadOnlyDictionary<string, ImportedFile> Read(string reader);

    /// <summary>Remembers files; their events are stored.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be written.</exception>
    void Write(IReadOnlyCollection<ImportedFile> files, CancellationToken cancellationToken = default);
}
