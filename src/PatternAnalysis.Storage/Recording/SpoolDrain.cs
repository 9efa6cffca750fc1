using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// Stores the events that wait in the spool folders of a database. Whatever can't be stored waits on, and never ends what the events are
/// needed for. Two may drain at once: an event is stored once, by its id.
/// </summary>
public sealed class SpoolDrain
{
    private const int BatchCount = 5_000;
    private const int BatchLength = 16 << 20;

    private readonly PatternDatabase _database;
    private readonly List<(SpooledFile File, NewHookEvent Record)> _batch = [];
    private int _batchLength;
    private int _stored;
    private int _duplicates;
    private int _rejected;
    private int _lost;
    private int _kept;
    private string? _trouble;

    private SpoolDrain(PatternDatabase database) => _database = database;

    /// <summary>Stores what waits.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the rest waits on.</exception>
    public static SpoolDrainResult Run(PatternDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new SpoolDrain(database).Run(cancellationToken);
    }

    /// <summary>Says what waits, and leaves it as it is.</summary>
    public static SpoolDrainResult Look(PatternDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new SpoolDrain(database).Look();
    }

    private SpoolDrainResult Look()
    {
        IReadOnlyList<SpooledFile> files = [];
        try
        {
            files = new SpoolFolder(_database.Name).Files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _trouble = error.Message;
        }

        return Result(files, files.Count);
    }

    private SpoolDrainResult Run(CancellationToken cancellationToken)
    {
        IReadOnlyList<SpooledFile> files = [];
        var done = 0;
        try
        {
            files = new SpoolFolder(_database.Name).Files;
            for (; done < files.Count; done++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(files[done], cancellationToken);
            }

            Flush(cancellationToken);
        }
#pragma warning disable CA1031 // Whatever it is, the events wait on, and what they are needed for goes on.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _trouble = error.Message;
        }

        return Result(files, _kept + _batch.Count + files.Count - done);
    }

    private SpoolDrainResult Result(IReadOnlyList<SpooledFile> files, int waiting) =>
        new()
        {
            StoredCount = _stored,
            DuplicateCount = _duplicates,
            RejectedCount = _rejected,
            LostCount = _lost,
            WaitingCount = waiting,
            Places = [.. files.Select(file => Path.GetDirectoryName(file.Path)!).Distinct()],
            Trouble = _trouble,
        };

    private void Add(SpooledFile file, CancellationToken cancellationToken)
    {
        NewHookEvent? record = null;
        string? problem = null;
        if (!Try(() => problem = file.TryRead(out record)))
            return;
        if (record is null)
        {
            // The rest of an event that somebody ended the writing of tells nothing but that there was one.
            if (file.IsDraft)
                _lost += Try(() => File.Delete(file.Path)) ? 1 : 0;
            else
                _rejected += Try(file.Reject) ? 1 : 0;
            return;
        }

        _batch.Add((file, record));
        _batchLength += record.Payload.Length;
        if (_batch.Count == BatchCount || _batchLength >= BatchLength)
            Flush(cancellationToken);
    }

    private void Flush(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;

        var outcomes = _database.EventWriter.Write([.. _batch.Select(item => item.Record)], cancellationToken);
        var batch = _batch.ToArray();
        _batch.Clear();
        _batchLength = 0;
        foreach (var ((file, _), outcome) in batch.Zip(outcomes))
        {
            if (outcome == EventWriteOutcome.Refused)
            {
                _rejected += Try(file.Reject) ? 1 : 0;
                continue;
            }

            _stored += outcome == EventWriteOutcome.Stored ? 1 : 0;
            _duplicates += outcome == EventWriteOutcome.Duplicate ? 1 : 0;
            Try(() => File.Delete(file.Path));
        }
    }

    /// <summary>Does something with a file. One that can't be used now waits; one that is gone was somebody else's.</summary>
    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _kept++;
            _trouble ??= error.Message;
            return false;
        }
    }
}
