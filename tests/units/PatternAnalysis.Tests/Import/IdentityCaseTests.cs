using System.Text;
using System.Text.Json.Nodes;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>Which call an event is of, and whose: cases 01, 02, 03, 09, 10, 11, 15 and 22, each with relatives.</summary>
public class IdentityCaseTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";
    private const string Other = "5e550000-1111-4222-8333-000000000002";

    [Fact]
    public void Case_01_ids_that_count_in_each_session_are_other_calls_in_another_session()
    {
        using var folder = ImportFolder.OfCase("01");

        folder.Import();

        Assert.Equal(6, folder.Count("PreToolUse"));
        Assert.Equal(
            """
            00000065-1111-4222-8333-000000000101: Bash(git status)=Ok > Bash(make check)=Failed > Grep=Ok
            00000066-1111-4222-8333-000000000102: Bash(git status)=Ok > Bash(make check)=Failed > Grep=Ok
            """,
            folder.Told()
        );
        Assert.Equal(0, folder.Import().NewCount);
    }

    [Theory]
    [InlineData("functions.mcp__longservername12__list:0")]
    [InlineData("run_shell_command-1742563212345-0")]
    [InlineData("call_0000000000000000000000")]
    [InlineData("default_api_shell_command_3")]
    [InlineData("9f86d081-884c-4d63-a0b6-1f2b3c4d5e6f:1")]
    public void Case_01_relative_ids_that_count_by_turn_are_other_calls_at_another_time(string id)
    {
        using var folder = new ImportFolder();
        var turns = new ClaudeRecords(Session).User("go");
        turns.Call(id, "Bash", new { command = "make" }).Result(id, "Exit code 1", isError: true);
        turns.Call(id, "Bash", new { command = "make" }).Result(id);
        turns.Call(id, "Bash", new { command = "git push" }).Result(id, "The user doesn't want to proceed", isError: true);
        folder.Add("a.jsonl", turns.Text).Add("b.jsonl", turns.Text.Replace(Session, Other));

        folder.Import();

        Assert.Equal(
            $"""
            {Session}: Bash(make)=Failed > Bash(make)=Ok
            {Other}: Bash(make)=Failed > Bash(make)=Ok
            refused_call 2
            """,
            folder.Told()
        );
        Assert.Equal(0, folder.Import().NewCount);
    }

    [Theory]
    [InlineData("toolu_01A09q90qw90lq917835lq9")]
    [InlineData("tooluse_kZJ-lvQm_J6eAyJE5GI-7Q")]
    [InlineData("call_5f1d0c1b2a394857a6b5c4d3")]
    [InlineData("chatcmpl-tool-1f2e3d4c5b6a79880011223344556677")]
    [InlineData("0f6e7a3c-884c-4d63-a0b6-1f2b3c4d5e6f")]
    public void Case_01_relative_ids_of_the_world_are_one_call_in_every_copy(string id)
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session).Call(id, "Bash", new { command = "make" }).Result(id);
        folder.Add("a.jsonl", records.Text).Add("b.jsonl", records.Text.Replace("sessionId\":\"" + Session, "sessionId\":\"" + Other));

        folder.Import();

        Assert.Single(folder.Stored(), row => row.Type == "PreToolUse");
    }

    [Fact]
    public void Case_02_a_refusal_hides_no_call_of_another_session()
    {
        using var folder = ImportFolder.OfCase("02");

        folder.Import();

        Assert.Equal(
            """
            000000c8-1111-4222-8333-000000000200: Bash(git diff)=Ok > Bash(npm test)=Ok
            000000c9-1111-4222-8333-000000000201: Bash(git status)=Ok > Bash(git diff)=Ok > Bash(npm test)=Ok
            000000ca-1111-4222-8333-000000000202: Bash(git status)=Ok > Bash(git diff)=Ok > Bash(npm test)=Ok
            refused_call 1
            """,
            folder.Told()
        );
    }

    [Fact]
    public void Case_02_relative_a_refusal_hides_no_later_call_of_its_own_session()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session)
            .Call("call_0", "Bash", new { command = "git push" })
            .Result("call_0", "The user doesn't want to take this action right now.", isError: true)
            .Call("call_0", "Bash", new { command = "git push" })
            .Result("call_0");
        folder.Add("a.jsonl", records.Text);

        folder.Import();

        Assert.Equal($"{Session}: Bash(git push)=Ok\nrefused_call 1", folder.Told());
    }

    [Fact]
    public void Case_03_sub_agents_that_stand_only_in_progress_records_are_cases_of_their_own()
    {
        using var folder = ImportFolder.OfCase("03");

        folder.Import();

        const string session = "0000012c-1111-4222-8333-000000000300";
        var expected = $"{session}: Task(Explore)=Ok\n{session}/a1b2c3d: Read(.ts)=Ok > Bash(npm test)=Failed > Edit(.ts)=Ok";
        Assert.Equal(expected, folder.Told());
        folder.Add($"-srv-shop/{session}/subagents/agent-a1b2c3d.jsonl", AgentFile(session));
        folder.Import();
        Assert.Equal(expected, folder.Told());
    }

    [Fact]
    public void Case_03_relative_the_agents_own_file_first_is_the_same()
    {
        using var folder = ImportFolder.OfCase("03");
        const string session = "0000012c-1111-4222-8333-000000000300";
        folder.Add($"-srv-shop/{session}/subagents/agent-a1b2c3d.jsonl", AgentFile(session));

        folder.Import();

        Assert.Equal($"{session}: Task(Explore)=Ok\n{session}/a1b2c3d: Read(.ts)=Ok > Bash(npm test)=Failed > Edit(.ts)=Ok", folder.Told());
    }

    [Fact]
    public void Case_09_runs_saved_under_one_name_are_the_sessions_that_their_records_name()
    {
        using var folder = ImportFolder.OfCase("09");

        var result = folder.Import();

        Assert.Equal(
            """
            run-aaaa-0001: Task=Ok > Bash(make)=Ok
            run-aaaa-0001/toolu_01S0Ta100000000000000000: Grep=Ok > Read(.md)=Ok
            run-bbbb-0002: Bash(make)=Ok
            """,
            folder.Told()
        );
        Assert.Equal("", result.Skips());
    }

    [Fact]
    public void Case_09_relative_two_runs_in_one_file_are_two_sessions()
    {
        using var folder = ImportFolder.OfCase("09");
        var text = string.Concat(Directory.GetFiles(folder.Input, "output.jsonl", SearchOption.AllDirectories).Select(File.ReadAllText));
        using var one = new ImportFolder();
        one.Add("output.log", text);

        one.Import();

        Assert.Equal(2, one.Stored().Select(row => row.Session).Distinct().Count());
    }

    [Fact]
    public void Case_10_a_sub_agents_rollout_is_a_case_of_its_session()
    {
        using var folder = ImportFolder.OfCase("10");

        var result = folder.Import();

        Assert.Equal(1, result.SessionCount);
        Assert.Equal(
            """
            000003e8-1111-4222-8333-000000001000: spawn_agent=Ok
            000003e8-1111-4222-8333-000000001000/000003e9-1111-4222-8333-000000001001: exec_command(rg)=Ok
            """,
            folder.Told()
        );
    }

    [Fact]
    public void Case_10_relative_an_older_meta_names_the_parent_only_in_its_source()
    {
        using var folder = new ImportFolder();
        var lines = new CodexLines()
            .Meta(
                Other,
                meta =>
                    meta["source"] = JsonNode.Parse(
                        """{"subagent": {"thread_spawn": {"parent_thread_id": "PARENT", "depth": 1}}}""".Replace("PARENT", Session)
                    )
            )
            .Event(new JsonObject { ["type"] = "user_message", ["message"] = "look" })
            .Call("call_h10000000000000000000000", "exec_command", new { cmd = "rg foo" });
        folder.Add("rollout-a.jsonl", lines.Text);

        folder.Import();

        Assert.Equal($"{Session}/{Other}: exec_command(rg)=Unknown", folder.Told());
        Assert.Equal(0, folder.Count("UserPromptSubmit"));
    }

    [Fact]
    public void Case_10_relative_an_agent_of_an_agent_is_a_case_of_the_session_that_began_it_all()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "rollout-parent.jsonl",
            new CodexLines().Meta(Session).Call("call_p10000000000000000000000", "spawn_agent", new { }).Text
        );
        folder.Add(
            "rollout-child.jsonl",
            new CodexLines()
                .Meta("5e550000-1111-4222-8333-00000000000c", meta => (meta["parent_thread_id"], meta["session_id"]) = (Other, Session))
                .Call("call_c10000000000000000000000", "exec_command", new { cmd = "rg foo" })
                .Text
        );

        folder.Import();

        Assert.Equal(
            $"{Session}: spawn_agent=Unknown\n{Session}/5e550000-1111-4222-8333-00000000000c: exec_command(rg)=Unknown",
            folder.Told()
        );
    }

    [Theory]
    [InlineData(900, 620)]
    [InlineData(620, 900)]
    public void Case_11_calls_belong_to_the_session_that_made_them_whichever_file_is_younger(int parent, int fork)
    {
        using var folder = ImportFolder.OfCase("11");
        foreach (var file in Directory.GetFiles(folder.Input, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(
                file,
                new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).AddSeconds(file.Contains("1110") ? parent : fork)
            );

        folder.Import();

        Assert.Equal(
            "00000456-1111-4222-8333-000000001110: exec_command(git status)=Ok@09:00:02 > exec_command(git diff)=Ok@09:00:04"
                + " > exec_command(npm test)=Ok@09:00:06 > exec_command(git push)=Ok@09:15:01\n"
                + "00000457-1111-4222-8333-000000001111: exec_command(git log)=Ok@09:10:11",
            folder.Told(starts: true)
        );
    }

    [Fact]
    public void Case_11_relative_a_fork_without_its_parents_file_keeps_the_parents_name()
    {
        using var folder = ImportFolder.OfCase("11");
        File.Delete(Directory.GetFiles(folder.Input, "*1110.jsonl", SearchOption.AllDirectories).Single());

        folder.Import();

        Assert.Contains("00000456-1111-4222-8333-000000001110: exec_command(git status)=Ok > exec_command(git diff)", folder.Told());
        Assert.Contains("00000457-1111-4222-8333-000000001111: exec_command(git log)=Ok", folder.Told());
    }

    [Fact]
    public void Case_11_relative_a_branch_of_Claude_says_whose_its_copies_are()
    {
        using var folder = new ImportFolder();
        var copied = new ClaudeRecords(Other)
            .Call("call_0", "Bash", new { command = "git status" }, more: From)
            .Result("call_0", more: From)
            .Call("call_1", "Bash", new { command = "git log" })
            .Result("call_1");
        folder.Add("fork.jsonl", copied.Text);

        folder.Import();

        Assert.Equal($"{Session}: Bash(git status)=Ok\n{Other}: Bash(git log)=Ok", folder.Told());

        static void From(JsonObject record) => record["forkedFrom"] = new JsonObject { ["sessionId"] = Session };
    }

    [Fact]
    public void Case_15_agents_inside_the_main_file_are_told_apart_by_their_chains()
    {
        using var folder = ImportFolder.OfCase("15");

        folder.Import();

        Assert.Equal(
            ["Grep=Ok > Grep=Ok > Write(.md)=Ok", "Read(.py)=Ok > Edit(.py)=Ok > Bash(pytest)=Ok", "Task=Ok > Task=Ok"],
            folder.Told().Split('\n').Select(line => line[(line.IndexOf(": ") + 2)..]).Order()
        );
    }

    [Fact]
    public void Case_15_relative_records_between_that_are_no_messages_do_not_break_a_chain()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session)
            .Call("call_0", "Read", new { file_path = "/a.ts" }, more: record => Chain(record, "r1", null))
            .Add("system", new JsonObject(), record => Chain(record, "r2", "r1"))
            .Call("call_1", "Edit", new { file_path = "/a.ts" }, more: record => Chain(record, "r3", "r2"))
            .Call("call_2", "Grep", new { pattern = "x" }, more: record => Chain(record, "s1", null));
        folder.Add("a.jsonl", records.Text);

        folder.Import();

        Assert.Equal($"{Session}/sidechain-r1: Read(.ts)=Unknown > Edit(.ts)=Unknown\n{Session}/sidechain-s1: Grep=Unknown", folder.Told());

        static void Chain(JsonObject record, string id, string? parent) =>
            (record["isSidechain"], record["uuid"], record["parentUuid"]) = (true, id, parent);
    }

    [Fact]
    public void Case_15_relative_two_agents_in_one_chain_of_the_session_are_the_users_own_records_between_them()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session)
            .User("go", record => Chain(record, "u1", null, isSidechain: false))
            .Call("call_0", "Task", new { prompt = "a" }, more: record => Chain(record, "u2", "u1", isSidechain: false))
            .User("a", record => Chain(record, "a1", null, isSidechain: true))
            .Call("call_1", "Read", new { file_path = "/a.md" }, more: record => Chain(record, "a2", "a1", isSidechain: true))
            .Result("call_1", more: record => Chain(record, "a3", "a2", isSidechain: true))
            .Result("call_0", more: record => Chain(record, "u3", "u2", isSidechain: false));
        folder.Add("a.jsonl", records.Text);

        folder.Import();

        Assert.Equal($"{Session}: Task=Ok\n{Session}/sidechain-a1: Read(.md)=Ok", folder.Told());
        Assert.Equal(1, folder.Count("UserPromptSubmit"));

        static void Chain(JsonObject record, string id, string? parent, bool isSidechain) =>
            (record["isSidechain"], record["uuid"], record["parentUuid"]) = (isSidechain, id, parent);
    }

    [Fact]
    public void Case_22_an_agents_file_belongs_to_the_session_of_its_folder()
    {
        using var folder = ImportFolder.OfCase("22");

        folder.Import();

        Assert.Equal("00000898-1111-4222-8333-000000002200/a48: Read(.md)=Ok > Edit(.md)=Ok", folder.Told());
    }

    [Fact]
    public void Case_22_relative_an_agents_file_without_a_folder_belongs_to_the_session_that_it_names_first()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Session, "a48").Call("call_0", "Read", new { file_path = "/a.md" }).Result("call_0");
        var resumed = new ClaudeRecords(Other, "a48").Call("call_1", "Edit", new { file_path = "/a.md" }, "msg_later").Result("call_1");
        folder.Add("agent-a48.jsonl", records.Text + resumed.Text.Replace("09:00:0", "09:01:0"));

        folder.Import();

        Assert.Equal($"{Session}/a48: Read(.md)=Ok > Edit(.md)=Ok", folder.Told());
    }

    [Fact]
    public void Case_22_relative_an_agent_of_a_workflow_lies_a_folder_deeper_and_is_one_of_the_session_all_the_same()
    {
        using var folder = new ImportFolder();
        var records = new ClaudeRecords(Other, "a7").Call("call_0", "Read", new { file_path = "/a.md" }).Result("call_0");
        folder.Add($"-p/{Session}/subagents/workflows/w1/agent-a7.jsonl", records.Text);

        folder.Import();

        Assert.Equal($"{Session}/a7: Read(.md)=Ok", folder.Told());
    }

    private static string AgentFile(string session)
    {
        using var case3 = ImportFolder.OfCase("03");
        var main = Directory.GetFiles(case3.Input, "*.jsonl", SearchOption.AllDirectories).Single();
        var lines = new List<string>();
        foreach (var line in File.ReadLines(main))
        {
            var record = JsonNode.Parse(line)!;
            if (record["data"]?["message"] is not JsonObject inner)
                continue;
            (inner["sessionId"], inner["agentId"], inner["isSidechain"]) = (session, "a1b2c3d", true);
            lines.Add(inner.ToJsonString());
        }

        return string.Join('\n', lines);
    }
}
