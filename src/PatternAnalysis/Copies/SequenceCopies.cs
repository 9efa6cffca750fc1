using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Copies;

/// <summary>Copies of sequences: steps, times, outcomes and verdicts; not what a turn of a model cost.</summary>
internal static class SequenceCopies
{
    public static SequenceCopy Of(ToolSequence sequence)
    {
        if (sequence.Source is not var (corpus, index))
        {
            return new SequenceCopy
            {
                Session = sequence.SessionId,
                Steps = sequence.RawSteps,
                Events = sequence.EventCount,
                First = sequence.FirstSeen?.UtcTicks ?? 0,
                Last = sequence.LastSeen?.UtcTicks ?? 0,
            };
        }

        int[] steps = [.. Enumerable.Range(0, corpus.Length(index))];
        DangerVerdict[] verdicts = [.. steps.Select(step => corpus.Verdict(index, step)).Where(v => v != DangerVerdict.Safe).Distinct()];
        return new SequenceCopy
        {
            Session = sequence.SessionId,
            Steps = sequence.RawSteps,
            Events = sequence.EventCount,
            First = sequence.FirstSeen?.UtcTicks ?? 0,
            Last = sequence.LastSeen?.UtcTicks ?? 0,
            Times = Array.ConvertAll(steps, step => corpus.UtcTicks(index, step)),
            Outcomes = Array.ConvertAll(steps, step => (int)corpus.End(index, step).Outcome),
            Milliseconds = Array.ConvertAll(steps, step => corpus.End(index, step).Milliseconds),
            Verdict = Array.ConvertAll(steps, step => Array.IndexOf(verdicts, corpus.Verdict(index, step)) + 1),
            Verdicts = verdicts,
            IsIncomplete = sequence.IsIncomplete,
            HadRecords = sequence.HasLostRecords || corpus.Records is not null,
            Source = CopySource.Of(corpus.Reading, corpus.Origin),
        };
    }

    public static ToolSequence Read(SequenceCopy copy)
    {
        if (copy.Verdict.Length != copy.Steps.Length)
            return new ToolSequence(copy.Session, copy.Steps, Instant(copy.First), Instant(copy.Last));

        var (activities, verdicts) = (new Utf8Interner(), new VerdictTable());
        var builder = new CorpusBuilder(activities, verdicts, capacity: copy.Steps.Length);
        builder.StartSequence(copy.Session, copy.First, copy.Events);
        for (var i = 0; i < copy.Steps.Length; i++)
        {
            builder.AddStep(
                activities.Add(copy.Steps[i]),
                i == copy.Steps.Length - 1 ? copy.Last : At(copy.Times, i, copy.First),
                verdicts.Add(new JudgedStep(copy.Verdict[i] is > 0 and var number ? copy.Verdicts[number - 1] : DangerVerdict.Safe)),
                new CallEnd((CallOutcome)At(copy.Outcomes, i, 0), At(copy.Milliseconds, i, -1))
            );
        }

        var (reading, origin) = copy.Source is { } source ? CopySource.ReadingOf(source) : new CopiedReading(EventReading.None, null);
        return new ToolSequence(builder.Build(reading, origin), 0) { IsIncomplete = copy.IsIncomplete, HasLostRecords = copy.HadRecords };
    }

    private static T At<T>(T[] values, int index, T otherwise) => index < values.Length ? values[index] : otherwise;

    private static DateTimeOffset? Instant(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
