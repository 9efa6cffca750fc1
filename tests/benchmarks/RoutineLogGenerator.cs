namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Makes logs of routines as robotic process automation knows them: each log has a few processes of mandatory, alternative and optional
/// blocks, often with steps in common; every way through a process is a routine; a session is ten executions, one after the other. The same
/// seed gives the same log on every machine.
/// </summary>
internal sealed class RoutineLogGenerator
{
    private const int ExecutionsPerSession = 10;
    private const int ShortestRoutine = 4;
    private const int LongestRoutine = 30;
    private const int MostRoutines = 40;

    private static readonly int[] s_executions = [100, 200, 500, 1000, 1500, 2000];

    private readonly Random _random;
    private readonly string[] _alphabet;

    private RoutineLogGenerator(int seed)
    {
        _random = new Random(seed);
        _alphabet = [.. Enumerable.Range(0, _random.Next(12, 45)).Select(number => $"step{number:D2}")];
    }

    /// <summary>Makes the log of a seed, without noise.</summary>
    public static RoutineLog Make(int seed) => new RoutineLogGenerator(seed).Make($"seed {seed}");

    private RoutineLog Make(string name)
    {
        var routines = Routines();
        var weights = Weights(routines.Count);
        var count = s_executions[_random.Next(s_executions.Length)];
        var background = _random.NextDouble() < 0.25 ? _random.NextDouble() * 0.5 : 0;
        var executed = new HashSet<int>();
        var sessions = new List<string[]>();
        for (var session = 0; session < count / ExecutionsPerSession; session++)
        {
            var steps = new List<string>();
            for (var execution = 0; execution < ExecutionsPerSession; execution++)
            {
                while (_random.NextDouble() < background)
                    steps.Add(AnyStep());
                var routine = Pick(weights);
                executed.Add(routine);
                steps.AddRange(routines[routine]);
            }

            sessions.Add([.. steps]);
        }

        var truth = executed.Select(routine => new HashSet<string>(routines[routine])).DistinctBy(set => string.Join(' ', set.Order()));
        return new RoutineLog(name, sessions, [.. truth]);
    }

    private List<string[]> Routines()
    {
        var processes = 1 + (int)(4 * Math.Pow(_random.NextDouble(), 1.5));
        string[] prefix = _random.NextDouble() < 0.5 ? Distinct(_random.Next(2, 7)) : [];
        string[] suffix = _random.NextDouble() < 0.3 ? Distinct(_random.Next(1, 3)) : [];
        var routines = new List<string[]>();
        for (var process = 0; process < processes; process++)
        {
            IEnumerable<string[]> ways = [prefix];
            var free = new Queue<string>(Shuffled(_alphabet.Except(prefix).Except(suffix)));
            for (var blocks = _random.Next(2, 9); blocks > 0; blocks--)
            {
                var options = Block(free);
                ways = ways.SelectMany(way => options.Select(option => (string[])[.. way, .. option])).Take(2000);
            }

            string[][] whole =
            [
                .. ways.Select(way => (string[])[.. way, .. suffix]).Where(way => way.Length is >= ShortestRoutine and <= LongestRoutine),
            ];
            routines.AddRange(Shuffled(whole).Take(MostRoutines / processes));
        }

        return routines.Count > 0 ? routines : [Distinct(8)];
    }

    /// <summary>The ways through one block.</summary>
    private List<string[]> Block(Queue<string> free)
    {
        var kind = _random.NextDouble();
        string[] Some(int most) => [.. Enumerable.Range(0, _random.Next(1, most + 1)).Select(_ => Next(free))];
        if (kind < 0.62)
            return [Some(4)];
        if (kind < 0.8)
            return [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Some(2))];
        if (kind < 0.93)
            return
            [
                [],
                Some(3),
            ];

        // What fails is tried again.
        var tried = Some(4);
        return [tried, [.. tried, Next(free), .. tried]];
    }

    private string Next(Queue<string> free) => _random.NextDouble() < 0.9 && free.TryDequeue(out var step) ? step : AnyStep();

    private string AnyStep() => _alphabet[_random.Next(_alphabet.Length)];

    private string[] Distinct(int count) => [.. Shuffled(_alphabet).Take(count)];

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private double[] Weights(int count)
    {
        var skew = _random.NextDouble() < 0.5 ? 0 : 1;
        return [.. Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -skew))];
    }

    private int Pick(double[] weights)
    {
        var at = _random.NextDouble() * weights.Sum();
        var picked = 0;
        while (picked < weights.Length - 1 && (at -= weights[picked]) > 0)
            picked++;
        return picked;
    }
}
