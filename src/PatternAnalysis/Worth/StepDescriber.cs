using System.Runtime.InteropServices;
using PatternAnalysis.Activities;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>Says what stays and what varies in the steps of a pattern, from all of its occurrences.</summary>
internal static class StepDescriber
{
    private const int ExampleCount = 3;
    private const int LongestExample = 200;

    /// <summary>The steps of a pattern.</summary>
    public static StepWorth[] Describe(RepeatedPattern pattern, StepValues values)
    {
        var tallies = new Tally[pattern.Length];
        for (var i = 0; i < tallies.Length; i++)
            tallies[i] = new Tally();
        if (!AddAlike(tallies, pattern, values))
            AddEach(tallies, pattern, values);
        return [.. tallies.Select((tally, number) => tally.ToStep(pattern.Steps[number], values.Catalog))];
    }

    // Where every step of an activity was given the same, it was in each occurrence.
    private static bool AddAlike(Tally[] tallies, RepeatedPattern pattern, StepValues values)
    {
        var steps = pattern.Place.StepNumbers;
        foreach (var activity in steps)
        {
            if (values.Alike.Of(activity) is null)
                return false;
        }

        for (var i = 0; i < tallies.Length; i++)
            tallies[i].Add(values.Alike.Of(steps[i])!.Value, pattern.OccurrenceCount);
        return true;
    }

    private static void AddEach(Tally[] tallies, RepeatedPattern pattern, StepValues values)
    {
        var matcher = new PatternMatcher(pattern.Place.StepNumbers);
        for (var sighting = pattern.Place.Read(); sighting.MoveNext(); )
        {
            var (start, free) = (values.Corpus.Starts[sighting.Session], 0);
            foreach (var at in matcher.In(pattern.Run.Corpus!.Steps(sighting.Session)))
            {
                if (at < free)
                    continue;
                free = at + pattern.Length;
                for (var i = 0; i < tallies.Length; i++)
                    tallies[i].Add((values.FactsOf(start + at + i), values.ClassOf(start + at + i)), 1);
            }
        }
    }

    /// <summary>How often a step of the pattern was given what: counted by numbers, and put into words once.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<(int Facts, StepClass Class), int> _counts = [];

        // Most steps are given what the step before was given.
        private (int Facts, StepClass Class) _last;
        private int _lastCount;

        public void Add((int Facts, StepClass Class) given, int count)
        {
            if (given != _last)
                Flush();
            _last = given;
            _lastCount += count;
        }

        private void Flush()
        {
            if (_lastCount > 0)
                Add(_counts, _last, _lastCount);
            _lastCount = 0;
        }

        public StepWorth ToStep(string activity, StepCatalog catalog)
        {
            Flush();
            var (classes, forms, texts) = (new Dictionary<StepClass, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
            foreach (var ((_, kind), count) in _counts)
                Add(classes, kind, count);
            var (most, ofMost) = classes.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First();
            foreach (var ((number, kind), count) in _counts)
            {
                var facts = catalog[number];
                if (kind == most && (kind == StepClass.Constant ? facts.Exact : catalog.Form(number)) is { } form)
                    Add(forms, form, count);
                if ((facts.Exact ?? (facts.Arguments.Count > 0 ? facts.Arguments[0] : null)) is { } text)
                    Add(texts, text, count);
            }

            return new StepWorth(
                activity,
                most,
                MostFrequent(forms, 1).FirstOrDefault(),
                (double)ofMost / classes.Values.Sum(),
                [.. MostFrequent(texts, ExampleCount)]
            );
        }

        private static void Add<T>(Dictionary<T, int> counts, T counted, int count)
            where T : notnull => CollectionsMarshal.GetValueRefOrAddDefault(counts, counted, out _) += count;

        private static IEnumerable<string> MostFrequent(Dictionary<string, int> texts, int count) =>
            texts
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(count)
                .Select(entry => SecretMasker.Mask(entry.Key, LongestExample));
    }
}
