using System.Data.Common;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// Derives the steps of events that are not derived yet, or were by other rules, some at a time: whoever stops it goes on later. Reading
/// and writing of a part is one transaction of who writes patterns, so that nobody derives or removes the same events meanwhile.
/// </summary>
internal sealed class StepDerivation(ISqlDatabase database, INumberedEvents events, IStepTable table, TimeZoneInfo? timeZone)
{
    /// <summary>How many events are derived in one transaction.</summary>
    public int BatchCount { get; set; } = 8192;

    /// <summary>How many events a block grows to.</summary>
    public int BlockCount { get; set; } = 16_384;

    private readonly StepBlocks _blocks = new(database, events);

    /// <summary>Derives all that is not derived; nothing where the steps are not kept, or events have no numbers.</summary>
    /// <param name="danger">The rules of what is dangerous.</param>
    /// <param name="progress">Told after each part how far it is.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays.</param>
    public StepDerivationResult Run(DangerRuleSet danger, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        // Whatever was named by mistake is left as it is: writing would make the product's tables in it.
        if (!HasNumbers())
            return new StepDerivationResult(0, null);
        var rules = new StepRules(danger);
        var bench = new Workbench(
            rules.Name(timeZone),
            [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new StepDeriver(rules))],
            new StepContents(database)
        );
        var derived = 0L;
        for (long? position = null; ; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = database.Write(
                "deriving steps",
                (connection, transaction) => DeriveNext(connection, transaction, bench, progress is not null, ref position),
                cancellationToken
            );
            if (count == 0)
            {
                if (bench.LeavesContents)
                    RemoveLeft(cancellationToken);
                return new StepDerivationResult(derived, bench.OtherRules);
            }

            derived += count;
            progress?.Report(new StepProgress(derived, bench.Total));
        }
    }

    /// <summary>Whether there are events to derive; nothing is created or changed.</summary>
    public bool HasNumbers() =>
        database.IsThere && database.ReadEvents("looking for events", connection => events.HaveNumbers(connection, null));

    /// <summary>Derives the next events behind a position.</summary>
    /// <returns>How many; 0 when all is derived.</returns>
    private int DeriveNext(DbConnection connection, DbTransaction transaction, Workbench bench, bool counts, ref long? position)
    {
        var state = StepState.Read(connection, transaction);
        if (!state.IsKept || !events.HaveNumbers(connection, transaction))
            return 0;
        bench.Forget(state.Removals);
        if (position is null)
            bench.LeavesContents |= _blocks.RemoveChanged(connection, transaction);

        var blocks = StepBlocks.All(connection, transaction);
        var valid = blocks.FindAll(block => block.Rules == bench.Rules);
        if (position is null)
        {
            bench.OtherRules = blocks.Find(block => block.Rules != bench.Rules)?.Rules;
            bench.LeavesContents |= bench.OtherRules is not null;
            bench.Total = counts ? EventGap.Between(valid).Sum(gap => events.Count(connection, transaction, gap)) : 0;
        }

        foreach (var gap in EventGap.Between(valid))
        {
            if (position is { } behind && gap.Before <= behind)
                continue;
            var batch = new EventBatch(bench.Derivers);
            events.Read(connection, transaction, gap, BatchCount, batch);
            if (batch.Count == 0)
            {
                Clear(connection, transaction, gap);
                continue;
            }

            var (block, steps) = batch.Derived(bench.Rules, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            var before = valid.Find(one => one.LastEvent == gap.After && one.EventCount + block.EventCount <= BlockCount);
            EventRange? grown = before is null ? null : new EventRange(before.FirstEvent, before.LastEvent);
            new StepWriter(table, bench.Contents).Write(connection, transaction, gap.After, block.LastEvent, steps, grown);
            StepBlocks.Remove(connection, transaction, gap.After is { } last ? last + 1 : long.MinValue, block.LastEvent);
            _blocks.Put(connection, transaction, before?.And(block) ?? block);
            position = block.LastEvent;
            return batch.Count;
        }

        return 0;
    }

    // Other rules, or other events, stood for other texts: worse masked perhaps, or of somebody who asked to be forgotten.
    private void RemoveLeft(CancellationToken cancellationToken) =>
        database.Write(
            "removing what no step stands for",
            (connection, transaction) =>
            {
                new StepUpkeep(database, events, table).RemoveUncovered(connection, transaction);
                return true;
            },
            cancellationToken
        );

    // Rows of events that are no more, and blocks of other rules that held nothing else.
    private void Clear(DbConnection connection, DbTransaction transaction, EventGap gap)
    {
        table.Remove(connection, transaction, gap);
        StepBlocks.Remove(
            connection,
            transaction,
            gap.After is { } after ? after + 1 : long.MinValue,
            gap.Before is { } before ? before - 1 : long.MaxValue
        );
    }

    /// <summary>What one run derives by.</summary>
    private sealed class Workbench(string rules, StepDeriver[] derivers, StepContents contents)
    {
        private long? _removals;

        public string Rules => rules;

        public StepDeriver[] Derivers => derivers;

        public StepContents Contents => contents;

        /// <summary>The rules that some events were derived by at the start and that are not those of the run.</summary>
        public string? OtherRules { get; set; }

        /// <summary>Whether texts may be left that no step stands for.</summary>
        public bool LeavesContents { get; set; }

        /// <summary>How many events there were to derive at the start, if that was counted.</summary>
        public long Total { get; set; }

        /// <summary>Forgets what is known to be stored when somebody removed rows since.</summary>
        public void Forget(long removals)
        {
            if (_removals != removals)
                contents.Forget();
            _removals = removals;
        }
    }
}
