using System.Text.RegularExpressions;
using PatternAnalysis.Delivery.Tests.Support;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>A log of what was told, which grows.</summary>
public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_notification_is_appended_with_its_time_in_UTC()
    {
        var file = Path.Combine(_folder, "logs", "told.log");
        new LogFileSink(file).Send(Patterns.Notification("Read→Edit"), default);
        new LogFileSink(file).Send(Patterns.Notification("Build→Test"), default);

        var text = File.ReadAllText(file);
        Assert.Equal(2, Regex.Count(text, @"^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\]\r?$", RegexOptions.Multiline));
        Assert.True(text.IndexOf("Pattern: Read→Edit", StringComparison.Ordinal) < text.IndexOf("Build→Test", StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_that_can_not_be_written_is_an_error_that_names_it()
    {
        var error = Assert.Throws<PatternAnalysisException>(() => new LogFileSink(_folder).Send(Patterns.Notification("a→b"), default));

        Assert.Equal(ErrorCatalogue.NotificationFailed.Id, error.ErrorId);
        Assert.StartsWith($"The notification could not be written to '{_folder}': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Give another file.", error.Message, StringComparison.Ordinal);
    }
}
