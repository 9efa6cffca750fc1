using System.Data.Common;
using System.Globalization;
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

    /// <summary>The columns of a step, in the order in which they are read.</summary>
    private const string Columns = "event, type, at, source, facts, verdict, call, message, milliseconds, error";

    /// <summary>Makes a plan; null where nothing is derived that the sink could take.</summary>
    /// <param name="database">The database.</param>
    /// <param name="events">Its events by their numbers.</param>
    /// <param name="timeZone">The zone of times that are stored without one.</param>
    /// <param name="connection">Where to read.</param>
    /// <param name="query">Which events are wanted.</param>
    /// <param name="sink">What takes them.</param>
    public static StepPlan? Of(
        ISqlDatabase database,
        INumberedEvents events,
        TimeZoneInfo? timeZone,
        DbConnection connection,
        EventQuery query,
        IHookEventSink sink
    )
    {
        if (
            sink is not IDerivedStepSink { Rules: { } rules }
            || database.ColumnsOf(connection, StepSchema.Blocks).Count == 0
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
            StepTexts.Load(new StepContents(database), connection, null, isMost ? null : ranges)
        )
        {
            Chosen = count,
        };
    }

    /// <summary>The derived steps of a stretch. Only numbers and the product's own names stand in the text.</summary>
    public static string Select(EventQuery query, EventRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"{Select(range)} AND ({TypesOf(query)} >> type) & 1 = 1")
        + (query.Window == TimeWindow.Always ? "" : " AND at IS NOT NULL");

    // A bit for each number: a list would be looked up for every row.
    private static int TypesOf(EventQuery query) =>
        query.EventTypes.Aggregate(0, (types, type) => types | 1 << HookEventType.NumberOf(type));

    /// <summary>All steps of a stretch.</summary>
    public static string Select(EventRange range) => $"SELECT {Columns} FROM {StepSchema.Steps} WHERE {IsIn(range)}";

    /// <summary>The events of a stretch whose times can't be read.</summary>
    public static string SelectUnreadable(EventRange range) => $"SELECT event FROM {StepSchema.Steps} WHERE {IsIn(range)} AND at IS NULL";

    private static string IsIn(EventRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"event >= {range.First} AND event <= {range.Last}");

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
