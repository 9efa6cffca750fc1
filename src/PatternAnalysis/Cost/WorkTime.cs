using PatternAnalysis.Sequences;

namespace PatternAnalysis.Cost;

/// <summary>How long tools ran and the model was waited for.</summary>
internal readonly record struct WorkTime(TimeSpan Tool, TimeSpan Model, TimeSpan Pause)
{
    /// <summary>Both together.</summary>
    public WorkTime And(WorkTime other) => new(Tool + other.Tool, Model + other.Model, Pause + other.Pause);

    /// <summary>The times of one case.</summary>
    /// <inheritdoc cref="OfSteps"/>
    public static WorkTime Of(SequenceCorpus corpus, int sequence, TimeSpan longestWait) =>
        OfSteps(corpus, sequence, longestWait).Aggregate(default(WorkTime), (all, step) => all.And(step));

    /// <summary>The times of the steps of one case, waiting with the step that was waited for; none when a step has no time.</summary>
    /// <param name="corpus">Where it is; cases of prompts, so that no pause runs from one prompt to the next.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="longestWait">The longest pause that counts as waiting for the model.</param>
    public static WorkTime[] OfSteps(SequenceCorpus corpus, int sequence, TimeSpan longestWait)
    {
        var times = new WorkTime[corpus.Length(sequence)];
        var free = 0L;
        for (var step = 0; step < times.Length; step++)
        {
            var start = corpus.UtcTicks(sequence, step);
            if (start == 0)
                return [];
            var duration = Math.Max(0, corpus.End(sequence, step).Milliseconds) * TimeSpan.TicksPerMillisecond;
            var wait = step > 0 ? Math.Max(0, start - free) : 0;

            // Calls of one message run side by side: time that passes once counts once.
            times[step] = new WorkTime(
                new TimeSpan(Math.Max(0, start + duration - Math.Max(start, free))),
                new TimeSpan(Math.Min(wait, longestWait.Ticks)),
                new TimeSpan(Math.Max(0, wait - longestWait.Ticks))
            );
            free = Math.Max(free, start + duration);
        }

        return times;
    }
}
