using System.Text.Json;

namespace PatternAnalysis.Automations;

/// <summary>Reads the hooks and allow rules of an agent's settings. What has another form than expected is passed over.</summary>
internal static class SettingsAutomation
{
    private static readonly JsonDocumentOptions s_options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static IReadOnlyList<ExistingAutomation> Read(string path, string text)
    {
        using var json = JsonDocument.Parse(text, s_options);
        return [.. Hooks(path, json.RootElement), .. AllowRules(path, json.RootElement)];
    }

    private static IEnumerable<ExistingAutomation> Hooks(string path, JsonElement settings)
    {
        if (Property(settings, "hooks") is not { ValueKind: JsonValueKind.Object } hooks)
            yield break;
        foreach (var @event in hooks.EnumerateObject())
        {
            foreach (var entry in Items(@event.Value))
            {
                var matcher = Text(entry, "matcher");
                string[] commands = [.. Items(Property(entry, "hooks")).Select(hook => Text(hook, "command")).OfType<string>()];
                if (commands.Length > 0)
                    yield return new ExistingAutomation(
                        AutomationKind.Hook,
                        string.IsNullOrEmpty(matcher) ? @event.Name : $"{@event.Name}({matcher})",
                        path,
                        commands
                    );
            }
        }
    }

    private static IEnumerable<ExistingAutomation> AllowRules(string path, JsonElement settings)
    {
        var allow = Property(settings, "permissions") is { } permissions ? Property(permissions, "allow") : null;
        foreach (var rule in Items(allow).Where(rule => rule.ValueKind == JsonValueKind.String).Select(rule => rule.GetString()!))
        {
            var open = rule.IndexOf('(', StringComparison.Ordinal);
            string[] commands = open > 0 && rule.EndsWith(')') ? [rule[(open + 1)..^1]] : [];
            yield return new ExistingAutomation(AutomationKind.AllowRule, rule, path, commands);
        }
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement[] Items(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];
}
