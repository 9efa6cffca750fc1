namespace PatternAnalysis.Tests.Import;

/// <summary>The same work gives the same events, in whatever form it was written down.</summary>
public class FormatTests
{
    private static readonly IReadOnlyList<AgentWork> s_work = AgentWork.Invent(sessions: 12);

    public static TheoryData<string> Forms { get; } =
    ["transcript", "hook lines", "hook array", "hook objects", "stored events", "rollout", "telemetry", "utf-16"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_call_is_imported_with_its_tool_time_outcome_and_command(string form)
    {
        using var folder = new ImportFolder();
        Write(folder, form);

        var result = folder.Import();

        Assert.Empty(result.Skipped);
        Assert.Equal(s_work.Count, result.SessionCount);
        var stored = folder.Stored();
        foreach (var (work, call) in s_work.SelectMany(work => work.Calls.Select(call => (work, call))))
        {
            var start = Assert.Single(stored, row => row.Type == "PreToolUse" && row.Field("tool_use_id") == call.Id);
            Assert.Equal((work.SessionId, call.Tool), (start.Session, start.Tool));
            Assert.Equal(call.StartedAt.ToString("yyyy-MM-dd HH:mm:ss.ffffff"), start.Time);
            Assert.Equal(call.PromptId, start.Field("prompt_id"));
            if (call.InputField is "command" or "file_path")
                Assert.Equal(call.InputValue, start.Json.GetProperty("tool_input").GetProperty(call.InputField).GetString());

            var end = Assert.Single(stored, row => row.Type.StartsWith("PostToolUse") && row.Field("tool_use_id") == call.Id);
            Assert.Equal(call.Failed ? "PostToolUseFailure" : "PostToolUse", end.Type);
            Assert.Equal(call.EndedAt.ToString("yyyy-MM-dd HH:mm:ss.ffffff"), end.Time);
        }

        Assert.Equal(s_work.Sum(work => work.Calls.Count), stored.Count(row => row.Type == "PreToolUse"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_call_is_one_call_whatever_form_told_of_it_first(string form)
    {
        using var folder = new ImportFolder();
        Write(folder, "transcript");
        var before = folder.Import();
        Directory.Delete(folder.Input, recursive: true);
        Directory.CreateDirectory(folder.Input);
        Write(folder, form);

        var result = folder.Import();

        Assert.True(before.NewCount > 0);
        Assert.Equal(0, result.NewCount);
        Assert.True(result.DuplicateCount > 0);
    }

    [Theory]
    [InlineData("transcript")]
    [InlineData("rollout")]
    public void Calls_of_one_message_are_known_as_one_batch(string form)
    {
        using var folder = new ImportFolder();
        Write(folder, form);

        folder.Import();

        var batches = folder
            .Stored()
            .Where(row => row.Type == "PreToolUse")
            .GroupBy(row => row.Field("message_id"), row => row.Field("tool_use_id"));
        Assert.Equal(
            s_work
                .SelectMany(work => work.Calls)
                .GroupBy(call => call.MessageId, call => call.Id)
                .Select(batch => string.Join(',', batch.Order()))
                .Order(),
            batches.Select(batch => string.Join(',', batch.Order())).Order()
        );
    }

    [Fact]
    public void Events_without_a_time_get_their_files_and_keep_their_order()
    {
        using var folder = new ImportFolder();
        folder.Add("hooks.jsonl", HookLogWriter.Lines(s_work[0], dated: false));
        var written = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(folder.Input, "hooks.jsonl"), written);

        var result = folder.Import();

        Assert.Equal(result.NewCount, result.UndatedCount);
        Assert.All(folder.Stored(), row => Assert.Equal("2026-03-04 05:06:07.000000", row.Time));
        Assert.Equal(
            HookLogWriter.Events(s_work[0], dated: false).Select(hook => (string?)hook["tool_use_id"]),
            folder.Stored().Select(row => row.Field("tool_use_id"))
        );
    }

    [Fact]
    public void A_sub_agents_file_belongs_to_its_session_and_says_which_agent()
    {
        using var folder = new ImportFolder();
        var work = s_work[1];
        folder.Add(
            $"-repo/{work.SessionId}/subagents/agent-a35b593a6be7a9ba5.jsonl",
            TranscriptWriter.Write(work, agentId: "a35b593a6be7a9ba5")
        );

        folder.Import();

        Assert.All(folder.Stored(), row => Assert.Equal((work.SessionId, "a35b593a6be7a9ba5"), (row.Session, row.Field("agent_id"))));
        Assert.DoesNotContain(folder.Stored(), row => row.Type == "UserPromptSubmit");
    }

    private static void Write(ImportFolder folder, string form)
    {
        foreach (var work in s_work)
            folder.Add($"{form}-{work.SessionId}.jsonl", Text(work, form));
    }

    private static byte[] Text(AgentWork work, string form)
    {
        var text = form switch
        {
            "transcript" => TranscriptWriter.Write(work),
            "hook lines" or "utf-16" => HookLogWriter.Lines(work),
            "hook array" => HookLogWriter.Array(work),
            "hook objects" => HookLogWriter.Concatenated(work),
            "stored events" => StoredEventWriter.Write(work),
            "rollout" => RolloutWriter.Write(work),
            _ => TelemetryWriter.Write(work),
        };
        return form == "utf-16"
            ? [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes(text)]
            : System.Text.Encoding.UTF8.GetBytes(text);
    }
}
