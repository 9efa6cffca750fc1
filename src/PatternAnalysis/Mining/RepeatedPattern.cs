using System.Security.Cryptography;
using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis;

/// <summary>Steps that stand side by side in at least the asked number of sessions.</summary>
public class RepeatedPattern
{
    private string? _toolSequence;
    private string? _patternId;
    private string[]? _steps;
    private string[]? _exampleSessions;
    private string? _leftOut;

    internal RepeatedPattern(MiningRun run, PatternPlace place, int number)
    {
        Run = run;
        Place = place;
        Number = number;
        Length = place.Length;
        SessionCount = place.SessionCount;
        OccurrenceCount = place.OccurrenceCount;
        RawCount = place.RawCount;
    }

    /// <summary>Makes a pattern that says more of the same steps.</summary>
    protected RepeatedPattern(RepeatedPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Run = pattern.Run;
        Place = pattern.Place;
        Number = pattern.Number;
        Length = pattern.Length;
        SessionCount = pattern.SessionCount;
        OccurrenceCount = pattern.OccurrenceCount;
        RawCount = pattern.RawCount;
        _toolSequence = pattern._toolSequence;
        _steps = pattern._steps;
        _patternId = pattern._patternId;
        _exampleSessions = pattern._exampleSessions;
        _leftOut = pattern._leftOut;
        Whole = pattern.Whole;
    }

    /// <summary>Most sessions first, then most occurrences, then longest, then by text: a total order of the patterns of a run.</summary>
    public static IComparer<RepeatedPattern> ByFrequency { get; } =
        Comparer<RepeatedPattern>.Create(
            (a, b) =>
                a.SessionCount != b.SessionCount ? b.SessionCount.CompareTo(a.SessionCount)
                : a.OccurrenceCount != b.OccurrenceCount ? b.OccurrenceCount.CompareTo(a.OccurrenceCount)
                : a.Length != b.Length ? b.Length.CompareTo(a.Length)
                : string.CompareOrdinal(a.ToolSequence, b.ToolSequence)
        );

    /// <summary>
    /// The first 16 hexadecimal digits of the SHA-256 of the UTF-8 <see cref="ToolSequence"/>; of a variant, of one that says
    /// <c>(without: destructive steps)</c>, so that the id stays when what is left out is something else.
    /// </summary>
    public string PatternId => _patternId ??= IdOf(Whole is null ? ToolSequence : StepText.Join(Place.Steps, StepText.AnyDestructive));

    /// <summary>
    /// The steps joined by <c>→</c>; behind those of a variant stands what it is without: <c>A→B (without: git reset)</c>.
    /// </summary>
    public string ToolSequence => _toolSequence ??= StepText.Join(Place.Steps, Without);

    /// <summary>
    /// What the pattern is without: the program or tool of the worst step of the pattern that it is a variant of. A variant leaves out
    /// every occurrence with a destructive step. Null for a pattern that leaves nothing out.
    /// </summary>
    public string? Without => Whole is null ? null : _leftOut ??= OperationName.Of(Whole.Place.Danger);

    /// <summary>The activities, in order.</summary>
    public string[] Steps => _steps ??= [.. Place.Steps.Select(step => InvisibleText.Escape(step))];

    /// <summary>How many steps it has.</summary>
    public int Length { get; }

    /// <summary>In how many sessions it occurs: its support.</summary>
    public int SessionCount { get; }

    /// <summary>How often it occurs, counted from left to right without overlap.</summary>
    public int OccurrenceCount { get; }

    /// <summary>How often it occurs, overlapping occurrences included.</summary>
    public int RawCount { get; }

    /// <summary>How many sessions were looked at.</summary>
    public int TotalSessionCount => Run.SessionCount;

    /// <summary>Up to ten of the sessions that hold it: those that hold it most often, then by id.</summary>
    public string[] ExampleSessions =>
        _exampleSessions ??= PatternAnalysis.ExampleSessions.Of(
            Place.SeenIn.Select(sighting => (sighting.SessionId, (long)sighting.Count))
        );

    /// <summary>The sessions that hold it, and how often each does.</summary>
    public PatternSession[] Sessions =>
        [
            .. Place.SeenIn.Select(seen => new PatternSession(
                seen.SessionId,
                seen.Count,
                Instant(seen.ObservedFrom),
                Instant(seen.ObservedTo)
            )),
        ];

    /// <summary>How dangerous its worst occurrence is, by which rule, and the (masked) segment that the rule is about.</summary>
    public virtual DangerVerdict Danger => Place.Danger;

    /// <summary>The run of the miner that found it.</summary>
    internal MiningRun Run { get; }

    /// <summary>What the engine that found it knows of it.</summary>
    internal PatternPlace Place { get; }

    /// <summary>The pattern that this is a variant of, without its destructive occurrences; null for a pattern of its own.</summary>
    internal RepeatedPattern? Whole { get; set; }

    /// <summary>Its number in the run's family.</summary>
    internal int Number { get; }

    /// <summary>The pattern id of a text.</summary>
    public static string IdOf(string toolSequence) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(toolSequence)).AsSpan(0, 8)).ToLowerInvariant();

    /// <inheritdoc/>
    public override string ToString() => ToolSequence;

    private static DateTimeOffset? Instant(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
