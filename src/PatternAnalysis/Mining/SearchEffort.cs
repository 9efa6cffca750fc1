namespace PatternAnalysis.Mining;

/// <summary>How much a search for repeated sub-sequences may cost.</summary>
/// <param name="FirstLength">Up to this length everything is looked at, whatever it costs.</param>
/// <param name="VisitsForStep">How often an occurrence may be looked at in all, for each step of the corpus.</param>
/// <param name="FreeVisits">So many are always allowed: they take less than a second.</param>
internal sealed record SearchEffort(int FirstLength = 64, int VisitsForStep = 400, long FreeVisits = 200_000_000)
{
    /// <summary>The visits that a corpus is worth.</summary>
    public long Of(long steps) => Math.Max(FreeVisits, VisitsForStep * steps);
}
