using PatternAnalysis.Approvals;
using PatternAnalysis.Import;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Import;

/// <summary>Imports files and folders into a database: what the cmdlet and the command line share.</summary>
public static class FileImport
{
    /// <summary>The format that is recognised by a file's content.</summary>
    public const string Auto = "Auto";

    /// <summary>What may be asked for as a format.</summary>
    public static IReadOnlyList<string> FormatNames { get; } = [Auto, .. EventFormats.All.Select(format => format.Name)];

    /// <summary>Imports.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="paths">Existing files and folders.</param>
    /// <param name="format">One of <see cref="FormatNames"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it; what is stored by then stays.</param>
    /// <exception cref="PatternAnalysisException">The format is not known, or the database can't be written.</exception>
    public static ImportResult Run(
        PatternDatabase database,
        IEnumerable<string> paths,
        string format,
        ImportOptions options,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        var known = string.Equals(format, Auto, StringComparison.OrdinalIgnoreCase) ? null : EventFormats.Named(format);
        var importer = new EventImporter(
            database.EventWriter,
            database.UsageWriter,
            database.ImportMemory,
            options with
            {
                Format = known,
            }
        );
        if (!options.DryRun)
            database.FinishInterruptedWrite();
        var run = new FinishedRun(RunKind.Import, DateTimeOffset.UtcNow);
        ImportResult result;
        try
        {
            var sources = EventFiles.Find(paths, known, importer.Skip);
            result = importer.Import(sources, progress, cancellationToken) with { Database = database.Name };
        }
        catch (PatternAnalysisException error) when (!options.DryRun)
        {
            RecordFailure(database, run.Failed(error), error);
            throw;
        }

        if (options.DryRun)
            return result;

        result = Recorded(database, run, result);
        return result.NewCount > 0 ? Derived(database, result, progress, cancellationToken) : result;
    }

    // The next run that saves derives what is not derived here.
    private static ImportResult Derived(
        PatternDatabase database,
        ImportResult result,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            database.Steps.Follow(progress is null ? null : new DerivingProgress(progress), cancellationToken);
            return result;
        }
        catch (OperationCanceledException)
        {
            return result;
        }
        catch (PatternAnalysisException underived)
        {
            var warning = $"The events are stored, but their steps could not be derived: {underived.Message}";
            return result with { Warning = result.Warning is { } before ? $"{before} {warning}" : warning };
        }
    }

    private sealed class DerivingProgress(IProgress<ImportProgress> progress) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) =>
            progress.Report(new ImportProgress("", 0, 0) { DerivedCount = value.Done, ToDeriveCount = value.Total });
    }

    // The events are stored whatever becomes of this row.
    private static ImportResult Recorded(PatternDatabase database, FinishedRun run, ImportResult result)
    {
        try
        {
            database.Runs.Record(run with { SessionCount = result.SessionCount, EventCount = result.NewCount });
            return result;
        }
        catch (PatternAnalysisException unsaved)
        {
            var warning = $"The events are stored, but the run could not be recorded: {unsaved.Message}";
            return result with { Warning = result.Warning is { } before ? $"{before} {warning}" : warning };
        }
    }

    private static void RecordFailure(PatternDatabase database, FinishedRun run, PatternAnalysisException error)
    {
        try
        {
            database.Runs.Record(run);
        }
        catch (PatternAnalysisException unsaved)
        {
            // The database itself is what failed: the first error says more, and it goes to the caller with this one attached.
            error.Data["RunNotRecorded"] = unsaved.Message;
        }
    }
}
