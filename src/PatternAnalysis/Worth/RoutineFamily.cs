using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// The programs that a pattern would run without a model. Patterns that run the same are one routine: people decide on it once.
/// </summary>
internal sealed class RoutineFamily
{
    private readonly HashSet<string> _programs;

    private RoutineFamily(HashSet<string> programs) => _programs = programs;

    /// <summary>The family of a pattern, by its first occurrence.</summary>
    public static RoutineFamily Of(RepeatedPattern pattern, StepValues values)
    {
        var programs = new HashSet<string>(StringComparer.Ordinal);
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        var sighting = pattern.Place.Read();
        sighting.MoveNext();
        foreach (var at in matcher.In(pattern.Run.Corpus!.Steps(sighting.Session)))
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

    /// <summary>Whether two patterns run the same programs, in whatever order and how often.</summary>
    public bool IsSameAs(RoutineFamily other) => _programs.Count > 0 && _programs.SetEquals(other._programs);
}
