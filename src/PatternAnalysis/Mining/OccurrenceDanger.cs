using PatternAnalysis.Danger;

namespace PatternAnalysis.Mining;

/// <summary>How dangerous the occurrences of a pattern are, counted from left to right without overlap.</summary>
/// <remarks>An occurrence is as dangerous as its worst step, and as those of the uncounted ones that overlap it.</remarks>
/// <param name="Safe">Nothing speaks against any of their steps.</param>
/// <param name="Unknown">The worst step is not known to be safe.</param>
/// <param name="Destructive">A step is destructive.</param>
/// <param name="Worst">The destructive ones, or where there are none the unknown ones, the earliest first; only so many.</param>
internal sealed record OccurrenceDanger(int Safe, int Unknown, int Destructive, DangerousOccurrence[] Worst)
{
    /// <summary>So many of the worst occurrences are named.</summary>
    public const int WorstShown = 5;

    /// <summary>Occurrences that are all of one level.</summary>
    public static OccurrenceDanger Of(DangerLevel level, int count) =>
        new(
            level == DangerLevel.Safe ? count : 0,
            level == DangerLevel.Unknown ? count : 0,
            level == DangerLevel.Destructive ? count : 0,
            []
        );
}
