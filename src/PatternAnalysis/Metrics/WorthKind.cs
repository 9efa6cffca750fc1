namespace PatternAnalysis;

/// <summary>What can be made of a pattern.</summary>
public enum WorthKind
{
    /// <summary>Nothing tells: the events do not say what the tools were given.</summary>
    NotAssessed,

    /// <summary>It is true, and there is nothing in it to automate.</summary>
    None,

    /// <summary>A hook runs it: after edits (with the edited file if that varies), at the start of a session, before a commit.</summary>
    Hook,

    /// <summary>A script runs its steps in one call.</summary>
    Script,

    /// <summary>A single command that recurs.</summary>
    Command,

    /// <summary>A script but for one text, which a model writes: a skill or a slash command.</summary>
    Message,

    /// <summary>It can't be automated, but be made rarer: loops, the same file read again and again.</summary>
    Guidance,
}
