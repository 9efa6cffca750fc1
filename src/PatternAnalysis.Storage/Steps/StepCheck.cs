using System.Data.Common;
using System.Diagnostics;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Derives all that is derived once more, in memory, and compares: O(events).</summary>
internal sealed class StepCheck(ISqlDatabase database, INumberedEvents events, TimeZoneInfo? timeZone)
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
        if (database.ColumnsOf(connection, StepSchema.State).Count == 0)
            return result with { UnderivedCount = events.Count(connection, null, default(EventGap)), Elapsed = clock.Elapsed };

        var blocks = StepBlocks.All(connection, null);
        var current = blocks.FindAll(block => block.Rules == result.Rules);
        var texts = StepTexts.Load(new StepContents(database), connection, null, ranges: null);
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
    private static Dictionary<long, DerivedEvent?> ReadStored(DbConnection connection, StepBlock block, StepTexts texts)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = StepPlan.Select(new EventRange(block.FirstEvent, block.LastEvent));
        using var row = command.ExecuteReader();
        var stored = new Dictionary<long, DerivedEvent?>();
        while (row.Read())
            stored[row.GetInt64(0)] = Read(row, texts);
        return stored;
    }

    private static DerivedEvent? Read(DbDataReader row, StepTexts texts)
    {
        try
        {
            StepFacts? facts = Number(row, 4) is { } id ? texts.FactsOf(id) : null;
            return new DerivedEvent(
                row.GetInt64(0),
                row.GetInt16(1),
                Number(row, 2),
                texts.SourceOf(row.GetInt64(3)),
                facts,
                Number(row, 5) is { } verdict ? texts.VerdictOf(verdict)
                    : facts is null ? null
                    : new JudgedStep(DangerVerdict.Safe),
                unchecked((ulong)(Number(row, 6) ?? 0)),
                unchecked((ulong)(Number(row, 7) ?? 0)),
                Number(row, 8) ?? -1,
                row.IsDBNull(9) ? null : row.GetString(9)
            );
        }
        catch (StepsChangedException)
        {
            return null;
        }
    }

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
