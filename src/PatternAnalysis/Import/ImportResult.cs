using System.Globalization;
using PatternAnalysis.Import;

namespace PatternAnalysis;

/// <summary>What an import came to.</summary>
public sealed record ImportResult
{
    /// <summary>The database, as messages name it.</summary>
    public string Database { get; init; } = "";

    /// <summary>How many files there were.</summary>
    public int FileCount { get; init; }

    /// <summary>How many of them were not read again, because they are as they were when they were imported.</summary>
    public int UnchangedCount { get; init; }

    /// <summary>How many of them are of each format, by its name.</summary>
    public IReadOnlyDictionary<string, int> Formats { get; init; } = new Dictionary<string, int>();

    /// <summary>How many bytes they hold.</summary>
    public long ByteCount { get; init; }

    /// <summary>How many events they hold that can be stored: <see cref="NewCount"/> and <see cref="DuplicateCount"/> together.</summary>
    public long ReadCount => NewCount + DuplicateCount;

    /// <summary>How many of them were not stored before.</summary>
    public long NewCount { get; init; }

    /// <summary>How many of them were stored before, or are copies of another event of the same import.</summary>
    public long DuplicateCount { get; init; }

    /// <summary>How many parts of the files were left out.</summary>
    public long SkippedCount => Skipped.Sum(skip => skip.Count);

    /// <summary>What was left out, by reason.</summary>
    public SkippedInput[] Skipped { get; init; } = [];

    /// <summary>How many events have no time of their own and got their file's.</summary>
    public long UndatedCount { get; init; }

    /// <summary>How many sessions the events belong to.</summary>
    public int SessionCount { get; init; }

    /// <summary>When the first event happened, in UTC, if there is one.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When the last event happened, in UTC, if there is one.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>What could not be done beside the import, in a sentence; null for nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Whether nothing was written.</summary>
    public bool DryRun { get; init; }

    /// <summary>The result in a line.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(DryRun ? "Would import" : "Imported")} {NewCount:N0} new events of {SessionCount:N0} sessions from {FileCount:N0} files "
                + $"into '{Database}'; {DuplicateCount:N0} were there already, {SkippedCount:N0} parts were left out."
        );
}

/// <summary>Parts of the input that were left out for one reason.</summary>
/// <param name="Reason">One of <see cref="SkipReason"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="Examples">The first few places, as <c>file:line</c>.</param>
public sealed record SkippedInput(string Reason, long Count, string[] Examples)
{
    /// <summary>What the reason means, in words.</summary>
    public string Explanation => SkipReason.Explain(Reason);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Reason}";
}
