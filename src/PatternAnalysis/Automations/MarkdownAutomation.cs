using System.Text.RegularExpressions;

namespace PatternAnalysis.Automations;

/// <summary>Reads skills and slash commands: Markdown whose code names the commands.</summary>
internal static partial class MarkdownAutomation
{
    /// <summary>Reads a skill; its folder's name serves where the front matter gives none.</summary>
    public static ExistingAutomation Skill(string path, string text, string folder) =>
        new(AutomationKind.Skill, NameIn(text) ?? folder, path, Commands(text));

    /// <summary>Reads a slash command, whose name is its file's.</summary>
    public static ExistingAutomation SlashCommand(string path, string text, string name) =>
        new(AutomationKind.SlashCommand, "/" + name, path, Commands(text));

    // "name:" between the two "---" lines that a file begins with.
    private static string? NameIn(string text)
    {
        var lines = text.Split('\n');
        if (lines[0].TrimEnd() != "---")
            return null;
        return lines
            .Skip(1)
            .TakeWhile(line => line.TrimEnd() != "---")
            .Where(line => line.StartsWith("name:", StringComparison.Ordinal))
            .Select(line => line["name:".Length..].Trim().Trim('"', '\''))
            .FirstOrDefault(name => name.Length > 0);
    }

    private static string[] Commands(string text)
    {
        var commands = new List<string>();
        var inFence = false;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inFence = !inFence;
            else if (inFence && line.Length > 0 && line[0] != '#')
                commands.Add(line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line);
            else if (!inFence)
                commands.AddRange(CodeSpan().Matches(line).Select(match => match.Groups[1].Value.Trim()));
        }

        return [.. commands.Where(command => command.Length > 0).Distinct()];
    }

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CodeSpan();
}
