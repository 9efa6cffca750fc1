namespace PatternAnalysis.Activities;

/// <summary>What kind of work a step is, as far as the step itself tells; what recurs is known only of many.</summary>
public enum StepHint : byte
{
    /// <summary>A command that runs as it stands, or with other arguments.</summary>
    Command,

    /// <summary>A command whose free text is a message: a commit's, a pull request's, a comment's.</summary>
    Message,

    /// <summary>Something is read, and a model decides by it.</summary>
    Look,

    /// <summary>The state of the work is shown (<c>git diff</c>): a look, unless it is asked for in the same words each time.</summary>
    Inspect,

    /// <summary>A file is changed; what is written a model thinks up.</summary>
    Edit,

    /// <summary>A model thinks it up: a prompt of a sub-agent, inline code, a file written by a here-document.</summary>
    Free,

    /// <summary>An agent's own bookkeeping: plans, lists, waiting for what runs. No work by itself.</summary>
    Bookkeeping,
}
