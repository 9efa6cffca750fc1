using System.Globalization;
using PatternAnalysis.Files;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery;

/// <summary>Appends notifications to a log file, each with its time.</summary>
public sealed class LogFileSink(string path) : INotificationSink
{
    /// <summary>Where the log lies when nothing else is asked for, below the current folder.</summary>
    public static string DefaultPath { get; } = Path.Combine("logs", "pattern_notifications.log");

    /// <inheritdoc/>
    public string Name => nameof(SinkKind.Log);

    /// <inheritdoc/>
    public void Send(ReviewNotification notification, CancellationToken cancellationToken)
    {
        try
        {
            var file = Path.GetFullPath(path);
            var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
            SafeFile.Append(file, $"\n[{time}]\n{NotificationMessage.Format(notification)}\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.NotificationFailed,
                $"The notification could not be written to '{path}': {error.Message} Give another file.",
                error
            );
        }
    }
}
