using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>
/// The databases of other agents, and files of theirs that hold no JSON, on samples that were written after public descriptions.
/// </summary>
public sealed class AgentDatabaseTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_database_of_OpenCode_holds_what_its_files_held_and_sub_agents_are_cases_of_their_session()
    {
        var path = Path.Combine(_folder.Input, "opencode.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Execute(
                """
                CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, slug TEXT, directory TEXT, title TEXT,
                    time_created INTEGER, time_updated INTEGER);
                CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, time_updated INTEGER, data TEXT);
                CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, time_updated INTEGER,
                    data TEXT);
                INSERT INTO session VALUES ('ses_1', 'p', NULL, 's', '/repo', 't', 1767603600000, 1767603600000), ('ses_2', 'p', 'ses_1',
                    's', '/repo', 't', 1767603601000, 1767603601000);
                INSERT INTO message VALUES
                    ('msg_1', 'ses_1', 1767603600000, 0, '{"role":"user","time":{"created":1767603600000}}'),
                    ('msg_2', 'ses_1', 1767603601000, 0, '{"role":"assistant","parentID":"msg_1","modelID":"m",
                        "time":{"created":1767603601000},"tokens":{"input":7,"output":3,"reasoning":2,"cache":{"read":5,"write":1}}}'),
                    ('msg_3', 'ses_2', 1767603602000, 0, '{"role":"user","time":{"created":1767603602000}}');
                INSERT INTO part VALUES
                    ('prt_1', 'msg_2', 'ses_1', 0, 0, '{"type":"tool","callID":"call_1","tool":"bash",
                        "state":{"status":"completed","input":{"command":"ls"},"output":"a.txt",
                        "time":{"start":1767603601500,"end":1767603602500}}}'),
                    ('prt_2', 'msg_4', 'ses_2', 0, 0, '{"type":"tool","callID":"call_2","tool":"read",
                        "state":{"status":"error","input":{"filePath":"/a.md"},"error":"gone",
                        "time":{"start":1767603603000,"end":1767603604000}}}'),
                    ('prt_3', 'msg_4', 'ses_2', 0, 0, '{"type":');
                """
            );
        }

        var result = _folder.Import();

        Assert.Equal("malformed 1", result.Skips());
        Assert.Equal("OpenCode", Assert.Single(result.Formats).Key);
        Assert.Equal("ses_1: bash(ls)=Ok\nses_1/ses_2: read(.md)=Failed", _folder.Told());
        Assert.Equal(1, _folder.Count("UserPromptSubmit"));
        Assert.Contains(Messages(), message => message is { InputTokens: 7, OutputTokens: 5, CacheReadTokens: 5, CacheWriteTokens: 1 });
    }

    [Theory]
    [InlineData("CREATE TABLE ItemTable (key TEXT, value BLOB); CREATE TABLE cursorDiskKV (key TEXT, value BLOB)", "a database of Cursor")]
    [InlineData("CREATE TABLE ItemTable (key TEXT, value BLOB)", "a database of Visual Studio Code")]
    [InlineData("CREATE TABLE threads (id TEXT, summary TEXT, updated_at TEXT, data_type TEXT, data BLOB)", "the threads of Zed")]
    [InlineData("CREATE TABLE agent_conversations (id INTEGER, conversation_data TEXT)", "a database of Warp")]
    [InlineData("CREATE TABLE conversations_v2 (key TEXT, value TEXT)", "a database of Amazon Q or Kiro")]
    [InlineData("CREATE TABLE messages (id TEXT, session_id TEXT, role TEXT, parts TEXT)", "a database of Crush")]
    [InlineData("CREATE TABLE messages (id INTEGER, session_id TEXT, role TEXT, content_json TEXT)", "a database of Goose")]
    [InlineData("CREATE TABLE trajectory_meta (id INTEGER)", "a database of Antigravity")]
    [InlineData("CREATE TABLE something (a); CREATE TABLE other (b)", "a SQLite database with the tables other, something")]
    public void A_database_without_events_is_named(string schema, string name)
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Input, "state.vscdb")};Pooling=False"))
            connection.Execute(schema);

        var skip = Assert.Single(_folder.Import().Skipped);

        Assert.Equal(SkipReason.UnknownFormat, skip.Reason);
        Assert.Contains(name, Assert.Single(skip.Examples));
    }

    [Theory]
    [InlineData("p/agent-transcripts/1.txt", "user:\n<user_query>\nfix it\n</user_query>\nassistant:\n[Tool call] Shell\n", "older form")]
    [InlineData("repo/.aider.chat.history.md", "\n# aider chat started at 2026-03-02 09:00:00\n", "a chat of Aider")]
    [InlineData(".codeium/windsurf/cascade/1.pb", "\u0001\u0002", "a conversation of Windsurf")]
    public void Files_that_hold_no_JSON_are_named_in_a_folder_and_by_themselves(string file, string text, string name)
    {
        _folder.Add(file, text);

        foreach (var path in new[] { _folder.Input, Path.Combine(_folder.Input, file) })
        {
            var skip = Assert.Single(_folder.Import(paths: path).Skipped);
            Assert.Equal(SkipReason.UnknownFormat, skip.Reason);
            Assert.Contains(name, Assert.Single(skip.Examples));
        }
    }

    private ImportResult Import(string format, string name, string text)
    {
        var result = _folder.Add(name, text).Import();
        Assert.Equal([format], result.Formats.Keys);
        Assert.Equal(0, _folder.Import(new ImportOptions { ReadsAll = true }).NewCount);
        return result;
    }

    private IEnumerable<string> Events(string session) =>
        _folder.Stored().Where(row => row.Session == session).Select(row => $"{row.Type} {row.Tool} {row.Time[11..19]}");

    private PatternAnalysis.Events.MessageUsage[] Messages() =>
        [.. PatternDatabase.Open(_folder.Database).Usage.ReadMessages(new TimeWindow(null, null), CancellationToken.None)];
}
