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

    /// <summary>What the target held before is gone: <c>&gt;</c>, <c>&gt;|</c>, <c>&amp;&gt;</c> to a file (not to a descriptor).</summary>
    public bool Overwrites => Operator is ">" or ">|" or "&>";

    /// <summary>It changes a file, be it at its end only.</summary>
    public bool Writes => Overwrites || Operator is ">>" or "&>>" or "<>";
}
