using System.Text.Json;
using PatternAnalysis.Approvals;
using PatternAnalysis.Figures;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>The result of a run as one JSON object, with the names that scripts rely on.</summary>
public static class AnalysisJson
{
    // Until it is told to, a writer keeps all.
    private const int BytesAtATime = 1 << 16;

    /// <summary>Writes the object as UTF-8.</summary>
    public static void Write(AnalysisSummary summary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        WriteWindow(summary.Window, json);
        WriteEvidence(summary, json);
        json.WriteBoolean("dry_run", summary.DryRun);
        json.WriteNumber("sessions", summary.TotalSessions);
        json.WriteNumber("events", summary.EventCount);
        json.WriteStartObject("excluded");
        foreach (var (reason, count) in summary.Excluded.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteStartArray("disabled_rules");
        foreach (var rule in summary.DisabledRules)
            json.WriteStringValue(rule);
        json.WriteEndArray();
        json.WriteStartArray("given_up");
        foreach (var sentence in summary.GivenUp)
            json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteNumber("patterns_found", summary.PatternsFound);
        json.WriteStartObject("patterns_left_out");
        foreach (var (reason, count) in summary.LeftOutPatterns.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json.WriteNumber(reason, count);
        json.WriteEndObject();
        json.WriteNumber("new_patterns", summary.NewPatterns);
        json.WriteNumber("updated_patterns", summary.UpdatedPatterns);
        json.WriteNumber("unchanged_patterns", summary.UnchangedPatterns);
        json.WriteNumber("patterns_not_stored", summary.NotStored);
        json.WriteNumber("auto_approved", summary.AutoApproved);
        json.WriteNumber("pending", summary.Pending);
        json.WriteNumber("auto_rejected", summary.AutoRejected);
        json.WriteNumber("total_savings_usd", summary.TotalSavings);
        json.WriteNumber("estimated_savings_not_rejected_usd", summary.WorthAutomating);
        json.WriteBoolean("estimate_exceeds_spent", summary.EstimateExceedsSpending);
        WriteSpending(summary, json);
        GuidanceJson.Write(summary.Guidance, json);
        EffectText.WriteJson(summary.Adopted, json);
        var covered = summary.Covered.ToDictionary(pattern => pattern.PatternId);
        json.WriteStartArray("patterns");
        foreach (var pattern in summary.Patterns)
        {
            WritePattern(pattern, covered.GetValueOrDefault(pattern.PatternId), json);
            if (json.BytesPending > BytesAtATime)
                json.Flush();
        }

        json.WriteEndArray();
        if (summary.Comparison is { } comparison)
        {
            WriteComparison(comparison, json);
            WriteEnded(summary.Ended, json);
        }

        json.WriteEndObject();
    }

    private static void WriteEnded(PatternApproval[] ended, Utf8JsonWriter json)
    {
        json.WriteStartArray("evidence_ended");
        foreach (var pattern in ended)
        {
            json.WriteStartObject();
            json.WriteString("pattern_id", pattern.PatternId);
            json.WriteString("tool_sequence", SecretMasker.Mask(pattern.ToolSequence));
            json.WriteString("status", pattern.Status);
            json.WriteInstant("last_evidence_until", pattern.LastEvidenceAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteComparison(RunComparison comparison, Utf8JsonWriter json)
    {
        if (comparison.Previous is { } previous)
        {
            json.WriteStartObject("previous_run");
            json.WriteNumber("run_id", previous.RunId);
            json.WriteString("started_at", previous.StartedAt.UtcDateTime);
            WriteWindow(previous.Window, json);
            json.WriteNumber("sessions", previous.SessionCount);
            json.WriteNumber("patterns_found", previous.PatternsFound);
            json.WriteEndObject();
        }

        WriteTexts("new_since_last_run", comparison.New.Select(pattern => pattern.PatternId), json);
        WriteTexts("gone_since_last_run", comparison.Gone.Select(pattern => pattern.PatternId), json);
    }

    private static void WriteEvidence(AnalysisSummary summary, Utf8JsonWriter json)
    {
        json.WriteStartObject("evidence");
        json.WriteInstant("since", summary.EvidenceWindow.Since);
        json.WriteInstant("until", summary.EvidenceWindow.Until);
        json.WriteNumber("window_sessions", summary.WindowSessions);
        if (summary.WindowSteps is { } steps)
            json.WriteNumber("window_steps", steps);
        else
            json.WriteNull("window_steps");
        json.WriteEndObject();
    }

    private static void WriteSpending(AnalysisSummary summary, Utf8JsonWriter json)
    {
        json.WritePropertyName("spent");
        if (summary.Spent is { } spent)
        {
            json.WriteStartObject();
            json.WriteNumber("turns", spent.Turns);
            json.WriteNumber("tokens", spent.Tokens);
            json.WriteNumber("usd", decimal.Round(spent.Usd, 6));
            json.WriteNumber("unpriced_turns", spent.UnpricedTurns);
            json.WriteNumber("tool_hours", Math.Round(spent.ToolTime.TotalHours, 6));
            json.WriteNumber("model_hours", Math.Round(spent.ModelTime.TotalHours, 6));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("spent_by_class");
        foreach (var spending in summary.SpentByClass)
        {
            json.WriteStartObject();
            json.WriteString("class", StepClassText.NameOf(spending.Class));
            json.WriteNumber("steps", spending.Steps);
            json.WriteNumber("turns", Math.Round(spending.Turns, 2));
            json.WriteNumber("tokens", Math.Round(spending.Tokens));
            json.WriteNumber("usd", Math.Round(spending.Usd, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("spent_by_day");
        foreach (var day in summary.SpentByDay)
        {
            json.WriteStartObject();
            json.WriteString("day", day.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("usd", Math.Round(day.SpentUsd, 6));
            json.WriteNumber("could_go_usd", Math.Round(day.CouldGoUsd, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        var saving = summary.CouldGo;
        json.WriteStartObject("could_go");
        json.WriteNumber("routines", saving.RoutineCount);
        json.WriteNumber("turns", Math.Round(saving.Turns, 6));
        json.WriteNumber("tokens", Math.Round(saving.Tokens));
        json.WriteNumber("usd", Math.Round(saving.Usd, 6));
        json.WriteNumber("usd_low", Math.Round(saving.UsdLow, 6));
        json.WriteNumber("usd_high", Math.Round(saving.UsdHigh, 6));
        json.WriteNumber("wait_hours", Math.Round(saving.WaitTime.TotalHours, 6));
        json.WriteNumber("wait_hours_low", Math.Round(saving.WaitLow.TotalHours, 6));
        json.WriteNumber("wait_hours_high", Math.Round(saving.WaitHigh.TotalHours, 6));
        json.WriteBoolean("is_assumed", saving.IsAssumed);
        json.WriteEndObject();
    }

    private static void WriteWindow(TimeWindow window, Utf8JsonWriter json)
    {
        json.WriteStartObject("window");
        json.WriteInstant("since", window.Since);
        json.WriteInstant("until", window.Until);
        if (window.Hours is { } hours)
            json.WriteNumber("hours", hours);
        else
            json.WriteNull("hours");
        json.WriteEndObject();
    }

    private static void WritePattern(ClassifiedPattern pattern, CoveredPattern? covered, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("pattern_id", pattern.PatternId);
        json.WriteString("tool_sequence", InvisibleText.Escape(SecretMasker.Mask(pattern.ToolSequence)));
        foreach (var figure in PatternFigures.All)
            json.WriteFigure(figure.Name, figure.Value(pattern));
        json.WriteString("confidence_model", pattern.ConfidenceModel.ToString());
        json.WriteString("status", pattern.Status);
        DangerJson.Write(pattern, json);
        if (pattern.Worth is { } worth)
            WorthJson.Write(worth, json);
        WriteTexts("reasons", pattern.Reasons, json);
        WriteDecision(covered, json);
        WriteTexts("example_sessions", pattern.ExampleSessions, json);
        json.WriteEndObject();
    }

    /// <summary>The decision under another name that covers a pattern; null when none does.</summary>
    private static void WriteDecision(CoveredPattern? covered, Utf8JsonWriter json)
    {
        json.WritePropertyName("covered_by_decision");
        if (covered is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("pattern_id", covered.DecidedId);
        json.WriteString("tool_sequence", InvisibleText.Escape(SecretMasker.Mask(covered.DecidedSequence)));
        json.WriteString("status", covered.Decision);
        json.WriteEndObject();
    }

    private static void WriteTexts(string name, IEnumerable<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(InvisibleText.Escape(SecretMasker.Mask(text)));
        json.WriteEndArray();
    }
}
