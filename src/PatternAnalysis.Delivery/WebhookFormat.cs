namespace PatternAnalysis.Delivery;

/// <summary>What a webhook is sent.</summary>
public enum WebhookFormat
{
    /// <summary>What Slack's incoming webhooks take, and those of Mattermost, Rocket.Chat and Discord (<c>/slack</c>).</summary>
    Slack,

    /// <summary>The numbers as plain JSON, for a program.</summary>
    Json,
}
