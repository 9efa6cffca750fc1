using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// One run of an engine: what it was asked for, and all that it found. Statistics need the whole family of a pattern, not just the pattern.
/// </summary>
internal abstract class MiningRun
{
    protected MiningRun(MiningOptions options, IReadOnlyList<PatternPlace> found, MiningRun? main = null)
    {
        Options = options;
        Main = main ?? this;
        Patterns = [.. found.Select((place, number) => new RepeatedPattern(this, place, number))];
    }

    public MiningOptions Options { get; }

    /// <summary>
    /// The run whose destructive patterns this one holds without their destructive occurrences; itself for a run of its own.
    /// </summary>
    public MiningRun Main { get; }

    /// <summary>What is left of its destructive patterns without their destructive occurrences; null when nothing is.</summary>
    public MiningRun? Variants { get; set; }

    /// <summary>The patterns; each one's number in the family is its place here.</summary>
    public IReadOnlyList<RepeatedPattern> Patterns { get; }

    /// <summary>What the search gave up, a sentence each; nothing on events as people's work leaves them.</summary>
    public IReadOnlyList<string> GivenUp { get; set; } = [];

    /// <summary>The sequences that were mined; null when they stayed in their store.</summary>
    public virtual SequenceCorpus? Corpus => null;

    /// <summary>What was read.</summary>
    public abstract EventReading Reading { get; }

    /// <summary>How the events became sequences; null when that is not known.</summary>
    public abstract SequenceOrigin? Origin { get; }

    /// <summary>How many sessions had a step.</summary>
    public abstract int SessionCount { get; }

    /// <summary>The rules that the steps were judged by.</summary>
    public abstract DangerRuleSet Rules { get; }

    /// <summary>The first and the last step of any session, in UTC ticks to the millisecond; 0 when steps have no times.</summary>
    public abstract (long From, long To) ObservedTicks { get; }

    /// <summary>Whether a verdict that was stored still follows from the rules.</summary>
    public virtual bool IsInForce(DangerVerdict verdict) => Rules.IsInForce(verdict);

    /// <summary>How many sessions have a step in a window, and how many steps lie in it; null where that is not known.</summary>
    public virtual (int Sessions, long Steps)? CountIn(TimeWindow window) => null;

    /// <summary>
    /// How many steps patterns cover when each takes its occurrences, from left to right, from what those before it left over; null where
    /// the steps are at hand.
    /// </summary>
    public virtual long? CountCoveredSteps(IEnumerable<PatternPlace> inOrder, CancellationToken cancellationToken) => null;

    /// <summary>The distinct sequences of at most so many steps, each with the number of sessions that are it.</summary>
    public virtual IEnumerable<(int[] Steps, long Sessions)> ShortSequences(int longest, CancellationToken cancellationToken) =>
        Corpus is not { } corpus
            ? []
            : Enumerable
                .Range(0, corpus.Count)
                .Where(session => corpus.Length(session) <= longest)
                .Select(session => (corpus.Steps(session).ToArray(), 1L));

    /// <summary>The steps of every so many-th session; null when the sequences did not come along.</summary>
    public virtual SampledSteps? Sample(int every, CancellationToken cancellationToken) =>
        Corpus is { } corpus ? SampledSteps.Of(corpus, every) : null;

    /// <summary>How many steps all sessions have.</summary>
    public virtual long StepCount => Corpus?.StepCount ?? 0;

    /// <summary>Does what each engine does in another way.</summary>
    public abstract TResult Accept<TResult>(IMiningRunVisitor<TResult> visitor);

    /// <summary>Says that the sightings of these patterns are going to be asked for.</summary>
    public virtual void Prepare(IReadOnlyCollection<RepeatedPattern> patterns, CancellationToken cancellationToken) { }
}
