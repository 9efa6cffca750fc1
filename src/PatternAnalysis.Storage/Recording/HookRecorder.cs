using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Formats;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// Stores what an agent hands to a hook, as it happens. It is part of the agent's own work, so it waits a second at most and fails for no
/// reason: what it
/// can't store it leaves in a folder, from where the next import or analysis takes it.
/// </summary>
public sealed class HookRecorder
{
    private const int LongestRejected = 1 << 16;

    private readonly PatternDatabase _database;
    private readonly PayloadMode _mode;
    private readonly string _sourceApp;

    /// <summary>Makes a recorder.</summary>
    /// <param name="database">The database, as for <see cref="PatternDatabase.Open"/>; a missing file is created.</param>
    /// <param name="mode">How much of a tool's input is stored.</param>
    /// <param name="sourceApp">The application that the events come from.</param>
    /// <exception cref="PatternAnalysisException">No database is named, or its name can't be read.</exception>
    public HookRecorder(string? database, PayloadMode mode, string sourceApp)
    {
        _database = PatternDatabase.OpenForRecording(database);
        _mode = mode;
        _sourceApp = sourceApp;
    }

    /// <summary>Stores one event.</summary>
    /// <param name="input">The hook's JSON.</param>
    /// <returns>Null, or what the trouble was and where the event waits.</returns>
    public string? Record(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var text = new StreamReader(input, Encoding.UTF8).ReadToEnd();
        HookEventRecord record;
        try
        {
            if (TryRead(text, out var read) is { } problem)
                return Leave(SecretMasker.Mask(text, LongestRejected), isUsable: false, Sentence(problem));
            record = read!;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Leave(SecretMasker.Mask(text, LongestRejected), isUsable: false, Sentence(SkipReason.Malformed));
        }

        try
        {
            return _database.EventWriter.Write([record])[0] == EventWriteOutcome.Refused
                ? Leave(SpooledEvent.Write(record), isUsable: false, Sentence(SkipReason.Refused))
                : null;
        }
#pragma warning disable CA1031 // Whatever it is: the agent must go on, and the event must not be lost.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Leave(SpooledEvent.Write(record), isUsable: true, error.Message);
        }
    }

    private string? TryRead(string text, out HookEventRecord? record)
    {
        record = null;
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonValueReader.MaximumDepth });
        if (ClaudeHookFormat.Read(json.RootElement) is not { } hookEvent)
            return SkipReason.NotAnEvent;

        var now = DateTime.UtcNow;
        return new RecordBuilder(_mode, now, now).TryBuild(hookEvent with { SourceApp = _sourceApp, UtcTicks = now.Ticks }, out record);
    }

    private static string Sentence(string reason) => $"Not stored: {SkipReason.Explain(reason)}.";

    private string Leave(string text, bool isUsable, string trouble)
    {
        try
        {
            return $"{trouble} The event waits in '{new SpoolFolder(_database.Name).Add(text, isUsable)}'.";
        }
        catch (IOException error)
        {
            return $"{trouble} The event is lost, because its spool folder can't be written either: {error.Message}";
        }
    }
}
