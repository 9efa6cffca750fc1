using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace PatternAnalysis.Panel.Security;

/// <summary>
/// Who signed in with a browser, and how long that holds: half a day in all, two hours without a request, until he signs out, and never
/// longer than the panel runs. The names are random and kept in memory only.
/// </summary>
internal sealed class PanelSessions(TimeProvider time)
{
    // Whoever has the link could otherwise fill the memory with sessions.
    private const int MostSessions = 100;

    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan s_longestIdle = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <returns>Its name: what the browser's cookie holds.</returns>
    public string Begin()
    {
        var now = time.GetUtcNow();
        foreach (var (old, session) in _sessions)
        {
            if (!session.IsOpen(now))
                _sessions.TryRemove(old, out _);
        }

        if (_sessions.Count >= MostSessions && _sessions.MinBy(session => session.Value.LastSeen) is { Key: { } oldest })
            _sessions.TryRemove(oldest, out _);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _sessions[name] = new Session(now, now);
        return name;
    }

    /// <summary>Whether a session is open; asking keeps it so.</summary>
    public bool IsOpen(string name)
    {
        var now = time.GetUtcNow();
        if (!_sessions.TryGetValue(name, out var session))
            return false;
        if (!session.IsOpen(now))
        {
            _sessions.TryRemove(name, out _);
            return false;
        }

        _sessions.TryUpdate(name, session with { LastSeen = now }, session);
        return true;
    }

    /// <summary>Ends a session.</summary>
    public void End(string name) => _sessions.TryRemove(name, out _);

    private sealed record Session(DateTimeOffset Began, DateTimeOffset LastSeen)
    {
        public bool IsOpen(DateTimeOffset now) => now - Began < s_longest && now - LastSeen < s_longestIdle;
    }
}
