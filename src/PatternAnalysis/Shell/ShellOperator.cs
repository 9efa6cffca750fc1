namespace PatternAnalysis.Shell;

/// <summary>How a segment is joined to the one after it.</summary>
public enum ShellOperator
{
    /// <summary>Nothing follows.</summary>
    None,

    /// <summary><c>;</c> or a line end: the next runs whatever happened.</summary>
    Sequence,

    /// <summary><c>&amp;&amp;</c>: the next runs after a success.</summary>
    And,

    /// <summary><c>||</c>: the next runs after a failure.</summary>
    Or,

    /// <summary><c>|</c> or <c>|&amp;</c>: the next reads what this one writes.</summary>
    Pipe,

    /// <summary><c>&amp;</c>: the next runs at once.</summary>
    Background,
}
