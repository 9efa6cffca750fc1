namespace PatternAnalysis.Activities;

/// <summary>In how many sessions texts and templates recur that a store knows of, beyond the window that is looked at.</summary>
public interface IStepRecurrence
{
    /// <summary>How many sessions hold a text; 0 when it is not known.</summary>
    int SessionsOfText(string tool, string exact);

    /// <summary>How many sessions hold a template, in its words; 0 when it is not known.</summary>
    int SessionsOfForm(string tool, string form);
}
