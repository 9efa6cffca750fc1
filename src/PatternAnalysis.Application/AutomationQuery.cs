using PatternAnalysis.Metrics;
using PatternAnalysis.Storage.Automations;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Application;

/// <summary>What is automated already, as <c>automations</c> lists it and an analysis looks at it.</summary>
public static class AutomationQuery
{
    /// <summary>Looks into folders. Files are read, nothing of them is run, and links that lead out of a folder are not followed.</summary>
    /// <param name="folders">The folders of projects.</param>
    /// <param name="projectOnly">Whether what the user automates in every project is left out.</param>
    /// <exception cref="PatternAnalysisException"><c>PathNotFound</c>: there is no such folder.</exception>
    public static AutomationSearch Run(IReadOnlyList<string> folders, bool projectOnly)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw new PatternAnalysisException(ErrorCatalogue.PathNotFound, $"There is no folder '{missing}'. Check the path.");

        var home = projectOnly ? "" : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        AutomationSearch[] searches =
        [
            .. home.Length > 0 && Directory.Exists(home) ? [AutomationFinder.OfUser(home)] : Array.Empty<AutomationSearch>(),
            .. folders.Select(AutomationFinder.InProject),
        ];
        return new AutomationSearch([.. searches.SelectMany(search => search.Found)], [.. searches.SelectMany(search => search.Skipped)]);
    }

    /// <summary>The same options with what their files hold: prices, and automations.</summary>
    /// <param name="options">The options.</param>
    /// <param name="skipped">A line for each file that could not be read.</param>
    /// <exception cref="PatternAnalysisException"><c>PathNotFound</c>, <c>InvalidPriceTable</c>: a file can't be used.</exception>
    public static WorthOptions LoadFiles(this WorthOptions options, out IReadOnlyList<string> skipped)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (options with { Prices = options.PricePath is { } path ? CostQuery.LoadPrices(path) : options.Prices }).LookInto(
            options.AutomationPath,
            out skipped
        );
    }

    /// <summary>The same options with what is automated in folders, and by the user; without a folder with nothing.</summary>
    /// <param name="options">The options.</param>
    /// <param name="folders">The folders of projects.</param>
    /// <param name="skipped">A line for each file that could not be read.</param>
    /// <exception cref="PatternAnalysisException"><c>PathNotFound</c>: there is no such folder.</exception>
    public static WorthOptions LookInto(this WorthOptions options, IReadOnlyList<string> folders, out IReadOnlyList<string> skipped)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folders);
        var search = folders.Count > 0 ? Run(folders, projectOnly: false) : new AutomationSearch([], []);
        skipped = search.Skipped;
        return options with { Automations = search.Found };
    }
}
