namespace PatternAnalysis.Notification;

/// <summary>Where notifications go.</summary>
public interface INotificationSink
{
    /// <summary>Delivers a message.</summary>
    /// <exception cref="PatternAnalysisException">It could not be delivered.</exception>
    void Send(string message);
}
