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
                    tallies[i].Add(start + at + i, values);
            }
        }

        return [.. tallies.Select((tally, number) => tally.ToStep(pattern.Steps[number]))];
    }

    private sealed class Tally
    {
        private readonly Dictionary<StepClass, int> _classes = [];
        private readonly Dictionary<StepClass, Dictionary<string, int>> _forms = [];
        private readonly Dictionary<string, int> _texts = [];
        private int _count;

        public void Add(int position, StepValues values)
        {
            _count++;
            var (facts, kind) = (values.Facts(position), values.ClassOf(position));
            _classes[kind] = _classes.GetValueOrDefault(kind) + 1;
            if ((kind == StepClass.Constant ? facts.Exact : values.Form(position)) is { } form)
            {
                if (!_forms.TryGetValue(kind, out var forms))
                    _forms.Add(kind, forms = []);
                forms[form] = forms.GetValueOrDefault(form) + 1;
            }

            if ((facts.Exact ?? (facts.Arguments.Count > 0 ? facts.Arguments[0] : null)) is { } text)
                _texts[text] = _texts.GetValueOrDefault(text) + 1;
        }

        public StepWorth ToStep(string activity)
        {
            var (kind, count) = _classes.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First();
            return new StepWorth(
                activity,
                kind,
                _forms.TryGetValue(kind, out var forms) ? MostFrequent(forms, 1).First() : null,
                (double)count / _count,
                [.. MostFrequent(_texts, ExampleCount)]
            );
        }

        private static IEnumerable<string> MostFrequent(Dictionary<string, int> texts, int count) =>
            texts
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Take(count)
                .Select(entry => SecretMasker.Mask(entry.Key, LongestExample));
    }
}
