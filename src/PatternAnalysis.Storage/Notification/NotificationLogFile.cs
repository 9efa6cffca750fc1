using System.Globalization;
using System.Text;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Storage.Notification;

/// <summary>Appends notifications to a log file, each with its time.</summary>
public sealed class NotificationLogFile(string path) : INotificationSink
{
    /// <summary>Where the log lies when nothing else is asked for, below the current folder.</summary>
    public static string DefaultPath { get; } = Path.Combine("logs", "pattern_notifications.log");

    /// <inheritdoc/>
    public void Send(string message)
    {
        try
        {
            var file = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
            File.AppendAllText(file, $"\n[{time}]\n{message}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PatternAnalysisException("NotificationFailed",
                $"The notification could not be written to '{path}': {error.Message} Give another file.", error);
        }
    }
}
