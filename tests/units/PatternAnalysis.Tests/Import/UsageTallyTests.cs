using System.Text.Json;
using CsCheck;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What messages took, added up of their records.</summary>
public class UsageTallyTests
{
    private static readonly DateTime s_time = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly ImportedEvent s_record = new()
    {
        EventType = "",
        SessionId = "s",
        MessageId = "m",
        UtcTicks = s_time.Ticks,
    };

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("{}")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""{"command":"ls","n":-1.5e3,"b":true,"c":null,"d":[1,"x",{"e":{}}]}""")]
    [InlineData("""{"text":"a\nb\tc\"d\\e\r\b\f"}""")]
    [InlineData("""{"text":"\u0001\u001f"}""")]
    [InlineData("""{"list":[[],[[]],{},""]}""")]
    public void A_call_is_as_long_as_its_input_as_JSON(string json)
    {
        var (input, length) = (JsonFields.ParseObject(json), json.Length);
        for (var more = 0; more < 4; more++)
            Assert.Equal((length + more) / 4, Written(message => message.AddCall("c", input), more));
    }

    [Fact]
    public void However_it_is_written_down_it_is_as_long_as_in_the_shortest_form() =>
        Gen.String[Gen.Char["ab\n\t\"\\\u0001é→"], 0, 20]
            .Array[0, 4]
            .Sample(
                texts =>
                {
                    var escaped = JsonSerializer.Serialize(new { list = texts });
                    var length = 9 + texts.Sum(text => Shortest(text)) + Math.Max(1, texts.Length) + 1;

                    Assert.Equal(length / 4, Written(message => message.AddCall("c", JsonFields.ParseObject(escaped))));
                },
                iter: 300
            );

    [Fact]
    public void A_call_and_a_record_that_come_again_count_once()
    {
        var usage = Completed(message =>
        {
            message.Report(0, 0, 0, 0);
            message.AddCall("c", JsonFields.ParseObject("""{"a":"12345678"}"""));
            message.AddCall("c", JsonFields.ParseObject("""{"a":"12345678"}"""));
            message.AddCall(null, default);
            message.AddCall(null, default);
            if (message.IsNew("r") && !message.IsNew("r") && message.IsNew("q") && message.IsNew(null) && message.IsNew(null))
                message.AddText("1234");
            message.AddText((string?)null);
            message.AddText(JsonFields.ParseObject("""{"t":"\u0041bc\n"}""").Field("t"));
            message.AddText(JsonFields.ParseObject("{}").Field("t"));
        });

        Assert.Equal((3, (16 + 4 + 4) / 4), (usage!.CallCount, usage.OutputTokens));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(1, 5)]
    public void The_larger_of_what_is_reported_and_a_quarter_of_the_characters_was_written(long reported, long expected)
    {
        var usage = Completed(message =>
        {
            message.AddText(new string('x', 20));
            message.Report(7, reported, 8, 9);
            message.Report(6, 0, 9, 8);
        });

        Assert.Equal((7, expected, 9, 9), (usage!.InputTokens, usage.OutputTokens, usage.CacheWriteTokens, usage.CacheReadTokens));
    }

    [Fact]
    public void A_message_that_nothing_is_reported_of_is_none() => Assert.Null(Completed(message => message.AddText("some text")));

    [Fact]
    public void What_has_no_session_or_no_id_is_no_message()
    {
        var tally = new UsageTally();

        Assert.Null(tally.Of(s_record with { MessageId = null }, "m"));
        Assert.Null(tally.Of(s_record with { SessionId = "" }, "m"));
        Assert.NotNull(tally.Of(s_record, null));
        Assert.True(tally.Knows("s", "m"));
        Assert.False(tally.Knows("s", "x") || tally.Knows("x", "m"));
    }

    [Fact]
    public void The_first_record_says_whose_it_is_and_the_earliest_when()
    {
        var (tally, rows) = (new UsageTally(), new Rows());
        tally.Of(s_record with { UtcTicks = s_time.Ticks + 5, PromptId = "p" }, null)!.Report(1, 2, 3, 4);
        tally.Of(s_record with { AgentId = "a", PromptId = "q", SourceApp = "app" }, "model");
        tally.Of(s_record with { MessageId = "n", UtcTicks = null }, "other")!.Report(0, 0, 0, 0);

        tally.Complete(rows);

        Assert.Equal(["s/m a p app model 09:00:00", "s/n    other 00:00:00"], rows.Told);
        tally.Complete(rows);
        Assert.Equal(2, rows.Told.Count);
    }

    [Theory]
    [InlineData(4_999, 0)]
    [InlineData(5_000, 5_000)]
    public void Only_many_messages_are_handed_over_before_the_end(int messages, int told)
    {
        var (tally, rows) = (new UsageTally(), new Rows());
        for (var message = 0; message < messages; message++)
            tally.Of(s_record with { MessageId = $"{message}" }, null)!.Report(1, 1, 1, 1);

        tally.CompleteMany(rows);

        Assert.Equal(told, rows.Told.Count);
        Assert.Equal(told == 0, tally.Knows("s", "1"));
    }

    private static int Shortest(string text) =>
        2
        + text.Sum(character =>
            character is '\n' or '\t' or '"' or '\\' ? 2
            : character < ' ' ? 6
            : 1
        );

    private static long Written(Action<UsageTally.Message> add, int more = 0) =>
        Completed(message =>
        {
            message.Report(0, 0, 0, 0);
            add(message);
            message.AddText(new string('x', more));
        })!.OutputTokens;

    private static MessageUsage? Completed(Action<UsageTally.Message> add)
    {
        var (tally, rows) = (new UsageTally(), new Rows());
        add(tally.Of(s_record, "model")!);
        tally.Complete(rows);
        return rows.Messages.SingleOrDefault();
    }

    private sealed class Rows : IEventReceiver
    {
        public List<MessageUsage> Messages { get; } = [];

        public List<string> Told =>
            [
                .. Messages.Select(message =>
                    $"{message.SessionId}/{message.MessageId} {message.AgentId} {message.PromptId} {message.SourceApp} {message.Model} "
                    + message.Timestamp.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
                ),
            ];

        public void Add(ImportedEvent hookEvent, long place = 0) => throw new NotSupportedException();

        public void Add(MessageUsage usage) => Messages.Add(usage);

        public void Add(CallResult result) => throw new NotSupportedException();

        public void Skip(string reason, long place = 0, string? detail = null) => throw new NotSupportedException();
    }
}
