using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>How events became sequences: what must be known to find the same steps again.</summary>
/// <param name="Query">Which events were read.</param>
/// <param name="Activity">How they became steps.</param>
/// <param name="Sessions">Tells where the sessions come from; null where nobody can.</param>
internal sealed record SequenceOrigin(EventQuery Query, ActivityOptions Activity, ISessionOriginReader? Sessions = null);
