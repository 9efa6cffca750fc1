using System.Text.Json.Nodes;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>What a database keeps of messages and of answers that stand in several files, or in another database.</summary>
public class UsageImportTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";
    private const string Other = "5e550000-1111-4222-8333-000000000002";
    private const string Message = "msg_01XFDUDYJgAACzvnptvVoYEL";

    [Fact]
    public void What_messages_took_and_what_is_kept_of_answers_comes_along_from_another_database()
    {
        using var first = new ImportFolder();
        first.Add("a.jsonl", Parts(Session).Text + new ClaudeRecords(Session).Result("toolu_01A09q90qw90lq917835lq9", "src/a.cs").Text);
        first.Import();
        using var second = new ImportFolder();

        second.Import(paths: first.Database);
        second.Import(new ImportOptions { ReadsAll = true }, paths: first.Database);

        Assert.Equal(Messages(first), Messages(second));
        Assert.Equal(Results(first).Select(Told), Results(second).Select(Told));
        Assert.NotEmpty(Results(second));

        static string Told(CallResult result) => $"{result.SessionId} {result.ToolUseId} {string.Join(' ', result.Tokens)}";
    }

    [Fact]
    public void Copies_in_a_fork_and_records_that_stand_twice_count_once()
    {
        using var folder = new ImportFolder();
        var text = Parts(Session).Text;
        folder.Add("a.jsonl", text + text).Add("b.jsonl", text.Replace($"sessionId\":\"{Session}", $"sessionId\":\"{Other}"));

        folder.Import();

        var message = Assert.Single(Messages(folder));
        Assert.Equal((Session, 100L, 2), (message.SessionId, message.OutputTokens, message.CallCount));
    }

    private static ClaudeRecords Parts(string session) =>
        new ClaudeRecords(session)
            .Assistant(Message, [Text("abcd")], record => Report(record, 9, 1, 7, 8))
            .Assistant(
                Message,
                [new JsonObject { ["type"] = "thinking", ["thinking"] = new string('x', 366) }],
                record => Report(record, 9, 3, 7, 8)
            )
            .Assistant(Message, [Tool("toolu_01A09q90qw90lq917835lq9")], record => Report(record, 9, 2, 7, 8))
            .Assistant(Message, [Tool("toolu_01B09q90qw90lq917835lq9")], record => Report(record, 9, 2, 7, 8));

    // {"a":"1234567"} has 15 characters: 4 + 366 + 30 = 400.
    private static JsonObject Tool(string id) =>
        new()
        {
            ["type"] = "tool_use",
            ["id"] = id,
            ["name"] = "Bash",
            ["input"] = new JsonObject { ["a"] = "1234567" },
        };

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static void Report(JsonObject record, int input, int output, int cacheWrite, int cacheRead) =>
        record["message"]!["usage"] = new JsonObject
        {
            ["input_tokens"] = input,
            ["output_tokens"] = output,
            ["cache_creation_input_tokens"] = cacheWrite,
            ["cache_read_input_tokens"] = cacheRead,
        };

    private static MessageUsage[] Messages(ImportFolder folder) =>
        [.. PatternDatabase.Open(folder.Database).Usage.ReadMessages(TimeWindow.Always)];

    private static CallResult[] Results(ImportFolder folder) =>
        [.. PatternDatabase.Open(folder.Database).Usage.ReadResults(TimeWindow.Always)];
}
