using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>Which events are one event, and which are two.</summary>
public class EventIdentityTests
{
    private const string Unique = "toolu_01A09q90qw90lq917835lq9";

    private static readonly long s_time = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc).Ticks;

    private static ImportedEvent Call =>
        new()
        {
            EventType = "PreToolUse",
            SessionId = "s",
            ToolName = "Bash",
            UtcTicks = s_time,
            ToolInput = JsonFields.ParseObject("""{"command":"ls"}"""),
        };

    private static ImportedEvent Prompt =>
        new()
        {
            EventType = "UserPromptSubmit",
            SessionId = "s",
            UtcTicks = s_time,
            Text = "Fix it",
        };

    public static TheoryData<string, ImportedEvent, ImportedEvent, bool> Pairs =>
        new()
        {
            { "the same", Call, Call, true },
            { "another session", Call, Call with { SessionId = "t" }, false },
            { "another agent", Call, Call with { AgentId = "a" }, false },
            { "another type", Call, Call with { EventType = "PostToolUse" }, false },
            { "another tool", Call, Call with { ToolName = "Read" }, false },
            { "another time", Call, Call with { UtcTicks = s_time + 1 }, false },
            { "another input", Call, Call with { ToolInput = JsonFields.ParseObject("""{"command":"cat"}""") }, false },
            { "another application, which a copy may not name", Call, Call with { SourceApp = "x" }, true },
            { "no unique id but in another session", WithCall("call_0"), WithCall("call_0") with { SessionId = "t" }, false },
            { "no unique id but at another time", WithCall("call_0"), WithCall("call_0") with { UtcTicks = s_time + 1 }, false },
            { "ids that count", WithCall("call_0"), WithCall("call_1"), false },
            { "an id that counts, whatever it was given", WithCall("call_0"), WithCall("call_0") with { ToolInput = default }, true },
            {
                "a unique id wherever",
                WithCall(Unique),
                WithCall(Unique) with
                {
                    SessionId = "t",
                    UtcTicks = null,
                    ToolInput = default,
                },
                true
            },
            { "a unique id at another moment", WithCall(Unique), WithCall(Unique) with { EventType = "PostToolUse" }, false },
            { "an invented id", WithCall(Unique) with { HasInventedId = true }, Call, true },
            { "an id beyond 200 characters", WithCall(new string('x', 200) + "1"), WithCall(new string('y', 200) + "2"), false },
            { "prompts by their ids", WithPrompt("p_1"), WithPrompt("p_1") with { Text = "Other" }, true },
            { "prompts by other ids", WithPrompt("p_1"), WithPrompt("p_2"), false },
            { "prompts by ids in another session", WithPrompt("p_1"), WithPrompt("p_1") with { SessionId = "t" }, false },
            { "prompts by unique ids wherever", WithPrompt(Unique), WithPrompt(Unique) with { SessionId = "t", UtcTicks = null }, true },
            { "prompts by their text", Prompt, Prompt with { Text = "Other" }, false },
            { "calls that serve one prompt", Call with { PromptId = "p" }, Call with { PromptId = "p", ToolName = "Read" }, false },
            { "rows by given ids", Row("e_1"), Row("e_1") with { ToolName = "Read", UtcTicks = s_time }, false },
            { "rows by given unique ids", Row(Unique), Row(Unique) with { SessionId = "t" }, true },
            { "rows by other given ids", Row("e_1"), Row("e_2"), false },
            { "rows by ids of this product", Row(new string('A', 32)), Row(new string('A', 32)) with { SessionId = "t" }, true },
            { "rows by counted ids of this product", Row(new string('A', 32) + ":1"), Row(new string('A', 32)), false },
        };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_events_are_one_when_their_ids_are(string why, ImportedEvent one, ImportedEvent other, bool areOne) =>
        Assert.True(areOne == (Id(one) == Id(other)), why);

    [Fact]
    public void Ids_say_what_they_are()
    {
        Assert.Equal($"{Unique}:PreToolUse", Id(WithCall(Unique)));
        Assert.Equal($"{Unique}:UserPromptSubmit", Id(WithPrompt(Unique)));
        Assert.Equal(Unique, Id(Row(Unique)));
        Assert.Equal(new string('0', 32) + ":12", Id(Row(new string('0', 32) + ":12")));
        Assert.Matches("^[0-9A-F]{32}$", Id(Call));
        Assert.Matches("^[0-9A-F]{32}$", Id(Row(new string('a', 32))));
        Assert.Matches("^[0-9A-F]{32}$", Id(Row(new string('A', 32) + ":x")));
        Assert.Matches("^[0-9A-F]{32}$", Id(Row("x" + new string('A', 32)) with { UtcTicks = null }));
    }

    [Fact]
    public void A_row_that_this_product_named_keeps_its_name_whatever_call_it_is_of() =>
        Assert.Equal(new string('B', 32), Id(WithCall(Unique) with { EventId = new string('B', 32) }));

    [Fact]
    public void Equal_events_of_a_file_are_counted_where_nothing_else_tells_them_apart()
    {
        var builder = Builder();
        string[] ids = [.. new[] { Call, Call, Prompt, Call }.Select(row => Id(row, builder))];

        Assert.Equal([ids[0], $"{ids[0]}:1", ids[2], $"{ids[0]}:2"], ids);
        Assert.NotEqual(ids[0], ids[2]);
        Assert.Equal(ids[0], Id(Call));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_id_that_counts_comes_again_for_another_call_only_without_a_time(bool isDated)
    {
        var builder = Builder();
        var call = WithCall("call_0") with { UtcTicks = isDated ? s_time : null };
        var (first, second) = (Id(call, builder), Id(call, builder));

        Assert.Equal(isDated ? first : $"{first}:1", second);
    }

    private static ImportedEvent WithCall(string id) => Call with { ToolUseId = id };

    private static ImportedEvent WithPrompt(string id) => Prompt with { PromptId = id };

    private static ImportedEvent Row(string id) => Call with { EventId = id };

    private static string Id(ImportedEvent row, RecordBuilder? builder = null)
    {
        Assert.Null((builder ?? Builder()).TryBuild(row, out var record));
        return record!.EventId;
    }

    private static RecordBuilder Builder() =>
        new(PayloadMode.Command, new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 3, 0, 0, 0, DateTimeKind.Utc));
}
