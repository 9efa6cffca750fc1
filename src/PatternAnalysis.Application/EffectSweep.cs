using System.Globalization;
using System.Text;
using PatternAnalysis.Approvals;
using PatternAnalysis.Effect;
using PatternAnalysis.Options;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>Measures what became of every approved pattern with an adopted name, as each run that saves does.</summary>
public static class EffectSweep
{
    private static readonly TimeSpan s_patience = TimeSpan.FromDays(30);

    /// <summary>Measures, keeps what it came to, and tells once of a pattern that has not shrunk after 30 days.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tell">Takes a sentence for the reviewers.</param>
    /// <param name="cancellationToken">Ends it; what was measured by then is kept.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read or written.</exception>
    public static void Run(PatternDatabase database, Action<string> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(tell);
        var patterns = database.Effects.Find();
        if (patterns.Count == 0)
            return;

        var run = new FinishedRun(RunKind.Effect, DateTimeOffset.UtcNow) { PatternCount = patterns.Count };
        try
        {
            var reader = new EffectReader(database, TimeWindow.Always, cancellationToken);
            foreach (var pattern in patterns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var effect = reader.Measure(
                    new EffectOptions { PatternId = pattern.PatternId, Adopted = WildcardFilter.Of(pattern.Adopted) }
                );
                database.Effects.Save(pattern.PatternId, Json(effect));
                if (pattern.ToldAt is not null || !IsLateWithoutEffect(effect, run.StartedAt))
                    continue;
                tell(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Pattern {pattern.PatternId} was approved on {effect.Cut.UtcDateTime:yyyy-MM-dd} "
                            + $"and has not shrunk since: {effect.Explanation}."
                    )
                );
                database.Effects.RememberTold(pattern.PatternId);
            }

            database.Runs.Record(run);
        }
        catch (PatternAnalysisException error)
        {
            database.Runs.Record(run.Failed(error));
            throw;
        }
    }

    // Nothing is said where nothing is known: too few sessions, or a gap.
    private static bool IsLateWithoutEffect(PatternEffect effect, DateTimeOffset now) =>
        now - effect.Cut > s_patience
        && effect.Verdict is (EffectVerdict.NoChangeShown or EffectVerdict.Grew or EffectVerdict.ControlsChanged);

    private static string Json(PatternEffect effect)
    {
        using var output = new MemoryStream();
        EffectJson.Write(effect, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
