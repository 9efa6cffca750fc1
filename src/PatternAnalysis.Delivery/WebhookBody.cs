using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Notification;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Delivery;

/// <summary>What a webhook is sent, in each of the formats.</summary>
internal static class WebhookBody
{
    // Slack takes 3,000 characters a text and 50 blocks a message; this stays far below.
    private const int LongestSlackSequence = 300;
    private const int LongestSequence = 2000;

    public static byte[] Write(ReviewNotification notification, WebhookFormat format)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            if (format == WebhookFormat.Slack)
                WriteSlack(notification, json);
            else
                WriteJson(notification, json);
        }

        return stream.ToArray();
    }

    private static void WriteSlack(ReviewNotification notification, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("text", SurfaceText.Chat(notification.Headline)); // what a client shows that knows no blocks
        json.WriteStartArray("blocks");
        WriteBlock(json, "header", "New patterns requiring review");
        WriteBlock(json, "section", notification.Headline);
        foreach (var (pattern, parts) in notification.Top)
        {
            WriteBlock(
                json,
                "section",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{NotificationMessage.ShowWorth(pattern, parts)}\n"
                        + $"{NotificationMessage.ShowSequence(pattern, LongestSlackSequence)}\n"
                        + $"{NotificationMessage.ShowConfidence(pattern)} confidence, {pattern.OccurrenceCount:N0} occurrences, "
                        + $"${pattern.EstimatedSavings:N2}\n{SurfaceText.Line(pattern.PatternId)}"
                )
            );
        }

        var rest = notification.RestCount > 0 ? FormattableString.Invariant($"... and {notification.RestCount:N0} more.\n") : "";
        WriteBlock(json, "section", rest + string.Join('\n', ReviewNotification.HowToReview));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Plain text: nothing in it is markup, a mention or a link.
    private static void WriteBlock(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartObject("text");
        json.WriteString("type", "plain_text");
        json.WriteString("text", SurfaceText.Chat(text));
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static void WriteJson(ReviewNotification notification, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("event", "patterns_pending_review");
        json.WriteString("notification_id", notification.NotificationId);
        json.WriteNumber("pattern_count", notification.PatternCount);
        json.WriteNumber("rest_count", notification.RestCount);
        json.WriteStartArray("patterns");
        foreach (var (pattern, parts) in notification.Top)
        {
            json.WriteStartObject();
            json.WriteString("pattern_id", SurfaceText.Line(pattern.PatternId));
            json.WriteString("tool_sequence", NotificationMessage.ShowSequence(pattern, LongestSequence));
            json.WriteString("status", SurfaceText.Line(pattern.Status));
            json.WriteNumber("confidence_score", pattern.ConfidenceScore);
            json.WriteNumber("occurrence_count", pattern.OccurrenceCount);
            json.WriteNumber("estimated_savings_usd", pattern.EstimatedSavings);
            json.WriteString("kind", pattern.Kind.ToString());
            WriteNumber(json, "saved_turns", pattern.SavedTurns);
            WriteNumber(json, "worth_usd_30d", pattern.WorthUsdPer30Days);
            json.WriteBoolean("worth_is_assumed", pattern.IsWorthAssumed);
            json.WriteNumber("part_count", parts.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("how_to_review");
        foreach (var line in ReviewNotification.HowToReview)
            json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
