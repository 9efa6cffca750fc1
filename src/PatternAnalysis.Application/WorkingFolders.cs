using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Payloads;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>The folders of projects that events come from, as the first event of each session that names one does.</summary>
public sealed class WorkingFolders : IHookEventSink
{
    private const int MostParents = 32;

    private static readonly string[] s_signs = [".git", ".claude"];

    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _folders = new(StringComparer.Ordinal);

    private WorkingFolders() { }

    /// <summary>The projects, each by its topmost folder; only those that are on this machine.</summary>
    /// <param name="database">The database; only read.</param>
    /// <param name="window">Which time is looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<string> Find(PatternDatabase database, TimeWindow window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var folders = new WorkingFolders();
        database.Events.Read(new EventQuery { Window = window, ReadsPayload = true }, folders, cancellationToken);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. folders._folders.Select(folder => ProjectOf(folder, home)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Add(in HookEventRow row)
    {
        var session = Encoding.UTF8.GetString(row.SessionId);
        if (_sessions.Contains(session) || ToolUseReader.Read("", row.Payload).Folder is not { Length: > 0 } folder)
            return;
        _sessions.Add(session);
        _folders.Add(folder);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _sessions.Clear();
        _folders.Clear();
    }

    /// <summary>
    /// The nearest folder above that says of itself that it is a project, or the folder itself; null when it is not there, and of the home
    /// folder and what it lies in: the rules there are the user's, of all projects. What the events name is foreign text: a share of
    /// another machine is never asked for.
    /// </summary>
    public static string? ProjectOf(string named, string home)
    {
        // Home folders were masked when the events were stored.
        var folder = named is ['~', ..] && (named.Length == 1 || named[1] is '/' or '\\') && home.Length > 0 ? home + named[1..] : named;
        if (
            folder.StartsWith(@"\\", StringComparison.Ordinal)
            || folder.StartsWith("//", StringComparison.Ordinal)
            || folder.Contains('\0', StringComparison.Ordinal)
            || !Path.IsPathFullyQualified(folder)
            || !Directory.Exists(folder)
        )
            return null;

        var start = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (start == Path.GetPathRoot(start) || Below(home).StartsWith(Below(start), StringComparison.Ordinal))
            return null;
        var current = start;
        for (var i = 0; i < MostParents && current is not null && current != home; i++)
        {
            if (s_signs.Any(sign => Path.Exists(Path.Combine(current, sign))))
                return current;
            current = Path.GetDirectoryName(current);
        }

        return start;
    }

    private static string Below(string folder) => folder + Path.DirectorySeparatorChar;
}
