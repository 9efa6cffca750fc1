using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>What was imported is not read again, only what has grown is; and it comes to the same rows as reading all of it.</summary>
public sealed class ImportMemoryTests : IDisposable
{
    private const string Session = "session.jsonl";

    private static readonly IReadOnlyList<AgentWork> s_work = AgentWork.Invent(sessions: 8);

    private readonly ImportFolder _folder = new();

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 6)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_file_that_grew_in_whatever_steps_comes_to_the_rows_of_one_that_was_read_whole(int seed)
    {
        // Not the Last of a Select, which would import the last moment only.
        ImportResult? last = null;
        foreach (var text in GrowingFile.Of(seed))
            last = _folder.Add(Session, text).Import();
        using var whole = new ImportFolder();
        var all = whole.Add(Session, GrowingFile.Of(seed).Last()).Import();

        Assert.Equal(Rows(whole), Rows(_folder));
        Assert.Equal(all.ReadCount, last!.ReadCount);
        Assert.Equal((all.SessionCount, all.FirstSeen, all.LastSeen), (last.SessionCount, last.FirstSeen, last.LastSeen));
        Assert.Empty(last.Skipped);
    }

    [Fact]
    public void What_is_asked_for_otherwise_or_is_gone_is_read_again()
    {
        _folder.Add(Session, TranscriptWriter.Write(s_work[0]));
        var first = _folder.Import();

        Assert.Equal(0, _folder.Import(new ImportOptions { ReadsAll = true }).UnchangedCount);
        Assert.Equal(0, _folder.Import(new ImportOptions { PayloadMode = PayloadMode.Full }).UnchangedCount);
        Assert.Equal(0, _folder.Import(format: "ClaudeTranscript").UnchangedCount);
        Assert.Equal(1, _folder.Import(format: "ClaudeTranscript").UnchangedCount);
        _folder.Execute("DELETE FROM hook_events");
        Assert.Equal(first.NewCount, _folder.Import().NewCount);
    }

    // In the order in which they were stored.
    private static string[] Rows(ImportFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        return
        [
            .. connection.Query<string>(
                "SELECT concat_ws('|', event_id, session_id, tool_name, timestamp, payload) FROM hook_events ORDER BY id"
            ),
            .. connection.Query<string>(
                """
                SELECT concat_ws('|', session_id, message_id, prompt_id, observed_at, input_tokens, output_tokens, cache_read_tokens,
                    call_count)
                FROM pattern_messages ORDER BY session_id, message_id
                """
            ),
            .. connection.Query<string>("SELECT concat_ws('|', session_id, tool_use_id, tokens) FROM pattern_call_results ORDER BY 1"),
        ];
    }
}
