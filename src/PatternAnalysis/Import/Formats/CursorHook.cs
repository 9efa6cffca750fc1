using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The hooks of Cursor that belong to one kind of tool each. The first versions had no others; newer ones call them beside those for all
/// tools.
/// </summary>
internal static class CursorHook
{
    /// <summary>The start of a call, its end, or both, that such an event tells of; none for another event.</summary>
    /// <param name="hookEvent">The event as its envelope states it.</param>
    /// <param name="hook">The hook's input.</param>
    public static ImportedEvent[] CallOf(ImportedEvent hookEvent, JsonSlice hook) =>
        hook.Text("hook_event_name") switch
        {
            "beforeShellExecution" => [.. Call(hookEvent, hook, HookEventType.PreToolUse, "Shell", "command")],
            "afterShellExecution" => [.. Call(hookEvent, hook, HookEventType.PostToolUse, "Shell", "command")],
            "beforeReadFile" => [.. Call(hookEvent, hook, HookEventType.PreToolUse, "Read", "file_path")],
            // It is told of once only, when it was done.
            "afterFileEdit" =>
            [
                .. Call(hookEvent, hook, HookEventType.PreToolUse, "Edit", "file_path"),
                .. Call(hookEvent, hook, HookEventType.PostToolUse, "Edit", "file_path"),
            ],
            "beforeMCPExecution" => [.. ServersCall(hookEvent, hook, HookEventType.PreToolUse)],
            "afterMCPExecution" => [.. ServersCall(hookEvent, hook, EndOf(hook))],
            _ => [],
        };

    // What it answered stands as JSON in a text too.
    private static string EndOf(JsonSlice hook) =>
        hook.Text("result_json") is { } json && JsonFields.ParseObject(json).IsTrue("isError")
            ? HookEventType.PostToolUseFailure
            : HookEventType.PostToolUse;

    private static IEnumerable<ImportedEvent> Call(ImportedEvent hookEvent, JsonSlice hook, string type, string tool, string field)
    {
        if (hook.Text(field) is { } subject)
            yield return hookEvent with
            {
                EventType = type,
                ToolName = tool,
                ToolInput = JsonFields.ObjectOf(field, subject),
            };
    }

    // What it is asked stands as JSON in a text.
    private static IEnumerable<ImportedEvent> ServersCall(ImportedEvent hookEvent, JsonSlice hook, string type)
    {
        if (hook.Text("tool_name") is { } tool)
            yield return hookEvent with
            {
                EventType = type,
                ToolName = tool,
                ToolInput = hook.Text("tool_input") is { } json ? JsonFields.ParseObject(json) : hook.Field("tool_input"),
            };
    }
}
