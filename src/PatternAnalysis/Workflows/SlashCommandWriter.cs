using System.Text;

namespace PatternAnalysis.Workflows;

/// <summary>A draft as a slash command: <c>NAME.md</c>.</summary>
internal sealed class SlashCommandWriter : IWorkflowWriter
{
    public string FileOf(WorkflowDraft draft) => $"{draft.Name}.md";

    public string Write(WorkflowDraft draft)
    {
        var parameters = draft
            .Steps.SelectMany(step => step.Template?.Parameters ?? [])
            .Select(parameter => $"[{parameter.Name}]")
            .Prepend(draft.Parts.Count == 0 ? "" : $"[whole|{string.Join('|', draft.Parts.Select(part => part.Name))}]")
            .Where(word => word.Length > 0);
        var text = new StringBuilder()
            .AppendLine("---")
            .AppendLine($"description: {WorkflowMarkdown.Yaml(WorkflowMarkdown.Description(draft))}")
            .AppendLine($"argument-hint: {WorkflowMarkdown.Yaml(string.Join(' ', parameters))}")
            .AppendLine("---")
            .AppendLine()
            .AppendLine("Do the steps below in order, with these values: $ARGUMENTS")
            .AppendLine()
            .Append(WorkflowMarkdown.Body(draft));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
