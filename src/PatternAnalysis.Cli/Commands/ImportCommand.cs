using System.CommandLine;
using PatternAnalysis.Import;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Import;
using PatternAnalysis.Storage.Recording;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>import</c>: brings events of transcripts and logs into a database.</summary>
internal sealed class ImportCommand
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Files and folders; of a folder, everything below it. The last part of a path may hold * and ?.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<string> _format = new("--format")
    {
        Description = $"The files' format; {FileImport.Auto} recognises it.",
        DefaultValueFactory = _ => FileImport.Auto,
        HelpName = "name",
    };
    private readonly Option<PayloadMode> _payloadMode = new("--payload-mode")
    {
        Description = "How much of a tool's input is stored: its command and file path, all of it, or nothing.",
        DefaultValueFactory = _ => PayloadMode.Command,
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read everything but store nothing." };
    private readonly Option<bool> _all = new("--all")
    {
        Description = "Read all of all files, also of those that were imported before and are unchanged.",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as one JSON object." };

    public static Command Create(string name)
    {
        var options = new ImportCommand();
        options._format.AcceptOnlyFromAmong([.. FileImport.FormatNames]);
        var command = new Command(
            name,
            "Bring hook events from transcripts, hook logs and exports into a "
                + "database. What is stored already is not stored again, and files that "
                + "are unchanged since they were imported are not read again. Exit "
                + "code: 0 ran, 1 failed or found nothing to import, 2 bad arguments."
        )
        {
            options._paths,
            options._database,
            options._format,
            options._payloadMode,
            options._dryRun,
            options._all,
            options._json,
        };
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var paths = parsed.GetValue(_paths)!.SelectMany(Expand).ToArray();
        var database = PatternDatabase.Open(parsed.GetValue(_database));
        var options = new ImportOptions
        {
            PayloadMode = parsed.GetValue(_payloadMode),
            DryRun = parsed.GetValue(_dryRun),
            ReadsAll = parsed.GetValue(_all),
        };
        var spool = options.DryRun ? SpoolDrain.Look(database) : SpoolDrain.Run(database, cancellationToken);
        if (spool.Warning is { } warning)
            Console.Error.WriteLine($"note: {warning}");
        ImportResult result;
        using (var line = new StatusLine())
            result = FileImport.Run(database, paths, parsed.GetValue(_format)!, options, new StatusLineProgress(line), cancellationToken);
        if (result.Warning is { } unsaved)
            Console.Error.WriteLine($"warning: {SurfaceText.Sentence(unsaved)}");
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            ImportJson.Write(result, output);
            output.Write("\n"u8);
        }
        else
        {
            Console.Out.WriteLine(ImportText.Format(result));
        }

        if (ImportText.Warn(result) is not { } nothing)
            return CommandRunner.Ran;

        Console.Error.WriteLine($"warning: {nothing}");
        return CommandRunner.Failed;
    }

    private static string[] Expand(string path)
    {
        if (Path.Exists(path))
            return [path];

        var (folder, name) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        folder = string.IsNullOrEmpty(folder) ? "." : folder;
        var found = name.AsSpan().ContainsAny('*', '?') && Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, name) : [];
        return found.Length > 0
            ? found
            : throw new PatternAnalysisException(ErrorCatalogue.PathNotFound, $"There is no file or folder '{path}'. Check the path.");
    }
}
