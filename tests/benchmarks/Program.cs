using System.CommandLine;
using PatternAnalysis.Benchmarks;

var events = new Option<long>("--events")
{
    Description = "How many events the database holds; half of them match.",
    DefaultValueFactory = _ => 5_000_000,
};
var steps = new Option<long>("--steps") { Description = "How many steps are mined in memory.", DefaultValueFactory = _ => 10_000_000 };
var times = new Option<int>("--times") { Description = "Each figure is the best of so many runs.", DefaultValueFactory = _ => 3 };
var folder = new Option<string>("--folder")
{
    Description = "Where the databases are made, and kept for the next run.",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "pattern-analysis-benchmark"),
};
var growth = new Option<bool>("--growth") { Description = "Measure how the cost grows from 0.1 to 10 million events instead." };
var root = new RootCommand("Measures the analysis beside what it replaces.") { events, steps, times, folder, growth };
root.SetAction(parsed =>
{
    var benchmark = new Benchmark(parsed.GetValue(folder)!, parsed.GetValue(times), Console.Out);
    if (parsed.GetValue(growth))
        benchmark.Growth();
    else
        benchmark.SideBySide(parsed.GetValue(events), parsed.GetValue(steps));
});

var name = new Argument<string>("name");
var target = new Argument<string>("target");
var minimumSessions = new Option<int>("--min-sessions") { DefaultValueFactory = _ => 100 };
var measure = new Command("measure", "One measurement, in this process.") { name, target, minimumSessions };
measure.Hidden = true;
measure.SetAction(parsed => Work.Run(parsed.GetValue(name)!, parsed.GetValue(target)!, parsed.GetValue(minimumSessions)));
root.Subcommands.Add(measure);

var address = new Argument<string>("address")
{
    Description =
        "A PostgreSQL database for the benchmark's own use, as a connection string: its table hook_events is made anew when it has another size.",
};
var postgres = new Command("postgres", "Reading and analysing PostgreSQL, beside psql's COPY.") { address, events, times };
postgres.SetAction(parsed =>
    new PostgresBenchmark(parsed.GetValue(address)!, parsed.GetValue(times), Console.Out).Run(parsed.GetValue(events))
);
root.Subcommands.Add(postgres);

var database = new Argument<string>("database") { Description = "A SQLite file of hook events." };
var experiment = new Command("experiment", "What the obvious definitions of confidence make of a database's patterns.") { database };
experiment.SetAction(parsed => new ConfidenceExperiment(parsed.GetValue(database)!).Write(Console.Out));
root.Subcommands.Add(experiment);

var program = new Option<string?>("--program") { Description = "The published pattern-analysis, to measure its record as well." };
var hooks = new Option<int>("--hooks") { Description = "Each figure is the median of so many runs.", DefaultValueFactory = _ => 100 };
var recorder = new Command("recorder", "What an agent waits for at each hook, beside an empty program and cat.") { program, hooks, folder };
recorder.SetAction(parsed =>
    new RecorderBenchmark(parsed.GetValue(folder)!, parsed.GetValue(program), Console.Out).Run(parsed.GetValue(hooks))
);
root.Subcommands.Add(recorder);
return root.Parse(args).Invoke();
