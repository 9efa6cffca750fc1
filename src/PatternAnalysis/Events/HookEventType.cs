namespace PatternAnalysis.Events;

/// <summary>The words for what happened, as agents' hooks name it; every other part of the product takes them from here.</summary>
public static class HookEventType
{
    /// <summary>A call starts.</summary>
    public const string PreToolUse = "PreToolUse";

    /// <summary>A call starts, in the older word of the original.</summary>
    public const string ToolUse = "tool_use";

    /// <summary>The agent asks whether a call may be made.</summary>
    public const string PermissionRequest = "PermissionRequest";

    /// <summary>A call ended well.</summary>
    public const string PostToolUse = "PostToolUse";

    /// <summary>A call ended well, in the older word of the original.</summary>
    public const string ToolResult = "tool_result";

    /// <summary>A call ended with an error.</summary>
    public const string PostToolUseFailure = "PostToolUseFailure";

    /// <summary>A call was refused, by the user or by a rule.</summary>
    public const string PermissionDenied = "PermissionDenied";

    /// <summary>A call was given up before it was made, because another one of its message failed.</summary>
    public const string ToolUseCancelled = "ToolUseCancelled";

    /// <summary>The agent's program told of something.</summary>
    public const string Notification = "Notification";

    /// <summary>The user gave a task.</summary>
    public const string UserPromptSubmit = "UserPromptSubmit";

    /// <summary>The agent ended its answer.</summary>
    public const string Stop = "Stop";

    /// <summary>A sub-agent ended its answer.</summary>
    public const string SubagentStop = "SubagentStop";

    /// <summary>All of them; where one is stored as a number, it is its place here, from 1. New ones are added at the end.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        PreToolUse,
        ToolUse,
        PermissionRequest,
        PostToolUse,
        ToolResult,
        PostToolUseFailure,
        PermissionDenied,
        ToolUseCancelled,
        Notification,
        UserPromptSubmit,
        Stop,
        SubagentStop,
    ];

    /// <summary>The number of a word; 0 when it is none of them.</summary>
    internal static int NumberOf(string type) => s_numbers.GetValueOrDefault(type);

    private static readonly Dictionary<string, int> s_numbers = All.Select((type, place) => (type, place))
        .ToDictionary(pair => pair.type, pair => pair.place + 1, StringComparer.Ordinal);
}
