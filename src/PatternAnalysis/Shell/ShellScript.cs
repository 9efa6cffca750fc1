namespace PatternAnalysis.Shell;

/// <summary>A command text, read.</summary>
/// <param name="Segments">
/// Every command of the text in source order, whatever it is nested in; what a command contains follows it.
/// </param>
public sealed record ShellScript(IReadOnlyList<ShellSegment> Segments)
{
    /// <summary>Some segment cannot be read from the text.</summary>
    public bool HasUnknown => Segments.Any(segment => segment.HasUnknown);
}
