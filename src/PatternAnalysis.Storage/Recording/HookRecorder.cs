using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// Stores what an agent hands to a hook, as it happens. It is part of the agent's own work, so the database has a second at most, whatever
/// it does, and nothing is a reason to fail: what can't be stored is left in the spool, from where the next import or analysis takes it.
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
    /// <param name="sourceApp">The application that the events come from; that of Claude Code when not given.</param>
    /// <exception cref="PatternAnalysisException">No database is named, or its name can't be read.</exception>
    public HookRecorder(string? database, PayloadMode mode, string? sourceApp = null)
    {
        _database = PatternDatabase.OpenForRecording(database);
        _mode = mode;
        _sourceApp = sourceApp ?? HookInput.DefaultSourceApp;
    }

    /// <summary>How long the database has for an event.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Stores one event.</summary>
    /// <param name="input">The hook's JSON.</param>
    /// <returns>Null, or what the trouble was and where the event waits.</returns>
    public string? Record(Stream input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var buffer = new MemoryStream();
        input.CopyTo(buffer);
        var utf8 = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (HookInput.TryRead(utf8, _mode, _sourceApp, DateTime.UtcNow, out var record) is { } problem)
        {
            var text = System.Text.Encoding.UTF8.GetString(utf8.Span);
            return Leave(SecretMasker.Mask(text, LongestRejected), SpooledFile.Rejected, $"Not stored: {SkipReason.Explain(problem)}.");
        }

        return Store(record!) switch
        {
            (EventWriteOutcome.Refused, _) => Leave(
                SpooledEvent.Write(record!),
                SpooledFile.Rejected,
                $"Not stored: {SkipReason.Explain(SkipReason.Refused)}."
            ),
            (null, var trouble) => Leave(SpooledEvent.Write(record!), SpooledFile.Row, trouble),
            _ => null,
        };
    }

    /// <summary>
    /// Stores it on a thread of its own, because not everything that a database can make one wait for has a limit. Should it come to store
    /// it after all, there are two of the event, and whoever drains the spool keeps one.
    /// </summary>
    private (EventWriteOutcome? Outcome, string Trouble) Store(NewHookEvent record)
    {
        EventWriteOutcome? outcome = null;
        var trouble = $"'{_database.Name}' did not take the event within {Patience.TotalSeconds} s.";
        var thread = new Thread(() =>
        {
            try
            {
                outcome = _database.EventWriter.Write([record])[0];
            }
#pragma warning disable CA1031 // Whatever it is: the agent must go on, and the event must not be lost.
            catch (Exception error)
#pragma warning restore CA1031
            {
                trouble = error.Message;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        thread.Join(Patience);
        return (outcome, trouble);
    }

    private string Leave(string text, string extension, string trouble)
    {
        try
        {
            return $"{trouble} The event waits in '{new SpoolFolder(_database.Name).Add(text, extension)}'.";
        }
        catch (IOException error)
        {
            return $"{trouble} The event is lost, because its spool folder can't be written either: {error.Message}";
        }
    }
}
