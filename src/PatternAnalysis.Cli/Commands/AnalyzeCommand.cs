using System.CommandLine;
using PatternAnalysis.Analysis;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>analyze</c>: the whole analysis of a database.</summary>
internal sealed class AnalyzeCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<TimeZoneInfo?> _timeZone = Arguments.DatabaseTimeZone();
    private readonly OptionSet<RunOptions> _options = new();

    // One option here, and two parameters in PowerShell, whose parameters have a value always or never.
    private readonly Option<string?> _report = new("--report")
    {
        Description =
            "Write a report, in the format of the file's extension: .md, .html, .json, .csv. Default file: pattern_analysis_DATE.md.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "file",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object instead of the summary." };

    public static Command Create(string name)
    {
        var options = new AnalyzeCommand();
        var command = new Command(
            name,
            "Find, measure, classify and save the repeated patterns of a database. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._database,
            options._timeZone,
        };
        options._options.AddTo(command, nameof(ReportOptions.Report), "ReportPath");
        command.Options.Add(options._report);
        command.Options.Add(options._json);
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = _options.Read(parsed);
        options = options with { Report = options.Report with { Report = parsed.IsGiven(_report), Path = parsed.GetValue(_report) } };
        var run = AnalysisRun.Prepare(options);
        var database = PatternDatabase.Open(parsed.GetValue(_database), new DatabaseOptions { TimeZone = parsed.GetValue(_timeZone) });
        using var terminal = new RunTerminal(parsed.GetValue(CommandRunner.Verbose), parsed.GetValue(_json));
        run.Execute(database, dryRun: false, terminal, cancellationToken);
        return terminal.HasFailed ? CommandRunner.Failed : CommandRunner.Ran;
    }

    /// <summary>Shows a run: the result on standard output, all else on standard error.</summary>
    private sealed class RunTerminal(bool isVerbose, bool writesJson) : IRunListener, IDisposable
    {
        private readonly StatusLine _line = new();
        private readonly StandardErrorProgress? _progress = isVerbose ? new StandardErrorProgress(Console.Error) : null;

        public bool HasFailed { get; private set; }

        public void Report(AnalysisStage value) => ((IProgress<AnalysisStage>?)_progress ?? new StatusLineProgress(_line)).Report(value);

        public void Note(string text) => _progress?.Say(text);

        public void Warn(string text)
        {
            _line.Dispose();
            Console.Error.WriteLine($"note: {SurfaceText.Block(text)}");
        }

        public void Finish(AnalysisSummary summary)
        {
            _line.Dispose();
            if (writesJson)
            {
                using var output = Console.OpenStandardOutput();
                AnalysisJson.Write(summary, output);
                output.Write("\n"u8);
            }
            else
            {
                Console.Out.WriteLine(SummaryText.Format(summary));
            }

            if (isVerbose)
                PatternTable.Write(WorthOrder.Of(summary.Patterns).Take(20), Console.Error);
        }

        public void Fail(PatternAnalysisException failure, string target)
        {
            HasFailed = true;
            CommandRunner.Tell(failure);
        }

        public void Dispose() => _line.Dispose();
    }
}
