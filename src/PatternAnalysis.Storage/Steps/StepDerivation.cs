using System.Data.Common;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// Derives the steps of events that are not derived yet, or were by other rules, some at a time: whoever stops it goes on later. Reading
/// and writing of a part is one transaction of who writes patterns, so that nobody derives or removes the same events meanwhile.
/// </summary>
internal sealed class StepDerivation(ISqlDatabase database, INumberedEvents events, TimeZoneInfo? timeZone, bool hasSessions)
{
    /// <summary>How many events are derived in one transaction.</summary>
    public const int BatchCount = 8192;

    /// <summary>How many events a block grows to.</summary>
    public const int BlockCount = 16_384;

    private readonly StepBlocks _blocks = new(database, events);

    /// <summary>Derives all that is not derived.</summary>
    /// <param name="danger">The rules of what is dangerous.</param>
    /// <param name="progress">Told after each part how many events were derived so far.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays.</param>
    /// <returns>How many events were derived; 0 as well where the steps are not kept, or events have no numbers.</returns>
    public long Run(DangerRuleSet danger, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var rules = new StepRules(danger);
        var run = new Workbench(
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
                (connection, transaction) => DeriveNext(connection, transaction, run, ref position),
                cancellationToken
            );
            if (count == 0)
                return derived;
            derived += count;
            progress?.Report(derived);
        }
    }

    /// <summary>Derives the next events behind a position.</summary>
    /// <returns>How many; 0 when all is derived.</returns>
    private int DeriveNext(DbConnection connection, DbTransaction transaction, Workbench run, ref long? position)
    {
        var state = StepState.Read(connection, transaction);
        if (!state.IsKept || !events.HaveNumbers(connection, transaction))
            return 0;
        run.Forget(state.Removals);
        if (position is null)
            _blocks.RemoveChanged(connection, transaction);

        var valid = StepBlocks.All(connection, transaction).FindAll(block => block.Rules == run.Rules);
        foreach (var gap in EventGap.Between(valid))
        {
            if (position is { } behind && gap.Before <= behind)
                continue;
            var batch = new EventBatch();
            events.Read(connection, transaction, gap, BatchCount, batch);
            if (batch.Count == 0)
            {
                Clear(connection, transaction, gap);
                continue;
            }

            var (block, steps) = batch.Derive(run.Derivers, run.Rules, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
            new StepWriter(database, run.Contents, hasSessions).Write(connection, transaction, gap.After, block.LastEvent, steps);
            StepBlocks.Remove(connection, transaction, gap.After is { } last ? last + 1 : long.MinValue, block.LastEvent);
            var before = valid.Find(one => one.LastEvent == gap.After);
            var grows = before is not null && before.EventCount + block.EventCount <= BlockCount;
            _blocks.Put(connection, transaction, grows ? before!.And(block) : block);
            position = block.LastEvent;
            return batch.Count;
        }

        return 0;
    }

    // Rows of events that are no more, and blocks of other rules that held nothing else.
    private static void Clear(DbConnection connection, DbTransaction transaction, EventGap gap)
    {
        StepWriter.Remove(connection, transaction, gap);
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

        /// <summary>Forgets what is known to be stored when somebody removed rows since.</summary>
        public void Forget(long removals)
        {
            if (_removals != removals)
                contents.Forget();
            _removals = removals;
        }
    }
}
