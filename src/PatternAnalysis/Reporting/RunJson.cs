using System.Text.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>Runs, and whether they run at all, as JSON for scripts.</summary>
public static class RunJson
{
    /// <summary>Writes the status.</summary>
    public static void Write(AnalysisStatus status, Stream output)
    {
        ArgumentNullException.ThrowIfNull(status);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("database", status.Database);
        json.WriteInstant("asked_at", status.AskedAt);
        json.WriteNumber("max_age_hours", Math.Round(status.MaxAge.TotalHours, 6));
        json.WriteBoolean("healthy", status.IsHealthy);
        json.WriteString("explanation", status.Explanation);
        WriteRun(json, "last_run", status.LastRun);
        WriteRun(json, "last_failure", status.LastFailure);
        WriteRun(json, "last_import", status.LastImport);
        json.WriteStartArray("sources");
        foreach (var source in status.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source_app", source.SourceApp is { } name ? SecretMasker.Mask(name) : null);
            json.WriteNumber("events", source.EventCount);
            json.WriteInstant("last_event_at", source.LastEventAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("spool", status.SpoolCount);
        json.WriteInstant("next_run_at", status.NextRunAt);
        json.WriteEndObject();
    }

    /// <summary>Writes runs.</summary>
    public static void Write(IReadOnlyList<PastRun> runs, Stream output)
    {
        ArgumentNullException.ThrowIfNull(runs);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var run in runs)
            Write(json, run);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, string name, PastRun? run)
    {
        json.WritePropertyName(name);
        if (run is null)
            json.WriteNullValue();
        else
            Write(json, run);
    }

    private static void Write(Utf8JsonWriter json, PastRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("run_id", run.RunId);
        json.WriteString("kind", run.Kind.ToString().ToLowerInvariant());
        json.WriteString("outcome", run.Outcome.ToString().ToLowerInvariant());
        json.WriteString("error", run.Error is { } error ? SecretMasker.Mask(error) : null);
        json.WriteInstant("started_at", run.StartedAt);
        json.WriteInstant("finished_at", run.FinishedAt);
        json.WriteInstant("window_since", run.Window.Since);
        json.WriteInstant("window_until", run.Window.Until);
        json.WriteNumber("sessions", run.SessionCount);
        json.WriteNumber("events", run.EventCount);
        json.WriteNumber("patterns_found", run.PatternsFound);
        json.WritePropertyName("money");
        if (run.Money is { } money)
            Write(json, money);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RunMoney money)
    {
        json.WriteStartObject();
        json.WriteNumber("spent_turns", money.SpentTurns);
        json.WriteNumber("spent_usd", money.SpentUsd);
        json.WriteNumber("could_go_turns", money.CouldGoTurns);
        json.WriteNumber("could_go_usd", money.CouldGoUsd);
        json.WriteNumber("could_go_usd_low", money.CouldGoUsdLow);
        json.WriteNumber("could_go_usd_high", money.CouldGoUsdHigh);
        json.WriteEndObject();
    }
}
