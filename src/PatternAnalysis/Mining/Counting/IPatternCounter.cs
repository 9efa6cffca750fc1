using PatternAnalysis.Events;
using PatternAnalysis.Options;

namespace PatternAnalysis.Mining;

/// <summary>
/// A store that counts where the events lie, so that counts travel and events do not. Sequences are texts in which each activity is one
/// character,
/// U+0021 for the first of <see cref="CountedEvents.Activities"/> and so on. All answers are of one state of the store.
/// </summary>
public interface IPatternCounter : IDisposable
{
    /// <summary>The most activities that there may be: characters up to the first surrogate.</summary>
    const int MostActivities = 0xD800 - FirstCharacter;

    /// <summary>The character of the first activity.</summary>
    const char FirstCharacter = '!';

    /// <summary>Looks at the events; everything else is counted over what this selects.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="exclude">Which activities are left out, or null for none.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PatternAnalysisException">The store can't be read, or can't answer such a query.</exception>
    CountedEvents CountEvents(EventQuery query, WildcardFilter? exclude, CancellationToken cancellationToken);

    /// <summary>
    /// The sub-sequences of some lengths that occur in enough sessions and have at least two different left neighbours, where the start of
    /// a session
    /// counts as one that differs from all others.
    /// </summary>
    /// <param name="minimumLength">The shortest.</param>
    /// <param name="maximumLength">The longest.</param>
    /// <param name="prefixes">The only beginnings, of one step less than the shortest, that need to be looked at; null for all.</param>
    /// <param name="minimumSessions">In how many sessions they must occur.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    IReadOnlyList<SequenceCount> CountSequences(
        int minimumLength,
        int maximumLength,
        IReadOnlyCollection<string>? prefixes,
        int minimumSessions,
        CancellationToken cancellationToken
    );

    /// <summary>The sum of E_s of each cut over the sessions that hold its longer part; in the order of the cuts.</summary>
    IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken);

    /// <summary>The further sums of each cut, likewise.</summary>
    IReadOnlyList<CutSums> SumCuts(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken);

    /// <summary>The texts of all sessions of at most so many steps, each with how many sessions are just that.</summary>
    IReadOnlyList<(string Steps, long Sessions)> CountShortSessions(int longest, CancellationToken cancellationToken);

    /// <summary>The sessions that hold each of some sequences.</summary>
    ILookup<string, SessionSighting> FindSightings(IReadOnlyCollection<string> sequences, CancellationToken cancellationToken);

    /// <summary>
    /// The steps of one session and their times, in UTC ticks to the millisecond: for a session that two windows cut at different places.
    /// </summary>
    (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId);

    /// <summary>
    /// How many steps sequences cover when each takes its occurrences, from left to right, from what those before it left over.
    /// </summary>
    long CountCoveredSteps(IReadOnlyList<string> inOrder, CancellationToken cancellationToken);
}

/// <summary>The events that a counter counts over.</summary>
/// <param name="Activities">The activities.</param>
/// <param name="Reading">What was looked at, and what of it was left out.</param>
/// <param name="SessionCount">How many sessions have a step.</param>
/// <param name="ObservedFrom">The first step of any session, in UTC ticks to the millisecond; 0 when there is none.</param>
/// <param name="ObservedTo">The last step of any session, likewise.</param>
public sealed record CountedEvents(
    IReadOnlyList<string> Activities,
    EventReading Reading,
    int SessionCount,
    long ObservedFrom,
    long ObservedTo
);

/// <summary>How often a sub-sequence occurs.</summary>
/// <param name="Sequence">The sub-sequence.</param>
/// <param name="RawCount">How often it occurs, overlapping occurrences included.</param>
/// <param name="OccurrenceCount">How often it occurs, counted from left to right without overlap.</param>
/// <param name="SessionCount">In how many sessions it occurs.</param>
/// <param name="SquaredCount">The sum over the sessions of their occurrences squared.</param>
public readonly record struct SequenceCount(string Sequence, long RawCount, long OccurrenceCount, int SessionCount, double SquaredCount);

/// <summary>One way of cutting a pattern in two.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Longer">Its longer part.</param>
/// <param name="Shorter">Its shorter part.</param>
/// <param name="Inside">How often the shorter part occurs inside the longer one.</param>
public readonly record struct CountedCut(string Pattern, string Longer, string Shorter, int Inside);

/// <summary>
/// Sums of a cut over the sessions that hold its longer part: E_s and V_s of the null model, T_s the occurrences of the pattern.
/// </summary>
/// <param name="Variance">Sum of V_s.</param>
/// <param name="CountTimesExpected">Sum of T_s E_s.</param>
/// <param name="SquaredExpected">Sum of E_s squared.</param>
public readonly record struct CutSums(double Variance, double CountTimesExpected, double SquaredExpected);
