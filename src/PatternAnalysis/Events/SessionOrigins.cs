using System.Globalization;

namespace PatternAnalysis.Events;

/// <summary>Which application and which person sessions come from, as far as their events and messages tell.</summary>
public sealed class SessionOrigins
{
    private readonly Dictionary<string, SessionOrigin> _origins = new(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    public static SessionOrigins Unknown { get; } = new([]);

    /// <summary>
    /// Takes what is known; of one session the first that is known counts. People are numbered in the order in which they are named here:
    /// what is told of them is mailed, and of a name that was only hashed whoever has the list of colleagues has the person.
    /// </summary>
    public SessionOrigins(IEnumerable<(string SessionId, SessionOrigin Origin)> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var people = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (session, origin) in known)
        {
            var before = _origins.GetValueOrDefault(session);
            if (origin.Person is { } name)
                people.TryAdd(name, string.Create(CultureInfo.InvariantCulture, $"person {people.Count + 1}"));
            var person = origin.Person is null ? null : people[origin.Person];
            _origins[session] = new SessionOrigin(before.Application ?? origin.Application, before.Person ?? person);
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
        return _origins.TryGetValue(caseId, out var origin) ? origin : _origins.GetValueOrDefault(CaseName.SessionOf(caseId));
    }
}

/// <summary>Where a session comes from.</summary>
/// <param name="Application">The application, masked; null where that is not known.</param>
/// <param name="Person">
/// What tells the person from others: a name as long as it is read, a number in <see cref="SessionOrigins"/>; null where that is not known.
/// </param>
public readonly record struct SessionOrigin(string? Application, string? Person);
