namespace PatternAnalysis.Import;

/// <summary>
/// How much of what a tool was asked for is stored with an event. What it answered never is. Secrets are masked in every mode but the one
/// that says otherwise.
/// </summary>
public enum PayloadMode
{
    /// <summary>The command of a shell and the path of a file: what patterns and the danger check need.</summary>
    Command,

    /// <summary>The whole input of the tool, and the text of prompts and errors.</summary>
    Full,

    /// <summary>Nothing but names and ids.</summary>
    None,

    /// <summary>As much as <see cref="Full"/>, with secrets as they are: for a database that nobody else reads.</summary>
    Unmasked,
}
