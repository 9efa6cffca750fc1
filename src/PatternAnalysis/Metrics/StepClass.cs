namespace PatternAnalysis.Metrics;

/// <summary>What a step is worth to an automation: whether it can run without a model.</summary>
public enum StepClass : byte
{
    /// <summary>Nothing tells: the event does not say what the tool was given.</summary>
    Unknown,

    /// <summary>Its text recurs: it runs as it stands.</summary>
    Constant,

    /// <summary>Its form recurs, and all that varies was named by the calls before: a script can fill it in.</summary>
    Bound,

    /// <summary>Its form recurs, and something in it varies freely: the caller gives it.</summary>
    Parameter,

    /// <summary>A model writes one text, a message for people; the rest is given.</summary>
    Message,

    /// <summary>A model reads, then decides.</summary>
    Look,

    /// <summary>A model thinks it up.</summary>
    Free,
}
