namespace PatternAnalysis.Shell;

/// <summary>What runs in a group, a loop or a subshell: a part of a list of segments, with what runs in groups inside it.</summary>
internal sealed class SegmentGroup(List<ShellSegment> segments, int start, int count)
{
    private bool? _isQuiet;

    /// <summary>Whether nothing in it prints anything. A group inside that was asked before is not gone through again.</summary>
    /// <param name="isQuiet">Whether a command prints nothing, whatever runs in a group that ends before it.</param>
    public bool IsQuiet(Func<ShellSegment, bool> isQuiet) => _isQuiet ??= AreQuiet(isQuiet);

    private bool AreQuiet(Func<ShellSegment, bool> isQuiet)
    {
        // From the end, where the redirections of an inner group stand behind all that runs in it.
        for (var index = start + count - 1; index >= start; index--)
        {
            if (!isQuiet(segments[index]))
                return false;
            if (segments[index].Group is not { _isQuiet: { } known } inner)
                continue;
            if (!known)
                return false;
            index -= inner.Count;
        }

        return true;
    }

    private int Count => count;
}
