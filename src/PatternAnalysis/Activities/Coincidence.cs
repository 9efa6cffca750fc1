namespace PatternAnalysis.Activities;

/// <summary>How widely the texts, forms and subjects of a log recur by coincidence only.</summary>
/// <param name="CountsDays">
/// Whether days are counted instead of sessions: where the log has as many as a week has, for one task can take several sessions of a day.
/// </param>
/// <param name="TextMean">The mean of the Poisson number of sessions, or days, that a text stands in, given that it stands in one.</param>
/// <param name="FormMean">The same of a form.</param>
/// <param name="Count">How many texts, forms and subjects there are, whether they recur or not.</param>
internal sealed record Coincidence(bool CountsDays, double TextMean, double FormMean, int Count)
{
    /// <summary>From how many days on days are counted.</summary>
    public const int DaysOfAWeek = 7;
}
