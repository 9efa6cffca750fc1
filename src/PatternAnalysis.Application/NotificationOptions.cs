using PatternAnalysis.Delivery;
using PatternAnalysis.Notification;
using PatternAnalysis.Options;

namespace PatternAnalysis.Application;

/// <summary>Whether a run tells reviewers, and how.</summary>
public sealed record NotificationOptions
{
    /// <summary>Whether reviewers are told.</summary>
    [Option("Notify", "Tells reviewers of new pending patterns, once for each pattern.")]
    public bool Notify { get; init; }

    /// <summary>The log file; null for the one of the settings.</summary>
    [Option("NotificationPath", "The log file that notifications are appended to.", IsPath = true, Aliases = ["--notification-log"])]
    public string? LogPath { get; init; }

    /// <summary>Where notifications go; null for what the settings say.</summary>
    [Option("Sink", "Where notifications go; to the log, or where the settings say, when not given.")]
    public IReadOnlyList<SinkKind>? Sinks { get; init; }

    /// <summary>The settings; null for those that the environment names.</summary>
    [Option(
        "NotificationSettingsPath",
        "The settings file of the notification (JSON).",
        IsPath = true,
        Aliases = ["--notification-settings"]
    )]
    public string? SettingsPath { get; init; }

    /// <summary>The sinks that are to be told; none when nobody is.</summary>
    /// <param name="folder">The folder that relative names of files start from.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidNotificationSettings</c>: they can't work.</exception>
    public IReadOnlyList<INotificationSink> CreateSinks(string folder)
    {
        if (!Notify)
            return [];

        var settings = NotificationSettingsReader.Read(SettingsPath);
        return SinkFactory.Create(
            settings with
            {
                Sinks = Sinks is { Count: > 0 } ? Sinks : settings.Sinks,
                Log = new LogSettings { Path = Path.GetFullPath(LogPath ?? settings.Log.Path, folder) },
            }
        );
    }
}
