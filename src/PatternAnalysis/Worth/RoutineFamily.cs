using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// The programs that a pattern would run without a model. Patterns that run nearly the same are one routine: people decide on it once.
/// </summary>
internal sealed class RoutineFamily
{
    // Half of the programs of both together: {lint, test} and {format, lint, test}, but not {add, commit} and {fetch, rebase}.
    private const double SameShare = 0.5;

    private readonly HashSet<string> _programs;

    private RoutineFamily(HashSet<string> programs) => _programs = programs;

    /// <summary>The family of a pattern, by its first occurrence.</summary>
    public static RoutineFamily Of(RepeatedPattern pattern, StepValues values)
    {
        var programs = new HashSet<string>(StringComparer.Ordinal);
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        var sighting = ((IndexedPattern)pattern.Place).Read();
        sighting.MoveNext();
        foreach (var at in matcher.In(values.Corpus.Steps(sighting.Session)))
        {
            var start = values.Corpus.Starts[sighting.Session] + at;
            for (var position = start; position < start + pattern.Length; position++)
            {
                if (!values.CanRun(position))
                    continue;
                if (values.Facts(position).Template is { } template)
                    programs.UnionWith(template.Parts.Select(part => part.Lead is null ? part.Program : $"{part.Program} {part.Lead}"));
                else
                    programs.Add(values.Facts(position).Name);
            }

            break;
        }

        return new RoutineFamily(programs);
    }

    /// <summary>Whether a pattern runs nothing that this one does not run.</summary>
    public bool Holds(RoutineFamily other) => other._programs.Count > 0 && other._programs.IsSubsetOf(_programs);

    /// <summary>Whether two patterns run nearly the same programs.</summary>
    public bool IsSameAs(RoutineFamily other)
    {
        if (_programs.Count == 0 || other._programs.Count == 0)
            return false;
        var shared = _programs.Count(other._programs.Contains);
        return shared >= SameShare * (_programs.Count + other._programs.Count - shared);
    }
}
