namespace PatternAnalysis.Shell;

/// <summary>A command while its words are being read.</summary>
internal sealed class CommandDraft(int start)
{
    public int Start { get; } = start;

    public List<ShellWord> Words { get; } = [];

    public List<ShellWord> Assignments { get; } = [];

    public List<ShellRedirection> Redirections { get; } = [];

    /// <summary>The segments found inside the command's words; they follow it.</summary>
    public List<ShellSegment> Nested { get; } = [];

    public ShellSegment? Upstream { get; init; }

    public SegmentOrigin Origin { get; init; }

    public int Depth { get; init; }

    public bool EndsGroup { get; init; }

    /// <summary>What runs in that group.</summary>
    public SegmentGroup? Group { get; init; }

    /// <summary>The segment whose arguments its words are, and which runs them: functions of the shell are no commands there.</summary>
    public ShellSegment? Owner { get; init; }

    /// <summary>Arithmetic in its words evaluates variables.</summary>
    public bool Evaluates { get; set; }

    public string? UnknownReason { get; private set; }

    public bool IsEmpty => Words.Count == 0 && Assignments.Count == 0 && Redirections.Count == 0;

    /// <summary>Keeps the first reason: the later ones usually follow from it.</summary>
    public void MarkUnknown(string reason) => UnknownReason ??= reason;
}
