namespace PatternAnalysis.Events;

/// <summary>How cases are called: a session, <c>session/agent</c> for a sub-agent of it, either with <c>#</c> and a label behind.</summary>
internal static class CaseName
{
    /// <summary>The session that a case is of.</summary>
    public static string SessionOf(string name) => name.AsSpan().IndexOfAny('/', '#') is > 0 and var end ? name[..end] : name;
}
