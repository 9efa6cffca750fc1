using System.Text.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>Where time went without progress, as properties of a run's JSON object.</summary>
internal static class GuidanceJson
{
    public static void Write(RunGuidance guidance, Utf8JsonWriter json)
    {
        json.WriteStartArray("loops");
        foreach (var loop in guidance.Loops)
            WriteLoop(loop, json);
        json.WriteEndArray();
        json.WriteStartArray("failing_steps");
        foreach (var step in guidance.FailingSteps)
            WriteStep(step, json);
        json.WriteEndArray();
    }

    private static void WriteLoop(GuidanceLoop loop, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", loop.Kind.ToString());
        json.WriteString("activity", Shown(loop.Activity));
        json.WriteNumber("count", loop.Count);
        json.WriteNumber("sessions", loop.SessionCount);
        WriteLost(loop.Turns, loop.Tokens, loop.CostUsd, loop.Duration, json);
        if (loop.PassedShare is { } passed)
            json.WriteNumber("passed_share", Math.Round(passed, 4));
        else
            json.WriteNull("passed_share");
        WriteErrors(loop.Errors, json);
        json.WriteEndObject();
    }

    private static void WriteStep(FailingStep step, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("activity", Shown(step.Activity));
        json.WriteNumber("calls", step.CallCount);
        json.WriteNumber("failed", step.FailedCount);
        json.WriteNumber("failure_share", Math.Round((double)step.FailedCount / step.CallCount, 4));
        json.WriteNumber("sessions", step.SessionCount);
        WriteLost(step.Turns, step.Tokens, step.CostUsd, step.Duration, json);
        WriteErrors(step.Errors, json);
        json.WriteEndObject();
    }

    private static void WriteLost(double turns, double tokens, double usd, TimeSpan duration, Utf8JsonWriter json)
    {
        json.WriteNumber("lost_turns", Math.Round(turns, 2));
        json.WriteNumber("lost_tokens", Math.Round(tokens));
        json.WriteNumber("lost_usd", decimal.Round((decimal)usd, 4));
        json.WriteNumber("lost_hours", Math.Round(duration.TotalHours, 6));
    }

    private static void WriteErrors(string[] errors, Utf8JsonWriter json)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
            json.WriteStringValue(Shown(error));
        json.WriteEndArray();
    }

    private static string Shown(string text) => InvisibleText.Escape(SecretMasker.Mask(text));
}
