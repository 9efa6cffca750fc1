using PatternAnalysis.Activities;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// The names that a pattern would have by other activities, or with other sessions around it: what recurs in three sessions today was named
/// by its operation yesterday.
/// </summary>
internal static class OtherNames
{
    // Each step has a handful of names; of long patterns only names of one kind throughout are tried.
    private const int MostNames = 256;

    /// <summary>The ids of the pattern under its other names; none when it is not known what its steps are.</summary>
    public static IEnumerable<string> IdsOf(RepeatedPattern pattern)
    {
        if (pattern.Place is not IndexedPattern { Index: { Corpus.Records: { } records } index } place)
            yield break;

        var first = index[place.Node].Position;
        string[][] names = [.. pattern.Steps.Select((name, step) => NamesOf(records.Catalog[records[first + step].Facts], name))];
        foreach (var steps in Combine(names))
        {
            if (!steps.SequenceEqual(pattern.Steps))
                yield return RepeatedPattern.IdOf(StepText.Join(steps, pattern.Whole is null ? null : StepText.AnyDestructive));
        }
    }

    private static string[] NamesOf(StepFacts facts, string name)
    {
        // A step that stands for a run is named with a plus.
        var plus = name.EndsWith(")+", StringComparison.Ordinal) || name == facts.Operation + "+" ? "+" : "";
        return [.. StepCatalog.AllNames(facts).Select(other => other + plus).Prepend(name).Distinct()];
    }

    private static IEnumerable<string[]> Combine(string[][] names)
    {
        if (names.Aggregate(1L, (product, ofStep) => Math.Min(product * ofStep.Length, MostNames + 1)) > MostNames)
        {
            var kinds = names.Max(ofStep => ofStep.Length);
            return Enumerable.Range(0, kinds).Select(kind => Array.ConvertAll(names, ofStep => ofStep[Math.Min(kind, ofStep.Length - 1)]));
        }

        IEnumerable<string[]> all =
        [
            [],
        ];
        foreach (var ofStep in names)
            all = all.SelectMany(_ => ofStep, (steps, name) => (string[])[.. steps, name]);
        return all;
    }
}
