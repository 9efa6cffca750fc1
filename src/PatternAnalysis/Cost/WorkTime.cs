using PatternAnalysis.Sequences;

namespace PatternAnalysis.Cost;

/// <summary>How long tools ran and the model was waited for.</summary>
internal readonly record struct WorkTime(TimeSpan Tool, TimeSpan Model, TimeSpan Pause)
{
    /// <summary>Both together.</summary>
    public WorkTime And(WorkTime other) => new(Tool + other.Tool, Model + other.Model, Pause + other.Pause);

    /// <summary>The times of one case.</summary>
    /// <param name="corpus">Where it is; cases of prompts, so that no pause runs from one prompt to the next.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="longestWait">The longest pause that counts as waiting for the model.</param>
    public static WorkTime Of(SequenceCorpus corpus, int sequence, TimeSpan longestWait)
    {
        var (tool, model, pause) = (0L, 0L, 0L);
        var free = 0L;
        for (var step = 0; step < corpus.Length(sequence); step++)
        {
            var start = corpus.UtcTicks(sequence, step);
            if (start == 0)
                return default;
            var duration = Math.Max(0, corpus.End(sequence, step).Milliseconds) * TimeSpan.TicksPerMillisecond;
            if (step > 0 && start > free)
            {
                model += Math.Min(start - free, longestWait.Ticks);
                pause += Math.Max(0, start - free - longestWait.Ticks);
            }

            // Calls of one message run side by side: time that passes once counts once.
            tool += Math.Max(0, start + duration - Math.Max(start, free));
            free = Math.Max(free, start + duration);
        }

        return new WorkTime(new TimeSpan(tool), new TimeSpan(model), new TimeSpan(pause));
    }
}
