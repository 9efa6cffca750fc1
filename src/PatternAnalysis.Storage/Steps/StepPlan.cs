using System.Data.Common;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Events from one number to another, both included.</summary>
internal readonly record struct EventRange(long First, long Last);

/// <summary>How events are read where some of them are derived.</summary>
/// <param name="Blocks">The blocks that hold.</param>
/// <param name="Ranges">The stretches whose derived steps may be wanted, in parts of about equal size.</param>
/// <param name="Gaps">The events that must be read themselves.</param>
/// <param name="Unreadable">
/// The stretches with times that can't be read: whether such an event counts in a window tells its time as it stands, so it is read itself.
/// Empty where nobody asks for a window.
/// </param>
/// <param name="Texts">What the ids in the steps stand for.</param>
internal sealed record StepPlan(
    IReadOnlyList<StepBlock> Blocks,
    IReadOnlyList<EventRange> Ranges,
    IReadOnlyList<EventGap> Gaps,
    IReadOnlyList<EventRange> Unreadable,
    IDerivedTexts Texts
)
{
    private const long EventsPerPart = 131_072;
    private const int ShareThatLoadsAll = 4;
    private const long EventsWorthAConnection = 50_000;

    /// <summary>How many connections are worth opening for the derived steps.</summary>
    public int Connections => (int)Math.Clamp(Chosen / EventsWorthAConnection, 1, Environment.ProcessorCount);

    private long Chosen { get; init; }

    /// <summary>Makes a plan; null where nothing is derived that the sink could take.</summary>
    /// <param name="database">The database.</param>
    /// <param name="events">Its events by their numbers.</param>
    /// <param name="table">Its steps.</param>
    /// <param name="timeZone">The zone of times that are stored without one.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="query">Which events are wanted.</param>
    /// <param name="sink">What takes them.</param>
    public static StepPlan? Of(
        ISqlDatabase database,
        INumberedEvents events,
        IStepTable table,
        TimeZoneInfo? timeZone,
        DbConnection connection,
        EventQuery query,
        IHookEventSink sink
    )
    {
        if (
            sink is not IDerivedStepSink { Rules: { } rules }
            || !table.IsThere(connection)
            || !events.MayReadSteps(connection)
            || !query.EventTypes.All(type => HookEventType.All.Contains(type))
            || !events.HaveNumbers(connection, null)
        )
            return null;

        var blocks = new StepBlocks(database, events).Valid(connection, null, rules.Name(timeZone));
        if (blocks.Count == 0)
            return null;
        var chosen = blocks.FindAll(block => block.MayHold(query.Window));
        var ranges = Stretches(chosen);
        var count = chosen.Sum(block => block.EventCount);
        var isMost = count * ShareThatLoadsAll > blocks.Sum(block => block.EventCount);
        return new StepPlan(
            blocks,
            ranges,
            [.. EventGap.Between(blocks)],
            query.Window == TimeWindow.Always ? [] : Stretches(blocks.FindAll(block => block.HasUnreadableTimes)),
            StepTexts.Load(new StepContents(database), table, connection, null, isMost ? null : ranges)
        )
        {
            Chosen = count,
        };
    }

    /// <summary>
    /// The types of events that a query wants, a bit for the number of each: a list would be looked up for every step.
    /// </summary>
    public static int TypesOf(EventQuery query) =>
        query.EventTypes.Aggregate(0, (types, type) => types | 1 << HookEventType.NumberOf(type));

    /// <summary>Whether blocks are still there that were: what was read of them is whole then.</summary>
    public bool StillHolds(DbConnection connection)
    {
        var now = StepBlocks.All(connection, null);
        return Blocks.All(block =>
            now.Exists(one =>
                one.Rules == block.Rules
                && one.FirstEvent <= block.FirstEvent
                && one.LastEvent >= block.LastEvent
                && (one.FirstEvent != block.FirstEvent || one.FirstMark == block.FirstMark)
            )
        );
    }

    private static List<EventRange> Stretches(List<StepBlock> blocks)
    {
        var ranges = new List<EventRange>();
        var count = 0L;
        StepBlock? before = null;
        foreach (var block in blocks)
        {
            if (before is not null && count < EventsPerPart && block.FirstEvent == before.LastEvent + 1)
                (ranges[^1], count) = (ranges[^1] with { Last = block.LastEvent }, count + block.EventCount);
            else
            {
                ranges.Add(new EventRange(block.FirstEvent, block.LastEvent));
                count = block.EventCount;
            }

            before = block;
        }

        return ranges;
    }
}
