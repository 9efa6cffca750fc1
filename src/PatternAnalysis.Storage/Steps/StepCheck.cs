using System.Data.Common;
using System.Diagnostics;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Derives all that is derived once more, in memory, and compares: O(events).</summary>
internal sealed class StepCheck(ISqlDatabase database, INumberedEvents events, IStepTable table, TimeZoneInfo? timeZone)
{
    /// <summary>Checks; nothing is created or changed. Who derives meanwhile changes nothing of what is compared.</summary>
    public StepCheckResult Run(DangerRuleSet danger, IProgress<StepProgress>? progress, CancellationToken cancellationToken) =>
        database.ReadState("checking the derived steps", connection => Run(connection, danger, progress, cancellationToken));

    private StepCheckResult Run(
        DbConnection connection,
        DangerRuleSet danger,
        IProgress<StepProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        var rules = new StepRules(danger);
        var result = new StepCheckResult { Database = database.Name, Rules = rules.Name(timeZone) };
        if (!events.HaveNumbers(connection, null))
            return result with { Elapsed = clock.Elapsed };
        if (!table.IsThere(connection))
            return result with { UnderivedCount = events.Count(connection, null, default(EventGap)), Elapsed = clock.Elapsed };

        var blocks = StepBlocks.All(connection, null);
        var current = blocks.FindAll(block => block.Rules == result.Rules);
        var texts = StepTexts.Load(new StepContents(database), table, connection, null, ranges: null);
        var derivers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new StepDeriver(rules)).ToArray();
        var total = current.Sum(block => block.EventCount);
        result = result with
        {
            IsKept = StepState.Read(connection, null).IsKept,
            StaleCount = blocks.Except(current).Sum(block => block.EventCount),
            UnderivedCount = EventGap.Between(blocks).Sum(gap => events.Count(connection, null, gap)),
        };
        foreach (var block in current)
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = Compare(connection, block, texts, derivers, result);
            progress?.Report(new StepProgress(result.DerivedCount, total));
        }

        return result with
        {
            Elapsed = clock.Elapsed,
        };
    }

    private StepCheckResult Compare(
        DbConnection connection,
        StepBlock block,
        StepTexts texts,
        StepDeriver[] derivers,
        StepCheckResult result
    )
    {
        var stored = ReadStored(connection, block, texts);
        var batch = new EventBatch(derivers);
        events.Read(
            connection,
            null,
            new EventGap(
                block.FirstEvent == long.MinValue ? null : block.FirstEvent - 1,
                block.LastEvent == long.MaxValue ? null : block.LastEvent + 1
            ),
            int.MaxValue,
            batch
        );
        var derived = batch.Count == 0 ? [] : batch.Derived(block.Rules, block.DerivedAt).Steps;
        var (missing, changed) = (0, 0);
        foreach (var step in derived)
        {
            if (!stored.Remove(step.Event, out var kept))
                missing++;
            else if (kept != step)
                changed++;
        }

        return result with
        {
            DerivedCount = result.DerivedCount + block.EventCount,
            MissingCount = result.MissingCount + missing,
            ChangedCount = result.ChangedCount + changed,
            SurplusCount = result.SurplusCount + stored.Count,
        };
    }

    /// <summary>What is stored, by event; null for a step that what it stands for is missing of.</summary>
    private Dictionary<long, DerivedEvent?> ReadStored(DbConnection connection, StepBlock block, StepTexts texts) =>
        table
            .Read(connection, null, new EventRange(block.FirstEvent, block.LastEvent))
            .ToDictionary(step => step.Event, step => Read(step, texts));

    private static DerivedEvent? Read(in StoredStep step, StepTexts texts)
    {
        try
        {
            var facts = step.Facts == 0 ? null : texts.FactsOf(step.Facts);
            return new DerivedEvent(
                step.Event,
                step.Type,
                step.UtcTicks,
                texts.SourceOf(step.Source),
                facts,
                step.Verdict != 0 ? texts.VerdictOf(step.Verdict)
                    : facts is null ? null
                    : new JudgedStep(DangerVerdict.Safe),
                step.Call,
                step.Message,
                step.Milliseconds,
                step.Error
            );
        }
        catch (StepsChangedException)
        {
            return null;
        }
    }
}
