using System.Globalization;
using PatternAnalysis.Mutation;

// worker TESTS CHANGED [CHANGE]: runs tests, as it is asked on standard input.
// ask TESTS CHANGED CHANGES RESULTS LONGEST LIMIT: asks for the changes of a file (in each line a number, a folder, and the numbers of all
// changes of the same source), and writes what noticed each. The last two are seconds.
if (args[0] == "worker")
{
    Worker.Run(args[1], args[2], args[3].Length == 0 ? null : int.Parse(args[3], CultureInfo.InvariantCulture));
    return;
}

(string tests, string changed) = (args[1], args[2]);
Question[] changes =
[
    .. File.ReadLines(args[3])
        .Select(line => line.Split('\t'))
        .Select(words => new Question(int.Parse(words[0], CultureInfo.InvariantCulture), words[1], WorkerProcess.Numbers(words[2]))),
];
var coverage = Coverage.Of(
    tests,
    changed,
    TimeSpan.FromSeconds(double.Parse(args[5], CultureInfo.InvariantCulture)),
    Environment.ProcessorCount,
    Console.Out
);
using var results = new StreamWriter(args[4]) { AutoFlush = true };
new Questioning(tests, changed, coverage, TimeSpan.FromSeconds(double.Parse(args[6], CultureInfo.InvariantCulture))).Ask(
    changes,
    Environment.ProcessorCount,
    results
);
