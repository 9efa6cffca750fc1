using System.Globalization;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Benchmarks;

/// <summary>What the obvious definitions of confidence make of the patterns of a database, beside the one that is used.</summary>
internal sealed class ConfidenceExperiment
{
    private readonly IReadOnlyList<RepeatedPattern> _patterns;
    private readonly string[][] _sessions;
    private readonly Dictionary<string, double> _shares;
    private readonly Dictionary<string, (Dictionary<string, int> Steps, Dictionary<(string, string), int> Pairs)> _counts;

    public ConfidenceExperiment(string database)
    {
        var query = new EventQuery { EventTypes = [EventDatabase.StartType] };
        var sequencer = new EventSequencer(query, new ActivityOptions { Model = ActivityModel.Tool });
        PatternDatabase.Open(database).Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        var corpus = sequencer.Build();
        _patterns = PatternMiner.Mine(corpus, new MiningOptions());
        var sequences = corpus.Sequences().ToArray();
        _sessions = [.. sequences.Select(sequence => sequence.Steps.ToArray())];
        _shares = _sessions
            .SelectMany(session => session)
            .GroupBy(step => step)
            .ToDictionary(group => group.Key, group => (double)group.Count() / corpus.StepCount);
        _counts = sequences.ToDictionary(
            sequence => sequence.SessionId,
            sequence =>
                (
                    sequence.Steps.GroupBy(step => step).ToDictionary(group => group.Key, group => group.Count()),
                    sequence
                        .Steps.Zip(sequence.Steps.Skip(1))
                        .GroupBy(pair => pair)
                        .ToDictionary(group => group.Key, group => group.Count())
                )
        );
    }

    public void Write(TextWriter output)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| definition | closed patterns > 0.99 / 0.95-0.99 / below, of {_patterns.Count:N0} |"
            )
        );
        output.WriteLine("|---|---|");
        WriteRow(output, "the original's frequency", Product(ConfidenceModel.Frequency));
        WriteRow(output, "Wilson lower bound of the share of sessions (95 %)", [.. _patterns.Select(Wilson)]);
        WriteRow(output, "independence of tools, pooled over sessions", OneMinusQ(Independent));
        WriteRow(output, "first-order Markov null, per session", OneMinusQ(Markov));
        WriteRow(output, "self-sufficiency", Product(ConfidenceModel.SelfSufficiency));
    }

    private double[] Product(ConfidenceModel model)
    {
        var measurer = new PatternMeasurer(new MetricOptions { ConfidenceModel = model });
        return [.. _patterns.Select(pattern => measurer.Measure(pattern).ConfidenceScore)];
    }

    private double Wilson(RepeatedPattern pattern)
    {
        const double z = 1.96;
        double n = pattern.TotalSessionCount,
            share = pattern.SessionCount / n;
        return (share + z * z / (2 * n) - z * Math.Sqrt(share * (1 - share) / n + z * z / (4 * n * n))) / (1 + z * z / n);
    }

    // The counts are tested against a Poisson law with the expectation of the null model.
    private double[] OneMinusQ(Func<RepeatedPattern, double> expected)
    {
        var pValues = _patterns
            .Select(pattern => expected(pattern) is > 0 and var mean ? Math.Exp(IncompleteGamma.LogLower(pattern.RawCount, mean)) : 0)
            .ToArray();
        return Array.ConvertAll(BenjaminiHochberg.QValues(pValues), q => 1 - q);
    }

    private double Independent(RepeatedPattern pattern) =>
        _sessions.Sum(session => Math.Max(0, session.Length - pattern.Length + 1))
        * pattern.Steps.Aggregate(1.0, (product, step) => product * _shares[step]);

    private double Markov(RepeatedPattern pattern) =>
        _counts.Values.Sum(session =>
        {
            double expected = session.Steps.GetValueOrDefault(pattern.Steps[0]);
            for (var i = 1; i < pattern.Length && expected > 0; i++)
                expected *=
                    (double)session.Pairs.GetValueOrDefault((pattern.Steps[i - 1], pattern.Steps[i])) / session.Steps[pattern.Steps[i - 1]];
            return expected;
        });

    private static void WriteRow(TextWriter output, string definition, double[] confidences) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {definition} | {confidences.Count(c => c > 0.99):N0} / "
                    + $"{confidences.Count(c => c is >= 0.95 and <= 0.99):N0} / {confidences.Count(c => c < 0.95):N0} |"
            )
        );
}
