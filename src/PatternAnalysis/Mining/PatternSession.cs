using System.Globalization;

namespace PatternAnalysis;

/// <summary>A session that holds a pattern.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="OccurrenceCount">How often it holds the pattern, counted from left to right without overlap.</param>
/// <param name="ObservedFrom">The first step of it that was looked at, in UTC, to the millisecond, if known.</param>
/// <param name="ObservedTo">The last step of it that was looked at, likewise.</param>
public sealed record PatternSession(string SessionId, int OccurrenceCount, DateTimeOffset? ObservedFrom, DateTimeOffset? ObservedTo)
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = InvisibleText.Escape(SessionId);

    /// <summary>
    /// The session in a line: <c>3 2026-01-31T09:30:00.000Z 2026-01-31T10:00:00.000Z session-1</c>; a dash for what is not
    /// known.
    /// </summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{OccurrenceCount} {Show(ObservedFrom)} {Show(ObservedTo)} {SessionId}");

    private static string Show(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "-";
}
