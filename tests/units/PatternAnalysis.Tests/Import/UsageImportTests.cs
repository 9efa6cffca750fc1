using System.Text.Json.Nodes;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What an import keeps of messages and of answers.</summary>
public class UsageImportTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";
    private const string Other = "5e550000-1111-4222-8333-000000000002";

    [Fact]
    public void A_message_of_several_records_is_one_with_the_largest_numbers_and_all_of_its_text()
    {
        using var folder = new ImportFolder();
        folder.Add("a.jsonl", MessageParts.Of(Session).Text);

        folder.Import();

        var message = Assert.Single(folder.Messages);
        Assert.Equal((Session, MessageParts.Id, "m", 2), (message.SessionId, message.MessageId, message.Model, message.CallCount));
        Assert.Equal((9L, 100L, 7L, 8L), (message.InputTokens, message.OutputTokens, message.CacheWriteTokens, message.CacheReadTokens));
        Assert.Equal(
            [MessageParts.Id, MessageParts.Id],
            folder.Stored().Where(row => row.Type == "PreToolUse").Select(row => row.Field("message_id"))
        );
    }

    [Fact]
    public void Importing_again_changes_nothing_and_a_grown_file_updates()
    {
        using var folder = new ImportFolder();
        var lines = MessageParts.Of(Session).Text.TrimEnd().Split('\n');
        folder.Add("a.jsonl", lines[0] + "\n");
        folder.Import();
        var first = Assert.Single(folder.Messages);
        folder.Import();
        Assert.Equal(first, Assert.Single(folder.Messages));

        folder.Add("a.jsonl", string.Join('\n', lines));
        folder.Import();

        Assert.Equal((1L, 100L), (first.OutputTokens, Assert.Single(folder.Messages).OutputTokens));
    }

    [Fact]
    public void A_message_that_nothing_is_reported_of_and_what_the_program_says_itself_are_none()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "a.jsonl",
            new ClaudeRecords(Session)
                .User("go")
                .Assistant("m1", [MessageParts.Text("hello")])
                .Assistant(
                    "m2",
                    [MessageParts.Text("API Error")],
                    record =>
                    {
                        record["message"]!["model"] = "<synthetic>";
                        record["message"]!["usage"] = new JsonObject { ["input_tokens"] = 0, ["output_tokens"] = 0 };
                    }
                )
                .Text
        );

        folder.Import();

        Assert.Empty(folder.Messages);
    }

    [Fact]
    public void Messages_of_a_rollout_take_what_is_counted_behind_them_and_repeated_counts_count_once()
    {
        using var folder = new ImportFolder();
        var lines = new CodexLines()
            .Meta(Session)
            .Add("turn_context", new JsonObject { ["model"] = "gpt-5", ["turn_id"] = Other })
            .Call("call_0", "exec_command", new { cmd = "ls" })
            .Call("call_1", "exec_command", new { cmd = "pwd" })
            .Event(Tokens(total: 130, input: 100, cached: 60, output: 30))
            .Event(Tokens(total: 130, input: 100, cached: 60, output: 30))
            .Output("call_0", "ok")
            .Output("call_1", "ok")
            .Call("call_2", "exec_command", new { cmd = "make" })
            .Event(Tokens(total: 330, input: 190, cached: 100, output: 10))
            .Output("call_2", "ok");
        folder.Add("rollout-a.jsonl", lines.Text);

        folder.Import();

        var messages = folder.Messages;
        Assert.Equal(
            [(40L, 30L, 60L, 2), (90L, 10L, 100L, 1)],
            messages.Select(m => (m.InputTokens, m.OutputTokens, m.CacheReadTokens, m.CallCount))
        );
        Assert.All(messages, message => Assert.Equal("gpt-5", message.Model));
        Assert.Equal(
            [messages[0].MessageId, messages[0].MessageId, messages[1].MessageId],
            folder.Stored().Where(row => row.Type == "PreToolUse").Select(row => row.Field("message_id"))
        );
    }

    [Fact]
    public void Of_an_answer_only_masked_paths_and_ids_are_kept_and_never_its_text()
    {
        using var folder = new ImportFolder();
        const string answer = """
            Created pull request https://github.com/acme/shop/pull/123 from feature/x
            src/app/Main.cs:12: error CS0103 the word sesame opens
            password=hunter2hunter2 AKIAIOSFODNN7EXAMPLE
            """;
        folder.Add("a.jsonl", new ClaudeRecords(Session).Call("call_0", "Bash", new { command = "x" }).Result("call_0", answer).Text);

        folder.Import();

        var result = Assert.Single(folder.Results);
        Assert.Equal((Session, "call_0"), (result.SessionId, result.ToolUseId));
        Assert.Equal(["https://github.com/acme/shop/pull/123", "feature/x", "src/app/Main.cs", "12", "CS0103"], result.Tokens);
    }

    [Fact]
    public void However_long_an_answer_is_only_some_tokens_of_its_start_and_end_are_kept()
    {
        using var folder = new ImportFolder();
        var answer = string.Join('\n', Enumerable.Range(0, 20_000).Select(number => $"out/file{number}.txt {new string('9', 300)}"));
        folder.Add("a.jsonl", new ClaudeRecords(Session).Call("call_0", "Glob", new { pattern = "x" }).Result("call_0", answer).Text);

        folder.Import();

        var tokens = Assert.Single(folder.Results).Tokens;
        Assert.InRange(tokens.Count, 2, CallResult.MaximumTokens);
        Assert.All(tokens, token => Assert.InRange(token.Length, 1, CallResult.LongestToken));
        Assert.Equal(("out/file0.txt", "out/file19999.txt"), (tokens[0], tokens[^1]));
    }

    [Fact]
    public void Without_payloads_nothing_of_answers_is_kept_but_what_messages_took_is()
    {
        using var folder = new ImportFolder();
        folder.Add("a.jsonl", MessageParts.Of(Session).Result("call_0", "src/a.cs").Text);

        folder.Import(new ImportOptions { PayloadMode = PayloadMode.None });

        Assert.Empty(folder.Results);
        Assert.Single(folder.Messages);
    }

    private static JsonObject Tokens(int total, int input, int cached, int output) =>
        new()
        {
            ["type"] = "token_count",
            ["info"] = new JsonObject
            {
                ["total_token_usage"] = new JsonObject { ["total_tokens"] = total },
                ["last_token_usage"] = new JsonObject
                {
                    ["input_tokens"] = input,
                    ["cached_input_tokens"] = cached,
                    ["output_tokens"] = output,
                },
            },
        };
}
