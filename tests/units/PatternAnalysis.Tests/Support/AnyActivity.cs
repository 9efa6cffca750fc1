using PatternAnalysis.Activities;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Support;

/// <summary>Random ways of making steps of events.</summary>
internal static class AnyActivity
{
    /// <summary>Options of any kind.</summary>
    public static ActivityOptions Options(Random random) =>
        new()
        {
            Model = random.Next(5) switch
            {
                0 => ActivityModel.Tool,
                1 => ActivityModel.Operation,
                _ => ActivityModel.Adaptive,
            },
            MinimumRecurrence = 1 + random.Next(4),
            CollapseRuns = random.Next(3) == 0,
            ExcludeFilter = random.Next(4) == 0 ? WildcardFilter.Of("Bash(ls*", "Read*") : null,
            Case = (CaseKind)random.Next(3),
            IdleMinutes = 1 + random.Next(60),
            ReadsOutcomes = random.Next(3) > 0,
        };
}
