namespace PatternAnalysis.Shell;

/// <summary>Where in the text a segment was found.</summary>
public enum SegmentOrigin
{
    /// <summary>At the top level, inside keywords and groups such as <c>if</c> and <c>{ }</c> too.</summary>
    Direct,

    /// <summary>Inside parentheses that open a subshell.</summary>
    Subshell,

    /// <summary>Inside <c>$( )</c>, back quotes, <c>&lt;( )</c>, or a PowerShell sub-expression or script block.</summary>
    Substitution,

    /// <summary>Inside an argument that another program runs: <c>bash -c "..."</c>, <c>eval "..."</c>, <c>find -exec ...</c>.</summary>
    InterpreterArgument,
}
