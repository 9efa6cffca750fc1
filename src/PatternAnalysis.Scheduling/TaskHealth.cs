using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Scheduling;

/// <summary>Looks at a registered run: whether what it needs is there, and what its log says of the last time.</summary>
public static partial class TaskHealth
{
    private const int LongestTail = 1 << 16;
    private const int LongestShortName = 40;

    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(12);

    /// <summary>Where logs go when the task names no place.</summary>
    public static string DefaultLogDirectory =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "PatternAnalysis", "logs");

    /// <summary>Looks; nothing is changed or run.</summary>
    public static ScheduledAnalysisCheck Check(ScheduledAnalysis task) => Check(task, DateTimeOffset.UtcNow);

    /// <summary>The same at a moment.</summary>
    internal static ScheduledAnalysisCheck Check(ScheduledAnalysis task, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        var problems = Missing(task).ToList();
        var log = LatestLog(task);
        var (started, exitCode) = log is null ? (null, null) : LastRun(log);
        if (exitCode is > 0)
            problems.Add($"The last run ended with exit code {exitCode}; see {log}.");
        if (started is { } at && exitCode is null && now - at > s_longestRun)
            problems.Add(
                string.Create(CultureInfo.InvariantCulture, $"The last run started at {at:yyyy-MM-dd HH:mm} and never ended; see {log}.")
            );
        return new ScheduledAnalysisCheck(
            task.Name,
            task.Scheduler,
            problems.Count == 0,
            [.. problems],
            started,
            exitCode,
            task.NextRun,
            log
        );
    }

    /// <summary>What a task needs and is not there: the program, the script of the module that registered it, the database.</summary>
    public static IEnumerable<string> Missing(ScheduledAnalysis task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Arguments is [var program, ..] && Path.IsPathFullyQualified(program) && !File.Exists(program))
            yield return $"There is no program '{program}' any more.";
        if (task.Script is { } script && !File.Exists(script))
            yield return $"The module that registered it is gone: there is no '{script}'. Register it again.";
        if (task.Database is { } database && Path.IsPathFullyQualified(database) && !File.Exists(database))
            yield return $"There is no database '{database}'.";
    }

    private static string? LatestLog(ScheduledAnalysis task)
    {
        var folder = task.LogDirectory ?? DefaultLogDirectory;
        var name = new Regex($@"\Apattern_analysis_{Regex.Escape(task.Name)}{DatabasePart(task.Database)}_[0-9]{{8}}\.log\z");
        return Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "pattern_analysis_*.log")
                .Where(file => name.IsMatch(Path.GetFileName(file)))
                .MaxBy(file => Path.GetFileNameWithoutExtension(file)[^8..], StringComparer.Ordinal)
            : null;
    }

    // As the daily script names its logs: the database's short name and the start of a hash of its full name. The hash tells the task
    // Daily on Weekly_x.db from the task Daily_Weekly on x.db. Of a relative path, as somebody may have written into a crontab, it is not
    // known.
    private static string DatabasePart(string? database)
    {
        if (database is null)
            return "(?:_[^_]+-[0-9a-f]{6})?";
        var isFile = !database.Contains("://", StringComparison.Ordinal) && !database.Contains('=', StringComparison.Ordinal);
        var name = Unsafe().Replace(isFile ? Path.GetFileNameWithoutExtension(database) : "server", "-");
        var hash =
            isFile && !Path.IsPathFullyQualified(database)
                ? "[0-9a-f]{6}"
                : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..6].ToLowerInvariant();
        return $"_{Regex.Escape(name[..Math.Min(LongestShortName, name.Length)])}-{hash}";
    }

    // The end of a log is enough: it holds days of runs only when many ran.
    private static (DateTimeOffset? Started, int? ExitCode) LastRun(string log)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, LongestTail), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        var (started, exitCode) = ((DateTimeOffset?)null, (int?)null);
        foreach (Match line in Line().Matches(reader.ReadToEnd()))
        {
            if (line.Groups["code"].Success)
                exitCode = int.Parse(line.Groups["code"].Value, CultureInfo.InvariantCulture);
            else if (DateTimeOffset.TryParse(line.Groups["at"].Value, CultureInfo.InvariantCulture, out var at))
                (started, exitCode) = (at, null);
        }

        return (started, exitCode);
    }

    [GeneratedRegex(@"^(?<at>\S+) (?:Started|.*\(?(?:Ended with exit code|exit code) (?<code>[0-9]+)\)?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"[^\w.-]")]
    private static partial Regex Unsafe();
}
