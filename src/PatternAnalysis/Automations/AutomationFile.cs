using System.Text.Json;

namespace PatternAnalysis.Automations;

/// <summary>Reads a file that may describe automations, by its place and name.</summary>
public static class AutomationFile
{
    private const string SkillFile = "SKILL.md";
    private const string CommandFolder = "commands";

    /// <summary>What a file says.</summary>
    /// <param name="path">The file, as it is shown.</param>
    /// <param name="relativePath">Its place in the project or in the agent's folder, with <c>/</c> between folders.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="JsonException">It should be JSON and is not.</exception>
    public static IReadOnlyList<ExistingAutomation> Read(string path, string relativePath, string text)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        ArgumentNullException.ThrowIfNull(text);
        var parts = relativePath.Split('/');
        return parts[^1] switch
        {
            SkillFile when parts.Length > 1 => [MarkdownAutomation.Skill(path, text, parts[^2])],
            "settings.json" or "settings.local.json" => SettingsAutomation.Read(path, text),
            "package.json" => TaskFile.PackageJson(path, text),
            "Makefile" or "makefile" or "GNUmakefile" => TaskFile.Makefile(path, text),
            "justfile" or ".justfile" or "Justfile" => TaskFile.Justfile(path, text),
            "mise.toml" or ".mise.toml" => TaskFile.Mise(path, text),
            var name when name.EndsWith(".md", StringComparison.Ordinal) && parts.Contains(CommandFolder) =>
            [
                MarkdownAutomation.SlashCommand(path, text, string.Join(':', parts[(Array.IndexOf(parts, CommandFolder) + 1)..])[..^3]),
            ],
            _ => [],
        };
    }
}
