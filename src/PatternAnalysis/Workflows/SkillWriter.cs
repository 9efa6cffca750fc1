using System.Text;

namespace PatternAnalysis.Workflows;

/// <summary>A draft as a skill: <c>NAME/SKILL.md</c>.</summary>
internal sealed class SkillWriter : IWorkflowWriter
{
    public string FileOf(WorkflowDraft draft) => Path.Combine(draft.Name, "SKILL.md");

    public string Write(WorkflowDraft draft)
    {
        var text = new StringBuilder()
            .AppendLine("---")
            .AppendLine($"name: {draft.Name}")
            .AppendLine($"description: {WorkflowMarkdown.Yaml(WorkflowMarkdown.Description(draft))}")
            .AppendLine("disable-model-invocation: true")
            .AppendLine("---")
            .AppendLine()
            .AppendLine($"# {draft.Name}")
            .AppendLine()
            .Append(WorkflowMarkdown.Body(draft));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
