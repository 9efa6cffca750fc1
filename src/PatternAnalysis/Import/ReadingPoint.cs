namespace PatternAnalysis.Import;

/// <summary>Where the reading of a file that grows can begin next time: nothing before it is needed for what comes after it.</summary>
/// <param name="Offset">The bytes before it.</param>
/// <param name="Line">Its line.</param>
/// <param name="Hash">A checksum of the bytes before it, by which a file that was rewritten is told from one that grew.</param>
/// <param name="EventCount">How many usable events lie before it.</param>
/// <param name="Format">The file's format.</param>
/// <param name="State">What the format's decoder must know of what lies before it.</param>
public sealed record ReadingPoint(long Offset, long Line, long Hash, long EventCount, string Format, string State);

/// <summary>A decoder that can begin in the middle of a file.</summary>
public interface IResumableDecoder : IEventDecoder
{
    /// <summary>
    /// What it had to know to begin with the value that it just read; null when it could not have begun there, because a call or a message
    /// was going on.
    /// </summary>
    string? StateBefore { get; }

    /// <summary>Begins in the middle.</summary>
    /// <param name="state">What <see cref="StateBefore"/> was.</param>
    void ResumeFrom(string state);
}
