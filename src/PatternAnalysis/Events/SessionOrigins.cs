using System.Globalization;

namespace PatternAnalysis.Events;

/// <summary>Which application and which person sessions come from, as far as their events and messages tell.</summary>
public sealed class SessionOrigins
{
    private readonly Dictionary<string, SessionOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    public static SessionOrigins Unknown { get; } = new([]);

    /// <summary>Takes what is known; of one session the first that is known counts.</summary>
    public SessionOrigins(IEnumerable<(string SessionId, SessionOrigin Origin)> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (var (session, origin) in known)
        {
            var before = _origins.GetValueOrDefault(session);
            _origins[session] = new SessionOrigin(before.Application ?? origin.Application, before.Person ?? origin.Person);
        }

        ApplicationCount = _origins.Values.Select(origin => origin.Application).OfType<string>().Distinct().Count();
        PersonCount = _origins.Values.Select(origin => origin.Person).OfType<string>().Distinct().Count();
    }

    /// <summary>How many applications are known.</summary>
    public int ApplicationCount { get; }

    /// <summary>How many people are known.</summary>
    public int PersonCount { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_origins.Count} sessions, {ApplicationCount} applications, {PersonCount} people");

    /// <summary>Where a session comes from.</summary>
    /// <param name="caseId">The session, or a case of it: <c>session/agent</c>, or either with <c>#</c> and a label behind.</param>
    public SessionOrigin Of(string caseId)
    {
        ArgumentNullException.ThrowIfNull(caseId);
        return _origins.GetValueOrDefault(caseId.AsSpan().IndexOfAny('/', '#') is > 0 and var end ? caseId[..end] : caseId);
    }
}

/// <summary>Where a session comes from.</summary>
/// <param name="Application">The application, masked; null where that is not known.</param>
/// <param name="Person">A number that stands for the person; null where that is not known.</param>
public readonly record struct SessionOrigin(string? Application, string? Person);
