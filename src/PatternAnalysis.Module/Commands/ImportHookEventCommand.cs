using System.Management.Automation;
using PatternAnalysis.Import;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage.Import;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Commands;

/// <summary>Import-HookEvent: brings events of transcripts, hook logs and exports into a database.</summary>
[Cmdlet(VerbsData.Import, "HookEvent", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(ImportResult))]
public sealed class ImportHookEventCommand : DatabaseCommand, IProgress<ImportProgress>
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<string> _files = [];
    private (string Stage, int Percent) _reported = ("", 0);

    /// <summary>Files and folders; wildcards are resolved.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The database; the files come down the pipeline.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? Database { get; set; }

    /// <summary>The files' format; Auto recognises it by the content.</summary>
    [Parameter]
    [FormatName]
    [ArgumentCompleter(typeof(FormatNameCompleter))]
    public string Format { get; set; } = FileImport.Auto;

    /// <summary>How much of a tool's input is stored.</summary>
    [Parameter]
    public PayloadMode PayloadMode { get; set; } = PayloadMode.Command;

    /// <summary>Reads all of all files, also of those that were imported before and are unchanged.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Says nothing when all is well.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Emits what the import came to.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string ProgressTitle => "Importing hook events";

    void IProgress<ImportProgress>.Report(ImportProgress value)
    {
        // The host draws slowly: a percent is all that it shows anyway.
        if ((value.Stage, value.Percent) == _reported)
            return;

        _reported = (value.Stage, value.Percent);
        Stages.Report(value.Stage, Math.Min(value.Percent, 99), value.File.Length > 0 ? $"{value.Amount}: {value.File}" : value.Amount);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(() =>
        {
            foreach (var path in Path)
                AddResolved(path);
            foreach (var path in LiteralPath)
                _files.Add(Existing(Resolve(path)));
        });

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                if (_files.Count == 0)
                    return;

                var database = OpenDatabase();
                var action = $"Import hook events from {string.Join(", ", _files)}";
                var stores = ShouldProcess(
                    $"{action} into '{database.Name}'.",
                    $"{action} into '{database.Name}'?",
                    "Import hook events",
                    out var reason
                );
                if (!stores && reason != ShouldProcessReason.WhatIf)
                    return;
                Stages.Report("Storing what recorders left", 0);
                var spool = stores ? SpoolDrain.Run(database, StopToken) : SpoolDrain.Look(database);
                if (spool.Warning is { } warning)
                    WriteWarning(warning);
                Stages.End($"Stored {spool.StoredCount} events that recorders had left");
                Stages.Report("Reading files", 0);
                var result = FileImport.Run(
                    database,
                    _files,
                    Format,
                    new ImportOptions
                    {
                        PayloadMode = PayloadMode,
                        DryRun = !stores,
                        ReadsAll = Force,
                    },
                    this,
                    StopToken
                );
                Stages.Finish(
                    $"Read {result.FileCount} files, {result.UnchangedCount} of them unchanged, {result.ByteCount >> 20:N0} MB: "
                        + $"{result.ReadCount} events, {result.NewCount} of them new"
                );
                foreach (var skip in result.Skipped)
                    WriteWarning($"Skipped {skip.Count}: {skip.Explanation}, for example {skip.Examples[0]}.");
                if (result.Warning is { } unsaved)
                    WriteWarning(SurfaceText.Sentence(unsaved));
                if (ImportText.Warn(result) is { } nothing)
                    WriteWarning(nothing);
                if (PassThru || !stores)
                    WriteObject(result);
                else if (!Quiet)
                    WriteInformation(new HostInformationMessage { Message = $"{result}" }, ["PSHOST"]);
            },
            Database
        );

    private void AddResolved(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            _files.Add(Existing(Resolve(path)));
            return;
        }

        var found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
        if (provider.Name != "FileSystem")
            throw new PatternAnalysisException(
                ErrorCatalogue.NotAFile,
                $"'{path}' is not in the file system but in {provider.Name}. Give a file."
            );
        if (found.Count == 0)
            throw new PatternAnalysisException(
                ErrorCatalogue.PathNotFound,
                $"Nothing matches '{path}'. Check the path; for a name that holds [ or ] itself, use -LiteralPath."
            );
        _files.AddRange(found);
    }

    private static string Existing(string path) =>
        System.IO.Path.Exists(path)
            ? path
            : throw new PatternAnalysisException(ErrorCatalogue.PathNotFound, $"There is no file or folder '{path}'. Check the path.");
}
