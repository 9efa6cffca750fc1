using System.Globalization;
using System.Text;
using System.Text.Json;
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
        // Without the moment of its approval nothing divides before from after.
        var patterns = database.Effects.Find().Where(pattern => pattern.ApprovedAt is not null).ToList();
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
                if (!SaysLess(effect, pattern.Effect))
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
            RecordFailure(database, run.Failed(error), error);
            throw;
        }
    }

    private static void RecordFailure(PatternDatabase database, FinishedRun run, PatternAnalysisException error)
    {
        try
        {
            database.Runs.Record(run);
        }
        catch (PatternAnalysisException unsaved)
        {
            // The database itself is what failed: the first error says more, and it goes to the caller with this one attached.
            error.Data["RunNotRecorded"] = unsaved.Message;
        }
    }

    // Events are removed when they are old, or are missing for a while: that does not undo what they showed of the same decision.
    private static bool SaysLess(PatternEffect effect, string? kept)
    {
        if (kept is null || !IsOpen(effect.Verdict))
            return false;
        try
        {
            using var before = JsonDocument.Parse(kept);
            return before.RootElement.TryGetProperty("verdict_id", out var verdict)
                && Enum.TryParse<EffectVerdict>(verdict.GetString(), out var known)
                && !IsOpen(known)
                && before.RootElement.TryGetProperty("cut", out var cut)
                && cut.TryGetDateTimeOffset(out var at)
                && at.ToUnixTimeSeconds() == effect.Cut.ToUnixTimeSeconds();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A stored effect that can't be read is measured again.
            return false;
        }
    }

    private static bool IsOpen(EffectVerdict verdict) => verdict is EffectVerdict.TooEarly or EffectVerdict.CollectionGap;

    // There is no ratio where too few sessions, or a gap in the events, would make it up.
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
