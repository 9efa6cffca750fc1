namespace PatternAnalysis.Effect;

/// <summary>Counts what is measured on both sides of a cut, session by session.</summary>
internal sealed class OccurrenceTally(IReadOnlyList<ObservedSession> sessions, DateTimeOffset cut, ExposureKind exposure)
{
    private readonly long _cut = cut.UtcTicks;

    /// <summary>Compares the activities that a condition selects.</summary>
    public RateRatio Compare(string name, Func<string, bool> isCounted, Func<ObservedSession, bool>? isAsked = null) =>
        Compare(name, (steps, side) => steps.Count(step => side(step.UtcTicks) && isCounted(step.Activity)), isAsked);

    /// <summary>
    /// Compares the occurrences of steps that stand side by side, from left to right without overlap; the first step's time counts.
    /// </summary>
    public RateRatio Compare(string name, IReadOnlyList<string> wanted, Func<ObservedSession, bool>? isAsked = null) =>
        Compare(name, (steps, side) => Starts(steps, wanted).Count(at => side(steps[at].UtcTicks)), isAsked);

    private RateRatio Compare(
        string name,
        Func<IReadOnlyList<ObservedStep>, Func<long, bool>, int> count,
        Func<ObservedSession, bool>? isAsked
    )
    {
        var asked = isAsked is null ? sessions : [.. sessions.Where(isAsked)];
        return SessionBootstrap.Compare(name, Side(asked, count, IsBefore), Side(asked, count, ticks => !IsBefore(ticks)));
    }

    private bool IsBefore(long utcTicks) => utcTicks < _cut;

    private ExposedSession[] Side(
        IReadOnlyList<ObservedSession> asked,
        Func<IReadOnlyList<ObservedStep>, Func<long, bool>, int> count,
        Func<long, bool> side
    ) =>
        [
            .. asked
                .Where(session => session.Cases.Any(steps => steps.Any(step => side(step.UtcTicks))))
                .Select(session => new ExposedSession(Exposure(session, side), session.Cases.Sum(steps => (long)count(steps, side)))),
        ];

    private long Exposure(ObservedSession session, Func<long, bool> side) =>
        exposure switch
        {
            ExposureKind.Prompt => session.Prompts.Count(side),
            ExposureKind.Edit => session.Cases.Sum(steps => (long)steps.Count(step => step.IsEdit && side(step.UtcTicks))),
            _ => session.Cases.Sum(steps => (long)steps.Count(step => side(step.UtcTicks))),
        };

    private static IEnumerable<int> Starts(IReadOnlyList<ObservedStep> steps, IReadOnlyList<string> wanted)
    {
        for (var at = 0; at + wanted.Count <= steps.Count; at++)
        {
            var matched = 0;
            while (matched < wanted.Count && steps[at + matched].Activity == wanted[matched])
                matched++;
            if (matched < wanted.Count)
                continue;
            yield return at;
            at += wanted.Count - 1;
        }
    }
}
