using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Automations;

/// <summary>
/// Reads the tasks of task runners. Only what stands there in plain form is taken; what a makefile computes or a program would generate is
/// not.
/// </summary>
internal static partial class TaskFile
{
    /// <summary>The scripts of a <c>package.json</c>.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static IReadOnlyList<ExistingAutomation> PackageJson(string path, string text)
    {
        using var json = JsonDocument.Parse(text);
        return
            json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("scripts", out var scripts)
            || scripts.ValueKind != JsonValueKind.Object
            ? []
            :
            [
                .. scripts
                    .EnumerateObject()
                    .Where(script => script.Value.ValueKind == JsonValueKind.String)
                    .Select(script => Task($"npm run {script.Name}", path, [script.Value.GetString()!])),
            ];
    }

    /// <summary>The targets of a makefile.</summary>
    public static IReadOnlyList<ExistingAutomation> Makefile(string path, string text) => Recipes(path, text, "make", MakeTarget());

    /// <summary>The recipes of a justfile.</summary>
    public static IReadOnlyList<ExistingAutomation> Justfile(string path, string text) => Recipes(path, text, "just", JustRecipe());

    /// <summary>
    /// The tasks of a <c>mise.toml</c>: tables <c>[tasks.NAME]</c> with <c>run</c>, and <c>NAME = "..."</c> under <c>[tasks]</c>.
    /// </summary>
    public static IReadOnlyList<ExistingAutomation> Mise(string path, string text)
    {
        var tasks = new List<ExistingAutomation>();
        string? table = null;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', ..])
            {
                table = line.Trim('[', ']').Replace("\"", "", StringComparison.Ordinal);
                continue;
            }

            if (TomlEntry().Match(line) is not { Success: true } entry)
                continue;
            string[] commands = [.. TomlText().Matches(entry.Groups[2].Value).Select(match => match.Groups[1].Value)];
            var key = entry.Groups[1].Value.Trim('"');
            if (table == "tasks" && commands.Length > 0)
                tasks.Add(Task($"mise run {key}", path, commands));
            else if (key == "run" && table?.StartsWith("tasks.", StringComparison.Ordinal) == true)
                tasks.Add(Task($"mise run {table["tasks.".Length..]}", path, commands));
        }

        return tasks;
    }

    private static List<ExistingAutomation> Recipes(string path, string text, string runner, Regex heading)
    {
        var tasks = new List<ExistingAutomation>();
        var (name, commands) = ((string?)null, new List<string>());
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()).Append("end:"))
        {
            if (line is ['\t' or ' ', ..])
            {
                if (line.TrimStart(' ', '\t', '@', '-') is { Length: > 0 } command && command[0] != '#')
                    commands.Add(command);
                continue;
            }

            if (line.Length == 0)
                continue;
            if (name is not null)
                tasks.Add(Task($"{runner} {name}", path, [.. commands]));
            commands.Clear();
            name = heading.Match(line) is { Success: true } match ? match.Groups[1].Value : null;
        }

        return tasks;
    }

    private static ExistingAutomation Task(string name, string path, string[] commands) => new(AutomationKind.Task, name, path, commands);

    // No pattern rules, no special targets, no assignments.
    [GeneratedRegex(@"^([A-Za-z0-9_][A-Za-z0-9_./-]*)\s*:([^=]|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MakeTarget();

    [GeneratedRegex(@"^@?([A-Za-z_][A-Za-z0-9_-]*)[^:=]*:([^=]|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex JustRecipe();

    [GeneratedRegex("^(\"?[A-Za-z0-9_:-]+\"?)\\s*=\\s*(.*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TomlEntry();

    [GeneratedRegex("[\"']([^\"']+)[\"']", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TomlText();
}
