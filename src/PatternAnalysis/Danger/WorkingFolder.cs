using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>
/// Follows <c>cd /literal/folder &amp;&amp; ...</c>: where the <c>cd</c> fails, what it is joined to by <c>&amp;&amp;</c> does not run.
/// </summary>
internal sealed class WorkingFolder
{
    private string? _folder;
    private int _depth;
    private SegmentOrigin _origin;

    /// <summary>The folder that a segment certainly runs in, <see langword="null"/> when the text does not say. In source order.</summary>
    public string? At(ShellSegment segment)
    {
        if (segment.Depth > _depth)
            return _folder;
        if (segment.Depth < _depth || segment.Origin != _origin)
            _folder = null;
        (_depth, _origin) = (segment.Depth, segment.Origin);
        var here = _folder;
        _folder =
            segment.Program is "cd" or "pushd" ? (segment.Operator == ShellOperator.And ? Target(segment, here) : null)
            : segment.Operator is ShellOperator.And or ShellOperator.Pipe && segment.Program is not "popd" ? here
            : null;
        return here;
    }

    private static string? Target(ShellSegment segment, string? from)
    {
        if (segment.Dialect != ShellDialect.Posix || segment.Arguments is not [{ HasExpansion: false, Value: [not '-', ..] path }])
            return null;
        if (path[0] == '/')
            return PathText.Normalize(path);
        return from is null || path[0] is '~' || path.AsSpan().IndexOfAny('*', '?', '[') >= 0 ? null : PathText.Normalize($"{from}/{path}");
    }
}
