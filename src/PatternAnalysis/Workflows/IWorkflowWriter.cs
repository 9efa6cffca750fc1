namespace PatternAnalysis.Workflows;

/// <summary>Writes the draft of an automation in one format.</summary>
public interface IWorkflowWriter
{
    /// <summary>Where the draft belongs below a folder.</summary>
    string FileOf(WorkflowDraft draft);

    /// <summary>The draft's text.</summary>
    string Write(WorkflowDraft draft);
}
