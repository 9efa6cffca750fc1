using PatternAnalysis.Activities;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests whether a single step recurs in more sessions than such texts do by coincidence. "Of the single steps shown with confidence c or
/// more, at most a share 1 - c is expected to be one that was thought up anew each time and only happened to be worded alike."
/// </summary>
/// <remarks>
/// The null is empirical (Efron, 2004): were all texts thought up anew, the sessions that a text stands in would be a Poisson number, of
/// which only those are seen that are not 0. Its mean shows in how many texts stand in two sessions for each that stands in one,
/// N2 / N1 = mean / 2. Habits add to N2, so the mean is too large rather than too small. Texts and forms have a mean each.
/// p = P(at least k | at least 1), and every text and form of the log is one of the family, whether it recurs or not: those that do not are
/// what says how few of those that do are coincidence. Where the sessions lie on a week or more of days, days are counted instead, for the
/// mean too: one task can take several sessions of a day, and say the same in all.
/// </remarks>
internal sealed class RecurrenceTest(SequenceCorpus corpus)
{
    private readonly StepCatalog _catalog = corpus.Records!.Catalog;

    /// <summary>Tests a pattern of one step.</summary>
    public SelfSufficiency.Outcome Test(IndexedPattern pattern)
    {
        var facts = corpus.Records![pattern.Index[pattern.Node].Position].Facts;
        var mean = _catalog.IsConstant(facts) ? _catalog.Coincidence.TextMean : _catalog.Coincidence.FormMean;
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        var days = new HashSet<long>();
        for (var sighting = pattern.Read(); sighting.MoveNext(); )
        {
            sessions.Add(SessionOf(sighting.Session));
            days.Add(DayOf(sighting.Session));
        }

        var count = _catalog.Coincidence.CountsDays ? Math.Min(days.Count, sessions.Count) : sessions.Count;

        // P(a, x) is the chance that a Poisson number of mean x is at least a.
        var logP = IncompleteGamma.LogLower(count, mean) - IncompleteGamma.LogLower(1, mean);
        return new SelfSufficiency.Outcome(Math.Min(0, logP), mean / (1 - Math.Exp(-mean)), double.NaN);
    }

    private long DayOf(int session) => corpus.UtcTicks(session, 0) / TimeSpan.TicksPerDay;

    private string SessionOf(int session)
    {
        var id = corpus.SessionId(session);
        var end = id.AsSpan().IndexOfAny('/', '#');
        return end > 0 ? id[..end] : id;
    }
}
