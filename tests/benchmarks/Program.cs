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

var shapes = new Command("shapes", "Sequences that are hard to mine.") { steps };
shapes.SetAction(parsed => new Benchmark("", 1, Console.Out).BadShapes((int)Math.Min(parsed.GetValue(steps), 1_500_000)));
root.Subcommands.Add(shapes);

var address = new Argument<string>("address")
{
    Description =
        "A PostgreSQL database for the benchmark's own use, as a connection "
        + "string: its table hook_events is made anew when it has another size.",
};
var postgres = new Command("postgres", "Reading and analysing PostgreSQL, beside psql's COPY.") { address, events, times };
postgres.SetAction(parsed =>
    new PostgresBenchmark(parsed.GetValue(address)!, parsed.GetValue(times), Console.Out).Run(parsed.GetValue(events))
);
root.Subcommands.Add(postgres);

var nodes = new Option<int[]>("--nodes")
{
    Description = "How many servers hold the events, in turn.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1, 2, 4],
};
var engines = new Command("engines", "The engine Database on servers of its own behind a coordinator, beside the engine Memory.")
{
    events,
    nodes,
};
engines.SetAction(parsed => new EngineBenchmark(Console.Out).Run(parsed.GetValue(events), parsed.GetValue(nodes)!));
root.Subcommands.Add(engines);

var database = new Argument<string>("database") { Description = "A SQLite file of hook events." };
var experiment = new Command("experiment", "What the obvious definitions of confidence make of a database's patterns.") { database };
experiment.SetAction(parsed => new ConfidenceExperiment(parsed.GetValue(database)!).Write(Console.Out));
root.Subcommands.Add(experiment);

var seriesCount = new Option<int>("--series") { Description = "How many series are made.", DefaultValueFactory = _ => 40 };
var nightCount = new Option<int>("--nights") { Description = "How many nights a series has.", DefaultValueFactory = _ => 60 };
var sessionsADay = new Option<int>("--sessions") { Description = "How many sessions a day has.", DefaultValueFactory = _ => 4 };
var firstSeries = new Option<int>("--seed") { Description = "The first series that is made.", DefaultValueFactory = _ => 1 };
var nights = new Command("nights", "What a series of nights ever shows its reviewers, on sessions whose truth is known.")
{
    seriesCount,
    nightCount,
    sessionsADay,
    firstSeries,
};
nights.SetAction(parsed =>
    new NightsExperiment(
        parsed.GetValue(seriesCount),
        parsed.GetValue(nightCount),
        parsed.GetValue(sessionsADay),
        parsed.GetValue(firstSeries),
        Console.Out
    ).Run()
);
root.Subcommands.Add(nights);

var seed = new Option<int>("--seed") { Description = "The first log that is made.", DefaultValueFactory = _ => 5001 };
var logs = new Option<int>("--logs") { Description = "How many logs are made.", DefaultValueFactory = _ => 24 };
var known = new Option<string?>("--given") { Description = "A folder with logs whose routines are known, to be compared as well." };
var routines = new Command("routines", "Which orders of patterns show whole routines first, on logs whose routines are known.")
{
    seed,
    logs,
    known,
};
routines.SetAction(parsed =>
{
    var orders = new RoutineBenchmark(Console.Out);
    orders.Generated(parsed.GetValue(seed), parsed.GetValue(logs));
    if (parsed.GetValue(known) is { } given)
        orders.Given(given);
});
root.Subcommands.Add(routines);

var program = new Option<string?>("--program") { Description = "The published pattern-analysis." };
var hooks = new Option<int>("--hooks") { Description = "Each figure is the median of so many runs.", DefaultValueFactory = _ => 100 };
var recorder = new Command("recorder", "What an agent waits for at each hook, beside an empty program and cat.") { program, hooks, folder };
recorder.SetAction(parsed =>
    new RecorderBenchmark(parsed.GetValue(folder)!, parsed.GetValue(program), Console.Out).Run(parsed.GetValue(hooks))
);
root.Subcommands.Add(recorder);

var sizes = new Option<long[]>("--sizes")
{
    Description = "How many events the databases hold.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1_000_000],
};
var stepGrowth = new Option<bool>("--growth") { Description = "Measure 0.1 to 10 million events." };
var derived = new Command("steps", "Reading and analysing with derived steps and without, in one run.")
{
    sizes,
    stepGrowth,
    program,
    times,
    folder,
};
derived.SetAction(parsed =>
    new StepBenchmark(parsed.GetValue(folder)!, parsed.GetValue(program), parsed.GetValue(times), Console.Out).Run(
        parsed.GetValue(stepGrowth) ? [100_000, 300_000, 1_000_000, 3_000_000, 5_000_000, 10_000_000] : parsed.GetValue(sizes)!
    )
);
root.Subcommands.Add(derived);

var megabytes = new Option<long>("--megabytes") { Description = "How much is imported.", DefaultValueFactory = _ => 600 };
var ccusage = new Option<string?>("--ccusage") { Description = "The program of the package @ccusage/ccusage-linux-x64, as the peer." };
var import = new Command("import", "Importing transcripts: all, unchanged, grown; beside ccusage.")
{
    program,
    megabytes,
    ccusage,
    times,
    folder,
};
import.SetAction(parsed =>
    new ImportBenchmark(
        parsed.GetValue(folder)!,
        parsed.GetValue(program) ?? "pattern-analysis",
        parsed.GetValue(ccusage),
        parsed.GetValue(times),
        Console.Out
    ).Run(parsed.GetValue(megabytes) * 1_000_000)
);
root.Subcommands.Add(import);
var commandFile = new Argument<string>("file")
{
    Description = "A command a line, and behind a tab its language: posix, powershell, tool.",
};
var judge = new Command("judge", "The verdict on each command of a file.") { commandFile };
judge.SetAction(parsed => new VerdictCensus(Console.Out).Judge(parsed.GetValue(commandFile)!));
var eventFolder = new Argument<string>("folder") { Description = "A folder with files of events or transcripts (*.jsonl)." };
var listing = new Option<string?>("--list") { Description = "A file to write the verdict on each command to." };
var verdicts = new Command("verdicts", "How the distinct commands of real events are judged.") { eventFolder, listing };
verdicts.SetAction(parsed => new VerdictCensus(Console.Out).Distribution(parsed.GetValue(eventFolder)!, parsed.GetValue(listing)));
var commands = new Option<int>("--commands") { Description = "How many are judged.", DefaultValueFactory = _ => 1_000_000 };
var fuzz = new Command("fuzz", "Judges commands that are put together by chance.") { commands, seed };
fuzz.SetAction(parsed => new VerdictCensus(Console.Out).Fuzz(parsed.GetValue(commands), parsed.GetValue(seed)));
var repeat = new Command("repeat", "Judges 60 KB of the same piece, for many pieces, and prints the slowest.");
repeat.SetAction(_ => new VerdictCensus(Console.Out).Repeat());
root.Subcommands.Add(repeat);
root.Subcommands.Add(judge);
root.Subcommands.Add(verdicts);
root.Subcommands.Add(fuzz);

return root.Parse(args).Invoke();
