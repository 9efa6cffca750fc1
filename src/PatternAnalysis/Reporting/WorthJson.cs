using System.Text.Json;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting;

/// <summary>What a pattern is worth, as properties of its JSON object.</summary>
internal static class WorthJson
{
    public static void Write(PatternWorth worth, Utf8JsonWriter json)
    {
        json.WriteNumber("rank", worth.Rank);
        json.WriteString("part_of", worth.PartOf);
        json.WriteString("kind", worth.Kind.ToString());
        json.WriteNumber("hit_share", Math.Round(worth.HitShare, 4));
        json.WriteNumber("saved_usd", Dollars(worth.SavedUsd));
        if (worth.WorthUsdPer30Days is { } perMonth)
            json.WriteNumber("worth_usd_30d", Dollars(perMonth));
        else
            json.WriteNull("worth_usd_30d");
        json.WriteFigure("interval_low", Rounded(worth.IntervalLow));
        json.WriteFigure("interval_high", Rounded(worth.IntervalHigh));
        json.WriteNumber("marginal_usd", Dollars(worth.MarginalUsd));
        json.WriteNumber("marginal_turns", Math.Round(worth.MarginalTurns, 2));
        json.WriteBoolean("worth_is_assumed", worth.IsAssumed);
        json.WritePropertyName("covered_by");
        if (worth.CoveredBy is { } coverage)
            WriteCoverage(coverage, json);
        else
            json.WriteNullValue();
        json.WriteStartArray("conditions");
        foreach (var condition in worth.Conditions)
            WriteCondition(condition, json);
        json.WriteEndArray();
        json.WriteFigure("needless_runs", worth.NeedlessRuns?.Count);
        json.WriteFigure("needless_tool_seconds", Rounded(worth.NeedlessRuns?.ToolTime.TotalSeconds));
        if (worth.FailureShare is { } failures)
            json.WriteNumber("failure_share", Math.Round(failures, 4));
        else
            json.WriteNull("failure_share");
        json.WriteStartArray("steps");
        foreach (var step in worth.Steps)
            WriteStep(step, json);
        json.WriteEndArray();
    }

    private static double? Rounded(double? share) => share is { } known ? Math.Round(known, 4) : null;

    private static void WriteCoverage(RoutineCoverage coverage, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        AutomationJson.WriteProperties(coverage.Automation, json);
        json.WriteNumber("through_count", coverage.ThroughCount);
        json.WriteNumber("by_hand_count", coverage.ByHandCount);
        json.WriteNumber("through_share", Math.Round(coverage.ThroughShare, 4));
        json.WriteNumber("by_hand_share", Math.Round(coverage.ByHandShare, 4));
        json.WriteString("guidance", InvisibleText.Escape(SecretMasker.Mask(coverage.Guidance)));
        json.WriteEndObject();
    }

    private static void WriteCondition(ConditionCount condition, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("condition", condition.Condition.ToString());
        json.WriteNumber("count", condition.Count);
        json.WriteNumber("occasions", condition.Occasions);
        json.WriteNumber("expected_count", Math.Round(condition.ExpectedCount, 2));
        json.WriteNumber("q_value", condition.QValue);
        json.WriteEndObject();
    }

    private static void WriteStep(StepWorth step, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("activity", SecretMasker.Mask(step.Activity));
        json.WriteString("class", StepClassText.NameOf(step.Class));
        json.WriteString("template", step.Template);
        json.WriteNumber("share", Math.Round(step.Share, 4));
        json.WriteStartArray("examples");
        foreach (var example in step.Examples)
            json.WriteStringValue(example);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static decimal Dollars(double value) => decimal.Round((decimal)value, 4);
}
