using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Mining;

/// <summary>
/// A store that counts where the events lie, so that counts travel and events do not. Sequences are texts in which each activity is one
/// character, U+0021 for the first of <see cref="CountedEvents.Activities"/> and so on; those that were counted have numbers, too. All
/// answers are of one state of the store.
/// </summary>
public interface IPatternCounter : IDisposable
{
    /// <summary>The most activities that there may be: characters up to the first surrogate.</summary>
    const int MostActivities = 0xD800 - FirstCharacter;

    /// <summary>The character of the first activity.</summary>
    const char FirstCharacter = '!';

    /// <summary>
    /// Why the store leaves the events to who reads them, as the end of a sentence on them; null while it counts. Said by
    /// <see cref="CountEvents"/>.
    /// </summary>
    string? Declined { get; }

    /// <summary>
    /// Looks at the events and cuts them into cases; everything else is counted over these. Null when they are better read:
    /// <see cref="Declined"/> says why.
    /// </summary>
    /// <param name="query">Which events.</param>
    /// <param name="activity">How they become steps, and steps cases.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    CountedEvents? CountEvents(EventQuery query, ActivityOptions activity, CancellationToken cancellationToken);

    /// <summary>
    /// The sub-sequences that occur in enough cases and have at least two different left neighbours, where the start of a case counts as
    /// one that differs from all others: those of one step, then those of two, and so on while there are any. Asked once.
    /// </summary>
    /// <param name="longest">The longest.</param>
    /// <param name="minimumSessions">In how many cases they must occur.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    IEnumerable<IReadOnlyList<SequenceCount>> CountSequences(int longest, int minimumSessions, CancellationToken cancellationToken);

    /// <summary>The sum of E_s of each cut over the cases that hold its longer part; in the order of the cuts.</summary>
    IReadOnlyList<double> SumExpected(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken);

    /// <summary>The further sums of each cut, likewise.</summary>
    IReadOnlyList<CutSums> SumCuts(IReadOnlyList<CountedCut> cuts, CancellationToken cancellationToken);

    /// <summary>The texts of all cases of at most so many steps, each with how many cases are just that.</summary>
    IReadOnlyList<(string Steps, long Sessions)> CountShortSessions(int longest, CancellationToken cancellationToken);

    /// <summary>The cases that hold each of some counted sequences, by their numbers; those that began first come first.</summary>
    ILookup<int, SessionSighting> FindSightings(IReadOnlyCollection<int> nodes, CancellationToken cancellationToken);

    /// <summary>The texts of every so many-th case, from the first on; cases of the session that began first come first.</summary>
    IReadOnlyList<string> ReadCases(int every, CancellationToken cancellationToken);

    /// <summary>
    /// The steps of one case and their times, in UTC ticks to the millisecond: for a case that two windows cut at different places.
    /// </summary>
    /// <param name="sessionId">Its name, as its sightings give it.</param>
    (string Steps, IReadOnlyList<long> Ticks) ReadSession(string sessionId);

    /// <summary>
    /// How many steps counted sequences, by their numbers, cover when each takes its occurrences, from left to right, from what those
    /// before it left over.
    /// </summary>
    long CountCoveredSteps(IReadOnlyList<int> inOrder, CancellationToken cancellationToken);

    /// <summary>How many cases have a step in a window, and how many steps lie in it.</summary>
    (int Sessions, long Steps) CountIn(TimeWindow window);
}

/// <summary>The events that a counter counts over.</summary>
/// <param name="Activities">The activities.</param>
/// <param name="Reading">What was looked at, and what of it was left out.</param>
/// <param name="SessionCount">How many cases have a step.</param>
/// <param name="ObservedFrom">The first step of any case, in UTC ticks to the millisecond; 0 when there is none.</param>
/// <param name="ObservedTo">The last step of any case, likewise.</param>
public sealed record CountedEvents(
    IReadOnlyList<string> Activities,
    EventReading Reading,
    int SessionCount,
    long ObservedFrom,
    long ObservedTo
);

/// <summary>How often a sub-sequence occurs.</summary>
/// <param name="Node">Its number; those that were counted later have higher ones.</param>
/// <param name="Sequence">The sub-sequence.</param>
/// <param name="RawCount">How often it occurs, overlapping occurrences included.</param>
/// <param name="OccurrenceCount">How often it occurs, counted from left to right without overlap.</param>
/// <param name="SessionCount">In how many cases it occurs.</param>
/// <param name="SquaredCount">The sum over the cases of their occurrences squared.</param>
public readonly record struct SequenceCount(
    int Node,
    string Sequence,
    long RawCount,
    long OccurrenceCount,
    int SessionCount,
    double SquaredCount
);

/// <summary>One way of cutting a pattern in two. A part that was not counted is named by one that occurs just where it does.</summary>
/// <param name="Pattern">The number of the pattern.</param>
/// <param name="Longer">The number of its longer part.</param>
/// <param name="Length">How many steps the longer part has.</param>
/// <param name="Shorter">The number of its shorter part.</param>
/// <param name="Inside">How often the shorter part occurs inside the longer one.</param>
public readonly record struct CountedCut(int Pattern, int Longer, int Length, int Shorter, int Inside);

/// <summary>
/// Sums of a cut over the cases that hold its longer part: E_s and V_s of the null model, T_s the occurrences of the pattern.
/// </summary>
/// <param name="Variance">Sum of V_s.</param>
/// <param name="CountTimesExpected">Sum of T_s E_s.</param>
/// <param name="SquaredExpected">Sum of E_s squared.</param>
public readonly record struct CutSums(double Variance, double CountTimesExpected, double SquaredExpected);
