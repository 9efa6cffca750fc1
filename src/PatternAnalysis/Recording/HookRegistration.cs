using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatternAnalysis.Events;

namespace PatternAnalysis.Recording;

/// <summary>
/// Adds the hook recorder to the text of Claude Code's <c>settings.json</c>, and takes it out, leaving every other character as it is.
/// </summary>
public static partial class HookRegistration
{
    private const string Hooks = "hooks";

    // An agent waits for its hooks: the recorder is done long before, and is given up if something holds it.
    private const int TimeoutSeconds = 10;

    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The events that are recorded: the starts and ends of calls, and what makes the borders of cases.</summary>
    public static IReadOnlyList<string> EventTypes { get; } =
    [
        HookEventType.PreToolUse,
        HookEventType.PostToolUse,
        HookEventType.PostToolUseFailure,
        HookEventType.PermissionDenied,
        HookEventType.UserPromptSubmit,
        HookEventType.Stop,
        HookEventType.SubagentStop,
    ];

    /// <summary>The settings with the recorder. Another registration of it is replaced; the same one is left.</summary>
    /// <param name="settings">The file's text; empty when there is none.</param>
    /// <param name="command">The command line that records.</param>
    /// <exception cref="PatternAnalysisException">The text is no plain JSON object, or its hooks are in no known form.</exception>
    public static string Register(string settings, string command)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (string.IsNullOrWhiteSpace(settings))
            settings = "{}\n";
        if (IsRegistered(Open(settings).Root, command))
            return settings;

        var editor = Open(Unregister(settings));
        if (editor.Root[Hooks] is null)
            editor.Add(editor.Root, 0, "\"hooks\": {}");
        foreach (var type in EventTypes)
        {
            if (editor.Root[Hooks]![type] is null)
                editor.Add(editor.Root[Hooks]!, 1, $"\"{type}\": []");
            editor.Add(editor.Root[Hooks]![type]!, 2, Group(type, command));
        }

        return editor.Text;
    }

    /// <summary>The settings without the recorder. A list of hooks that becomes empty by it goes with it.</summary>
    /// <param name="settings">The file's text; empty when there is none.</param>
    /// <exception cref="PatternAnalysisException">The text is no plain JSON object, or its hooks are in no known form.</exception>
    public static string Unregister(string settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (string.IsNullOrWhiteSpace(settings))
            return settings;

        var editor = Open(settings);
        while (FindRecorder(editor.Root) is { } path)
        {
            // From the inside out: a group that has no other hook goes as a whole, and so does what holds nothing else.
            var depth = path[^2].Members.Count > 1 ? path.Count - 1 : path.Count - 3;
            while (depth is 2 or 3 && path[depth - 1].Members.Count == 1)
                depth--;
            editor.Remove(path[depth - 1], path[depth]);
        }

        return editor.Text;
    }

    /// <summary>Whether the settings hold the recorder.</summary>
    public static bool IsRegistered(string settings) =>
        !string.IsNullOrWhiteSpace(settings) && FindRecorder(Open(settings).Root) is not null;

    private static bool IsRegistered(JsonTextNode root, string command) =>
        EventTypes.All(type =>
            root[Hooks]?[type]?.Members.Any(group => group[Hooks]?.Members.Any(hook => hook["command"]?.Text == command) == true) == true
        );

    /// <summary>The way to a hook that records: root, hooks, event, group, its hooks, the hook.</summary>
    private static List<JsonTextNode>? FindRecorder(JsonTextNode root)
    {
        foreach (var type in root[Hooks]?.Members ?? [])
        {
            foreach (var group in type.Members)
            {
                foreach (var hook in group[Hooks]?.Members ?? [])
                {
                    if (hook["command"]?.Text is { } command && Recorder().IsMatch(command))
                        return [root, root[Hooks]!, type, group, group[Hooks]!, hook];
                }
            }
        }

        return null;
    }

    private static string Group(string type, string command)
    {
        var hook = $$"""{ "type": "command", "command": {{JsonSerializer.Serialize(command, s_plain)}}, "timeout": {{TimeoutSeconds}} }""";
        return type.Contains("Tool", StringComparison.Ordinal) || type == HookEventType.PermissionDenied
            ? $$"""{ "matcher": "*", "hooks": [{{hook}}] }"""
            : $$"""{ "hooks": [{{hook}}] }""";
    }

    private static JsonTextEditor Open(string settings)
    {
        try
        {
            var editor = new JsonTextEditor(settings);
            return IsUsable(editor.Root)
                ? editor
                : throw new PatternAnalysisException(
                    ErrorCatalogue.SettingsUnreadable,
                    "The settings' hooks are in a form that is not known. Nothing was changed; add the hook by hand."
                );
        }
        catch (JsonException error)
        {
            throw IsJsonWithComments(settings)
                ? new PatternAnalysisException(
                    ErrorCatalogue.SettingsNotPlain,
                    "The settings hold comments or trailing commas, which an edit could move to "
                        + "the wrong place. Nothing was changed; remove them, or add the hook by hand.",
                    error
                )
                : new PatternAnalysisException(
                    ErrorCatalogue.SettingsUnreadable,
                    $"The settings are no JSON: {error.Message} Nothing was changed; correct them first.",
                    error
                );
        }
    }

    private static bool IsUsable(JsonTextNode root) =>
        root.Kind == JsonTokenType.StartObject
        && (
            root[Hooks] is not { } hooks
            || (hooks.Kind == JsonTokenType.StartObject && hooks.Members.All(type => type.Kind == JsonTokenType.StartArray))
        );

    private static bool IsJsonWithComments(string settings)
    {
        try
        {
            JsonTextNode.Parse(
                System.Text.Encoding.UTF8.GetBytes(settings),
                new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\bpattern-analysis(\.exe|\.dll)?[""']?\s+record\b", RegexOptions.CultureInvariant)]
    private static partial Regex Recorder();
}
