using System.Text.Json.Nodes;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>A message of Claude Code that stands in several records, as it was streamed.</summary>
internal static class MessageParts
{
    public const string Id = "msg_01XFDUDYJgAACzvnptvVoYEL";

    /// <summary>The records of its parts, and what each says of the whole.</summary>
    public static ClaudeRecords Of(string session) =>
        new ClaudeRecords(session)
            .Assistant(Id, [Text("abcd")], record => Report(record, 9, 1, 7, 8))
            .Assistant(
                Id,
                [new JsonObject { ["type"] = "thinking", ["thinking"] = new string('x', 366) }],
                record => Report(record, 9, 3, 7, 8)
            )
            .Assistant(Id, [Tool("toolu_01A09q90qw90lq917835lq9")], record => Report(record, 9, 2, 7, 8))
            .Assistant(Id, [Tool("toolu_01B09q90qw90lq917835lq9")], record => Report(record, 9, 2, 7, 8));

    // {"a":"1234567"} has 15 characters: 4 + 366 + 30 = 400.
    public static JsonObject Tool(string id) =>
        new()
        {
            ["type"] = "tool_use",
            ["id"] = id,
            ["name"] = "Bash",
            ["input"] = new JsonObject { ["a"] = "1234567" },
        };

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public static void Report(JsonObject record, int input, int output, int cacheWrite, int cacheRead) =>
        record["message"]!["usage"] = new JsonObject
        {
            ["input_tokens"] = input,
            ["output_tokens"] = output,
            ["cache_creation_input_tokens"] = cacheWrite,
            ["cache_read_input_tokens"] = cacheRead,
        };
}
