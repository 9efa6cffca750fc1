namespace PatternAnalysis.Shell;

/// <summary>
/// Reads a command text into the commands it runs, without running anything. It accepts every text: what it cannot read is
/// marked (<see cref="ShellSegment.UnknownReason"/>), never guessed and never an exception. Time and memory grow linearly with
/// the text; nesting and the number of segments are bounded.
/// </summary>
public static class ShellReader
{
    /// <summary>Nesting that is followed; what lies deeper is unknown.</summary>
    public const int MaximumDepth = 16;

    /// <summary>Segments that are read; a text with more of them ends in an unknown segment.</summary>
    public const int MaximumSegments = 10_000;

    /// <summary>Reads a command text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="dialect">The language that runs it.</param>
    public static ShellScript Read(string text, ShellDialect dialect) => Read(text, dialect, out _);

    /// <summary>Reads a command text and tells what that has cost; see <see cref="ReadingWork"/>.</summary>
    internal static ShellScript Read(string text, ShellDialect dialect, out long work)
    {
        ArgumentNullException.ThrowIfNull(text);
        var segments = new List<ShellSegment>();
        var context = new ReadingContext(text.Length);
        context.Read(text, dialect, depth: 0, SegmentOrigin.Direct, segments);
        context.Late.Apply(segments, text, dialect);
        context.Values.Apply(segments);
        work = context.Work.Total;
        return new ShellScript(segments);
    }
}
