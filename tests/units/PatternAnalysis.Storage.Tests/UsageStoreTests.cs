using PatternAnalysis.Events;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What a store promises of what messages took and of what is kept of answers.</summary>
public abstract class UsageStoreTests : IDisposable
{
    private const string Unique = "msg_01XFDUDYJgAACzvnptvVoYEL";

    private static readonly DateTime s_time = new(2026, 3, 2, 9, 0, 0, 250, DateTimeKind.Utc);

    private readonly EventDatabase _events;

    private protected UsageStoreTests(EventDatabase events) => _events = events;

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_store_without_the_tables_hands_over_nothing_and_stays_as_it_is()
    {
        var before = _events.State();

        Assert.Empty(_events.Database.Usage.ReadMessages(TimeWindow.Always));
        Assert.Empty(_events.Database.Usage.ReadResults(TimeWindow.Always));
        Assert.Equal(before, _events.State());
    }

    [StoreFact]
    public void What_was_written_is_read_back_in_the_order_of_time()
    {
        MessageUsage[] messages =
        [
            Message("s", "m2") with
            {
                Timestamp = s_time.AddSeconds(1),
            },
            Message("s", "m1") with
            {
                AgentId = "a",
                PromptId = "p",
                SourceApp = "app",
                Model = "model",
                InputTokens = 1,
                OutputTokens = 2,
                CacheWriteTokens = 3,
                CacheReadTokens = 5_000_000_000,
                CallCount = 4,
            },
        ];
        CallResult result = new("s", "call_0", s_time, ["src/a.cs", "päth/\"1\""]);

        _events.Database.UsageWriter.Write(messages, [result]);

        Assert.Equal(messages.Reverse(), _events.Database.Usage.ReadMessages(TimeWindow.Always));
        var read = Assert.Single(_events.Database.Usage.ReadResults(TimeWindow.Always));
        Assert.Equal((result.SessionId, result.ToolUseId, result.Timestamp), (read.SessionId, read.ToolUseId, read.Timestamp));
        Assert.Equal(result.Tokens, read.Tokens);
    }

    [StoreFact]
    public void A_window_holds_its_start_and_not_its_end()
    {
        _events.Database.UsageWriter.Write([Message("s", "m1"), Message("s", "m2") with { Timestamp = s_time.AddSeconds(1) }], []);

        var window = new TimeWindow(s_time, s_time.AddSeconds(1));

        Assert.Equal("m1", Assert.Single(_events.Database.Usage.ReadMessages(window)).MessageId);
    }

    [StoreFact]
    public void Of_a_message_that_comes_again_the_larger_numbers_and_the_earlier_time_stay()
    {
        _events.Database.UsageWriter.Write([Message("s", "m") with { OutputTokens = 3, CallCount = 2 }], []);
        _events.Database.UsageWriter.Write(
            [
                Message("s", "m") with
                {
                    OutputTokens = 9,
                    CallCount = 1,
                    Timestamp = s_time.AddSeconds(-1),
                },
                Message("s", "m") with
                {
                    OutputTokens = 1,
                    Timestamp = s_time.AddSeconds(5),
                },
            ],
            []
        );

        var message = Assert.Single(_events.Database.Usage.ReadMessages(TimeWindow.Always));
        Assert.Equal((9L, 2, s_time.AddSeconds(-1)), (message.OutputTokens, message.CallCount, message.Timestamp));
    }

    [StoreFact]
    public void A_message_copied_to_another_session_stays_its_first_sessions()
    {
        CallResult result = new("s", "toolu_01A09q90qw90lq917835lq9", s_time, ["a/b"]);
        _events.Database.UsageWriter.Write([Message("s", Unique)], [result]);
        _events.Database.UsageWriter.Write([Message("fork", Unique)], [result with { SessionId = "fork" }]);

        Assert.Equal("s", Assert.Single(_events.Database.Usage.ReadMessages(TimeWindow.Always)).SessionId);
        Assert.Equal("s", Assert.Single(_events.Database.Usage.ReadResults(TimeWindow.Always)).SessionId);
    }

    [StoreFact]
    public void Messages_that_are_numbered_by_session_are_each_sessions_own()
    {
        _events.Database.UsageWriter.Write([Message("s", "msg_0"), Message("t", "msg_0")], []);

        Assert.Equal(2, _events.Database.Usage.ReadMessages(TimeWindow.Always).Count());
    }

    private static MessageUsage Message(string session, string id) =>
        new()
        {
            SessionId = session,
            MessageId = id,
            Timestamp = s_time,
        };
}

/// <summary>On SQLite.</summary>
public sealed class SqliteUsageStoreTests() : UsageStoreTests(new SqliteEvents());

/// <summary>On PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresUsageStoreTests() : UsageStoreTests(new PostgresEvents());
