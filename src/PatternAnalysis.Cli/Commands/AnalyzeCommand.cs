using System.CommandLine;
using System.Globalization;
using System.IO.Enumeration;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Classification;
using PatternAnalysis.Delivery;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Notification;
using PatternAnalysis.Reporting;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>analyze</c>: the whole analysis of a database.</summary>
internal sealed class AnalyzeCommand
{
    private const int RunsLookedAt = 1000;

    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<TimeZoneInfo?> _timeZone = Arguments.DatabaseTimeZone();
    private readonly Option<AnalysisEngine> _engine = new("--engine")
    {
        Description =
            "Where patterns are counted: in memory, or by the PostgreSQL database itself, so that only counts travel (takes --activity tool).",
    };
    private readonly Option<int> _hours = Arguments.AtLeast(
        1,
        "--hours",
        24,
        "The window: so many hours up to now, or up to --until.",
        maximum: 1_000_000
    );
    private readonly Option<DateTimeOffset?> _since = Arguments.Instant("--since", "The window's start, instead of --hours.");
    private readonly Option<DateTimeOffset?> _until = Arguments.Instant("--until", "The window's end, itself outside. Default: now.");
    private readonly Option<bool> _sinceLastRun = new("--since-last-run")
    {
        Description = "The window starts where the last run's window ended, at most 30 days ago.",
    };
    private readonly Option<string[]> _eventTypes = new("--event-type")
    {
        Description = "The event types that stand for a tool call.",
        DefaultValueFactory = _ => [.. EventQuery.DefaultEventTypes],
        AllowMultipleArgumentsPerToken = true,
        HelpName = "type",
    };
    private readonly Option<string[]> _sessions = new("--session-id")
    {
        Description = "Only sessions whose id matches (* and ?).",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "wildcard",
    };
    private readonly Option<string[]> _sourceApps = new("--source-app")
    {
        Description = "Only events whose source application matches (* and ?).",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "wildcard",
    };
    private readonly Option<ActivityModel> _activity = new("--activity")
    {
        Description = "How much an activity's name tells: the tool and what it was used for, or the bare tool.",
    };
    private readonly Option<bool> _collapseRuns = new("--collapse-runs") { Description = "A run of the same activity is one step." };
    private readonly Option<string[]> _excludeActivity = new("--exclude-activity")
    {
        Description = "Leave out activities whose name matches (* and ?).",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "wildcard",
    };
    private readonly Option<CaseKind> _case = new("--case")
    {
        Description =
            "What one case is: a session, an agent's work for one prompt, or its work without a long pause. A sub-agent is always a case of its own.",
    };
    private readonly Option<int> _idleMinutes = Arguments.AtLeast(1, "--idle-minutes", 30, "The pause that ends a case with --case idle.");
    private readonly Option<string[]> _rules = Arguments.Rules();
    private readonly Option<int> _minOccurrences = Arguments.AtLeast(
        1,
        "--min-occurrences",
        2,
        "In how many sessions a pattern must occur."
    );
    private readonly Option<int> _minLength = Arguments.AtLeast(1, "--min-length", 2, "How many steps a pattern must have.");
    private readonly Option<int> _maxLength = Arguments.AtLeast(
        1,
        "--max-length",
        MiningOptions.LengthGuard,
        "How many steps a pattern may have."
    );
    private readonly Option<bool> _wholeSequence = new("--whole-sequence")
    {
        Description = "Only whole sessions are patterns, as in the original.",
    };
    private readonly Option<ConfidenceModel> _confidenceModel = new("--confidence-model")
    {
        Description = "What confidence states: that a pattern is no chance, or the original's share of sessions.",
    };
    private readonly Option<double> _secondsPerTool = Arguments.Between(0, 1e9, "--seconds-per-tool", 30, "How long a step takes.");
    private readonly Option<double> _hourlyRate = Arguments.Between(0, 1e9, "--hourly-rate", 100, "What an hour costs, in US dollars.");
    private readonly Option<SavingsModel> _savingsModel = new("--savings-model")
    {
        Description = "Estimated: every step takes --seconds-per-tool. Measured: from the steps' own times.",
        DefaultValueFactory = _ => SavingsModel.Estimated,
    };
    private readonly Option<double> _idleSeconds = Arguments.Between(
        0,
        1e9,
        "--idle-seconds",
        300,
        "The longest pause that counts as work where times are measured."
    );
    private readonly Option<bool> _allPatterns = new("--all-patterns")
    {
        Description = "Show and save every closed pattern, also those that say the same as another one.",
    };
    private readonly Option<bool> _keepTandemPowers = new("--keep-tandem-powers")
    {
        Description = "Keep patterns that are another one several times over.",
    };
    private readonly Option<bool> _keepRunVariants = new("--keep-run-variants")
    {
        Description = "Keep patterns that differ in the lengths of their runs only.",
    };
    private readonly Option<double> _subsumptionShare = Arguments.Between(
        0,
        1,
        "--subsumption-share",
        0.8,
        "Drop a pattern when a longer one that holds it has this share of its occurrences; 0 drops none."
    );
    private readonly Option<int> _top = Arguments.AtLeast(
        0,
        "--top",
        0,
        "Show and save at most so many, those with the highest impact; 0 for all."
    );
    private readonly Option<double> _approveConfidence = Arguments.Between(
        0,
        1,
        "--approve-confidence",
        0.99,
        "Approved automatically only above this confidence."
    );
    private readonly Option<int> _approveOccurrences = Arguments.AtLeast(
        0,
        "--approve-occurrences",
        200,
        "Approved automatically only with at least so many occurrences."
    );
    private readonly Option<double> _approveSavings = Arguments.Between(
        0,
        1e12,
        "--approve-savings",
        5000,
        "Approved automatically only with at least these savings, in US dollars."
    );
    private readonly Option<double> _rejectConfidence = Arguments.Between(
        0,
        1,
        "--reject-confidence",
        0.95,
        "Rejected automatically below this confidence."
    );
    private readonly Option<int> _maxRejected = Arguments.AtLeast(
        0,
        "--max-rejected",
        500,
        "How many of the patterns that are too likely a coincidence are stored, the most valuable first."
    );
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Analyze but save nothing; the database is only read." };
    private readonly Option<string?> _report = new("--report")
    {
        Description =
            "Write a report, in the format of the file's extension: .md, .html, .json, .csv. Default file: pattern_analysis_DATE.md.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "file",
    };
    private readonly Option<ReportFormat?> _reportFormat = new("--report-format")
    {
        Description = "The report's format, whatever the file's extension. Asks for a report by itself.",
    };
    private readonly Option<bool> _notify = new("--notify")
    {
        Description = "Tell reviewers of new pending patterns, once for each pattern.",
    };
    private readonly Option<string?> _notificationLog = new("--notification-log")
    {
        Description = "The file that notifications go to.",
        HelpName = "file",
    };
    private readonly Option<SinkKind[]> _sinks = new("--sink")
    {
        Description = "Where notifications go. Default: Log, or what the settings say.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _notificationSettings = new("--notification-settings")
    {
        Description =
            $"The settings of the notification (JSON, docs/notification.md). Default: the environment variable {NotificationSettingsReader.FileVariable}.",
        HelpName = "file",
    };
    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Say on standard error what is being done, and list the patterns.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object instead of the summary." };

    public static Command Create()
    {
        var options = new AnalyzeCommand();
        var command = new Command(
            "analyze",
            "Find, measure, classify and save the repeated patterns of a database. Exit code: 0 ran, 1 failed, 2 bad arguments."
        );
        foreach (
            var option in (Option[])
                [
                    options._database,
                    options._timeZone,
                    options._engine,
                    options._hours,
                    options._since,
                    options._until,
                    options._sinceLastRun,
                    options._eventTypes,
                    options._sessions,
                    options._sourceApps,
                    options._activity,
                    options._collapseRuns,
                    options._excludeActivity,
                    options._case,
                    options._idleMinutes,
                    options._rules,
                    options._minOccurrences,
                    options._minLength,
                    options._maxLength,
                    options._wholeSequence,
                    options._confidenceModel,
                    options._secondsPerTool,
                    options._hourlyRate,
                    options._savingsModel,
                    options._idleSeconds,
                    options._allPatterns,
                    options._keepTandemPowers,
                    options._keepRunVariants,
                    options._subsumptionShare,
                    options._top,
                    options._approveConfidence,
                    options._approveOccurrences,
                    options._approveSavings,
                    options._rejectConfidence,
                    options._maxRejected,
                    options._dryRun,
                    options._report,
                    options._reportFormat,
                    options._notify,
                    options._notificationLog,
                    options._sinks,
                    options._notificationSettings,
                    options._verbose,
                    options._json,
                ]
        )
        {
            command.Options.Add(option);
        }

        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var analysis = ReadOptions(parsed);
        if (parsed.GetValue(_report) is { } report && !parsed.IsGiven(_reportFormat))
            _ = ReportWriters.FormatOf(report);
        var sinks = parsed.GetValue(_notify) ? ReadSinks(parsed) : [];
        var database = PatternDatabase.Open(parsed.GetValue(_database), new DatabaseOptions { TimeZone = parsed.GetValue(_timeZone) });
        if (parsed.GetValue(_sinceLastRun))
            analysis = analysis with
            {
                Query = analysis.Query with { Window = CatchUpWindow.Of(database.Runs.Last(RunsLookedAt), DateTimeOffset.UtcNow) },
            };
        var verbose = parsed.GetValue(_verbose);
        var progress = verbose ? new StandardErrorProgress(Console.Error) : null;
        progress?.Say($"Database {database.Name}");
        var spool = analysis.DryRun ? SpoolDrain.Look(database) : SpoolDrain.Run(database, cancellationToken);
        if (spool.StoredCount > 0)
            progress?.Say($"Stored {spool.StoredCount} events that recorders had left");
        if (spool.Warning is { } warning)
            Console.Error.WriteLine($"note: {warning}");

        AnalysisSummary summary;
        using (var line = new StatusLine())
            summary = new DailyAnalysis(database.Events, database.Approvals, database.Runs, database.OpenCounter).Run(
                analysis,
                (IProgress<AnalysisStage>?)progress ?? new StatusLineProgress(line),
                cancellationToken
            );

        if (summary.TotalSessions == 0)
            Console.Error.WriteLine(
                $"note: {database.ExplainEmpty(analysis.Query, new EventReading(summary.Window, summary.EventCount, summary.Excluded))}"
            );
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            AnalysisJson.Write(summary, output);
            output.Write("\n"u8);
        }
        else
        {
            Console.Out.WriteLine(SummaryText.Format(summary));
        }

        if (verbose)
            PatternTable.Write(summary.Patterns.OrderByDescending(pattern => pattern.Impact).Take(20), Console.Error);
        if (parsed.IsGiven(_report) || parsed.IsGiven(_reportFormat))
            WriteReport(summary, parsed.GetValue(_report), parsed.GetValue(_reportFormat), progress);
        return parsed.GetValue(_notify) ? Notify(summary, database, sinks, progress, cancellationToken) : CommandRunner.Ran;
    }

    private AnalysisOptions ReadOptions(ParseResult parsed) =>
        new()
        {
            Query = new EventQuery
            {
                Window = ReadWindow(parsed),
                EventTypes = parsed.GetValue(_eventTypes)!,
                SessionFilter = Wildcards(parsed.GetValue(_sessions)),
                SourceAppFilter = Wildcards(parsed.GetValue(_sourceApps)),
            },
            Activity = new ActivityOptions
            {
                Model = parsed.GetValue(_activity),
                CollapseRuns = parsed.GetValue(_collapseRuns),
                ExcludeFilter = Wildcards(parsed.GetValue(_excludeActivity)),
                Case = parsed.GetValue(_case),
                IdleGap = TimeSpan.FromMinutes(parsed.GetValue(_idleMinutes)),
                Rules = DangerRuleFile.Load(parsed.GetValue(_rules) ?? []),
            },
            Engine = parsed.GetValue(_engine),
            Mining = new MiningOptions
            {
                MinimumSessions = parsed.GetValue(_minOccurrences),
                MinimumLength = parsed.GetValue(_minLength),
                MaximumLength = parsed.GetValue(_maxLength),
                WholeSequence = parsed.GetValue(_wholeSequence),
            },
            Metric = new MetricOptions
            {
                ConfidenceModel = parsed.GetValue(_confidenceModel),
                SecondsPerTool = parsed.GetValue(_secondsPerTool),
                HourlyRate = parsed.GetValue(_hourlyRate),
                SavingsModel = parsed.GetValue(_savingsModel),
                IdleSeconds = parsed.GetValue(_idleSeconds),
                Reduction = ReductionOptions.Of(
                    parsed.GetValue(_allPatterns),
                    parsed.GetValue(_keepTandemPowers),
                    parsed.GetValue(_keepRunVariants),
                    parsed.GetValue(_subsumptionShare),
                    parsed.GetValue(_top)
                ),
            },
            Policy = new ClassificationPolicy
            {
                ApproveConfidence = parsed.GetValue(_approveConfidence),
                ApproveOccurrences = parsed.GetValue(_approveOccurrences),
                ApproveSavings = (decimal)parsed.GetValue(_approveSavings),
                RejectConfidence = parsed.GetValue(_rejectConfidence),
            },
            CoincidenceLimit = parsed.GetValue(_maxRejected),
            DryRun = parsed.GetValue(_dryRun),
        };

    private TimeWindow ReadWindow(ParseResult parsed)
    {
        var (since, until) = (parsed.GetValue(_since), parsed.GetValue(_until));
        if (since is not null && parsed.IsGiven(_hours))
            throw new PatternAnalysisException(Arguments.ErrorId, "--hours and --since both give the window's start. Use one of them.");
        if (parsed.GetValue(_sinceLastRun) && (since is not null || until is not null || parsed.IsGiven(_hours)))
            throw new PatternAnalysisException(
                Arguments.ErrorId,
                "--since-last-run gives the whole window. Leave --hours, --since and --until out."
            );

        try
        {
            var end = until ?? DateTimeOffset.UtcNow;
            return since is null ? TimeWindow.Last(parsed.GetValue(_hours), end) : new TimeWindow(since, end);
        }
        catch (ArgumentException error)
        {
            throw new PatternAnalysisException(Arguments.ErrorId, error.Message, error);
        }
    }

    private static Func<string, bool>? Wildcards(string[]? wildcards) =>
        wildcards is not { Length: > 0 }
            ? null
            : text => wildcards.Any(wildcard => FileSystemName.MatchesSimpleExpression(wildcard, text, ignoreCase: true));

    private static void WriteReport(AnalysisSummary summary, string? file, ReportFormat? format, StandardErrorProgress? progress)
    {
        var path = Path.GetFullPath(
            file
                ?? string.Create(
                    CultureInfo.InvariantCulture,
                    $"pattern_analysis_{summary.StartedAt:yyyyMMdd}{ReportWriters.ExtensionOf(format ?? ReportFormat.Markdown)}"
                )
        );
        ReportWriters.WriteFile(summary, path, format);
        progress?.Say($"Report {path}");
    }

    private IReadOnlyList<INotificationSink> ReadSinks(ParseResult parsed)
    {
        var settings = NotificationSettingsReader.Read(parsed.GetValue(_notificationSettings));
        return SinkFactory.Create(
            settings with
            {
                Sinks = parsed.GetValue(_sinks) is { Length: > 0 } sinks ? sinks : settings.Sinks,
                Log = new LogSettings { Path = parsed.GetValue(_notificationLog) ?? settings.Log.Path },
            }
        );
    }

    private static int Notify(
        AnalysisSummary summary,
        PatternDatabase database,
        IReadOnlyList<INotificationSink> sinks,
        StandardErrorProgress? progress,
        CancellationToken cancellationToken
    )
    {
        if (summary.DryRun)
        {
            progress?.Say($"Nobody is notified in a dry run");
            return CommandRunner.Ran;
        }

        var outcomes = new ReviewerNotifier(database.Outbox, sinks).Notify(
            summary.Saved.Select(saved => saved.Approval),
            cancellationToken
        );
        foreach (var outcome in outcomes)
        {
            if (outcome.Error is { } error)
                Console.Error.WriteLine($"error {error.ErrorId}: {error.Message}");
            else
                progress?.Say($"Notified of {outcome.Patterns.Count} patterns: {outcome.Sink}");
        }

        return outcomes.Any(outcome => outcome.Error is not null) ? CommandRunner.Failed : CommandRunner.Ran;
    }
}
