using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The calls that Cline and Roo Code have models write as XML elements into their text, and the answers to them.</summary>
internal static class ClineToolText
{
    private const int MostFields = 40;

    // A text may show any XML; only these ask for something.
    private static readonly string[] s_tools =
    [
        "execute_command",
        "read_file",
        "write_to_file",
        "replace_in_file",
        "apply_diff",
        "insert_content",
        "search_and_replace",
        "search_files",
        "list_files",
        "list_code_definition_names",
        "codebase_search",
        "browser_action",
        "web_fetch",
        "use_mcp_tool",
        "access_mcp_resource",
        "ask_followup_question",
        "attempt_completion",
        "new_task",
        "plan_mode_respond",
        "switch_mode",
        "update_todo_list",
        "fetch_instructions",
    ];

    /// <summary>The first call of a message, which is the one that is carried out; null when there is none. Linear in the text.</summary>
    public static (string Name, JsonSlice Input)? Find(string text)
    {
        (string Name, int Start, int End)? first = null;
        foreach (var tool in s_tools)
        {
            var start = text.IndexOf($"<{tool}>", StringComparison.Ordinal);
            if (start < 0 || start >= first?.Start)
                continue;
            var end = text.IndexOf($"</{tool}>", start, StringComparison.Ordinal);
            if (end >= 0)
                first = (tool, start + tool.Length + 2, end);
        }

        return first is { } call ? (call.Name, Input(text[call.Start..call.End])) : null;
    }

    /// <summary>Whether a message answers a call of a tool: it begins with the tool's name in brackets.</summary>
    public static bool IsResult(string text, string tool) =>
        text.StartsWith($"[{tool}", StringComparison.Ordinal) && text.Contains("Result:", StringComparison.Ordinal);

    private static JsonSlice Input(string body)
    {
        var input = new Dictionary<string, string?>();
        var position = 0;
        for (var tries = 0; tries < MostFields && (position = body.IndexOf('<', position)) >= 0; tries++)
        {
            var nameEnd = body.IndexOf('>', position);
            if (nameEnd < 0)
                break;

            var name = body[(position + 1)..nameEnd];
            var end =
                name.Length > 0 && name.All(character => char.IsAsciiLetterLower(character) || character == '_')
                    ? body.IndexOf($"</{name}>", nameEnd, StringComparison.Ordinal)
                    : -1;
            if (end < 0)
            {
                position++;
                continue;
            }

            input.TryAdd(name == "path" ? "file_path" : name, body[(nameEnd + 1)..end].Trim('\n'));
            position = end + name.Length + 3;
        }

        return JsonFields.ObjectOf(input);
    }
}
