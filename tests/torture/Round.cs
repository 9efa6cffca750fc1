using System.Globalization;

namespace PatternAnalysis.Torture;

/// <summary>One round of an ordeal: its chances, its folder, and what it found.</summary>
internal sealed class Round : IDisposable
{
    private readonly TextWriter _output;
    private readonly string _name;

    public Round(string name, int seed, TextWriter output)
    {
        (_name, Seed, _output) = (name, seed, output);
        Random = new Random(seed);
        Folder = Directory.CreateTempSubdirectory("pattern-analysis-torture-").FullName;
    }

    /// <summary>What the round is drawn from.</summary>
    public int Seed { get; }

    /// <summary>All chances of the round.</summary>
    public Random Random { get; }

    /// <summary>The round's own folder; deleted at its end.</summary>
    public string Folder { get; }

    /// <summary>How often something was done to the program.</summary>
    public int Faults { get; set; }

    /// <summary>What was found, by kind.</summary>
    public Dictionary<Finding, int> Found { get; } = [];

    /// <summary>A path in the round's folder.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A pause of a length by chance.</summary>
    public void Pause(TimeSpan longest) => Thread.Sleep(longest * Random.NextDouble());

    /// <summary>Takes note of findings, and says so with the seed that repeats them.</summary>
    public void Report(Finding finding, int count, string what)
    {
        if (count <= 0)
            return;
        Found[finding] = Found.GetValueOrDefault(finding) + count;
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_name}, seed {Seed}: {finding} {count}: {what}"));
    }

    /// <summary>Compares what is there with what should be there, counting repetitions.</summary>
    public void Compare(IEnumerable<string> expected, IEnumerable<string> actual, string what)
    {
        var left = expected.CountBy(item => item).ToDictionary();
        var surplus = 0;
        foreach (var item in actual)
        {
            if (left.GetValueOrDefault(item) is > 0 and var count)
                left[item] = count - 1;
            else
                surplus++;
        }

        Report(Finding.Lost, left.Values.Sum(), what);
        Report(Finding.Double, surplus, what);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
