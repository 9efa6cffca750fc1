using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>What steps are derived from, and by which rules.</summary>
public sealed class EventBatchTests
{
    [Fact]
    public void A_zone_has_one_name()
    {
        var rules = new StepRules(DangerRuleSet.BuiltIn);

        Assert.Equal(rules.Name(null), rules.Name(TimeZoneInfo.Utc));
        Assert.Equal(rules.Name(null), rules.Name(TimeZoneInfo.CreateCustomTimeZone("Etc/Zulu", TimeSpan.Zero, "Zulu", "Zulu")));
        Assert.NotEqual(rules.Name(null), rules.Name(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

        // One that another version of the time zone database tells otherwise is another one.
        Assert.Equal(rules.Name(Zone("summer", endsIn: 2030)), rules.Name(Zone("another word for it", endsIn: 2030)));
        Assert.NotEqual(rules.Name(Zone("summer", endsIn: 2030)), rules.Name(Zone("summer", endsIn: 2029)));
    }

    [Fact]
    public void Payloads_that_are_derived_some_at_a_time_give_what_they_give_at_once()
    {
        var rules = new StepRules(DangerRuleSet.BuiltIn);
        var (some, all) = (
            new EventBatch([new StepDeriver(rules), new StepDeriver(rules)]) { BytesAtOnce = 300 },
            new EventBatch([new StepDeriver(rules)])
        );
        var number = 0;
        foreach (var any in AnyEvents.Generate(new Random(4), 200))
        {
            var row = new HookEventRow
            {
                SessionId = Bytes(any.SessionId),
                EventType = Bytes(any.Type),
                ToolName = Bytes(any.Tool),
                SourceApp = Bytes(any.Application),
                Payload = Bytes(any.Payload),
                UtcTicks = 1_000_000 + number,
                InsertionId = ++number,
            };
            some.Add(row);
            all.Add(row);
        }

        var (expected, found) = (all.Derived("rules", 1), some.Derived("rules", 1));

        Assert.Equal(expected.Block, found.Block);
        Assert.Equal((1, 200, 200), (found.Block.FirstEvent, found.Block.LastEvent, found.Block.EventCount));
        Assert.Equal(expected.Steps, found.Steps);

        static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? "");
    }

    private static TimeZoneInfo Zone(string words, int endsIn) =>
        TimeZoneInfo.CreateCustomTimeZone(
            "Somewhere",
            TimeSpan.FromHours(1),
            words,
            words,
            words,
            [
                TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
                    DateTime.MinValue.Date,
                    new DateTime(endsIn, 12, 31),
                    TimeSpan.FromHours(1),
                    TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 29),
                    TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 25)
                ),
            ]
        );
}
