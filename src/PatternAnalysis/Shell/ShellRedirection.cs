namespace PatternAnalysis.Shell;

/// <summary>One redirection of a command's input or output.</summary>
/// <param name="Operator">The operator without the file descriptor: <c>&gt;</c>, <c>&gt;&gt;</c>, <c>&lt;&lt;</c>, <c>2&gt;</c> is
/// <c>&gt;</c>.</param>
/// <param name="Target">The file or descriptor; of a here-document, its delimiter: the body is data and is not kept.</param>
public sealed record ShellRedirection(string Operator, ShellWord Target)
{
    /// <summary>The command's input is text that the command line itself carries.</summary>
    public bool IsInlineInput => Operator is "<<" or "<<-" or "<<<";

    /// <summary>The command's input comes from somewhere else than its caller.</summary>
    public bool IsInput => Operator[0] == '<';

    /// <summary>The target is a descriptor of the command, not a file: <c>2&gt;&amp;1</c>, <c>&lt;&amp;-</c>.</summary>
    internal bool IsDescriptor => Operator is ">&" or "<&" && (Target.HasExpansion || Target.Value.TrimEnd('-').All(char.IsAsciiDigit));

    /// <summary>
    /// What the target held before is gone: <c>&gt;</c>, <c>&gt;|</c>, <c>&amp;&gt;</c>, <c>&gt;&amp;</c> to a file (not to a descriptor).
    /// </summary>
    public bool Overwrites => Operator is ">" or ">|" or "&>" || (Operator is ">&" && !IsDescriptor);

    /// <summary>It changes a file, be it at its end only.</summary>
    public bool Writes => Overwrites || Operator is ">>" or "&>>" or "<>";
}
