using PatternAnalysis.Import;
using PatternAnalysis.Storage.Import;

namespace PatternAnalysis.Storage.Recording;

/// <summary>Stores the events that recorders had to leave beside a database.</summary>
public static class SpoolDrain
{
    /// <summary>Stores them. A file goes when its event is stored; one whose event no table takes is kept as <c>.rejected</c>.</summary>
    /// <returns>What it came to.</returns>
    /// <exception cref="PatternAnalysisException">The database can't be written; the events wait on.</exception>
    public static ImportResult Run(PatternDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var files = new SpoolFolder(database.Name).Files;
        if (files.Count == 0)
            return new ImportResult { Database = database.Name };

        var result = Import(database, files, cancellationToken);
        foreach (var file in files)
        {
            // Told apart only when there is a need to: one by one takes a transaction each.
            if (result.SkippedCount > 0 && Import(database, [file], cancellationToken).SkippedCount > 0)
                SpoolFolder.Reject(file);
            else
                File.Delete(file);
        }

        return result;
    }

    // What a file holds was masked and shortened when it was left.
    private static ImportResult Import(PatternDatabase database, IEnumerable<string> files, CancellationToken cancellationToken) =>
        FileImport.Run(database, files, "HookEvents", new ImportOptions { PayloadMode = PayloadMode.Full }, null, cancellationToken);
}
