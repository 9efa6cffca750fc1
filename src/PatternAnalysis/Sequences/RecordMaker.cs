using System.Runtime.CompilerServices;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>Makes the records of steps, case after case.</summary>
internal sealed class RecordMaker(StepTables tables, UsageJoin? usage)
{
    private readonly ArgumentBinder _binder = new();
    private ulong _session;

    /// <summary>The turns of all cases so far.</summary>
    public TurnTable Turns { get; } = new();

    /// <summary>Starts the next case.</summary>
    /// <param name="id">Its name.</param>
    public void StartCase(string id)
    {
        _session = MessageKey.OfSession(id);
        _binder.StartCase();
        Turns.StartCase();
    }

    /// <summary>The record of the next step of the case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StepRecord Make(in TimedStep step)
    {
        var message = tables.ContextOf(step).Message;
        var turn = Turns.Add(message == 0 ? 0 : MessageKey.Of(_session, message));
        var result = usage is not null && tables.CallOf(step) is not 0 and var call ? usage.ResultOf(call) : null;
        return new StepRecord(step.Facts, turn, _binder.Add(tables.Facts[step.Facts], result));
    }
}

/// <summary>The key of a message of a model: its id, within its session.</summary>
internal static class MessageKey
{
    /// <summary>The part of the key that a case's session gives.</summary>
    public static ulong OfSession(string id)
    {
        var end = id.AsSpan().IndexOfAny('/', '#');
        return StepIds.Hash(Encoding.UTF8.GetBytes(end > 0 ? id[..end] : id));
    }

    /// <summary>The key of an id.</summary>
    public static ulong Of(string session, string id) => Of(OfSession(session), StepIds.Hash(Encoding.UTF8.GetBytes(id)));

    /// <summary>The key of the hash of an id.</summary>
    public static ulong Of(ulong session, ulong message) => (message ^ ((session << 17) | (session >> 47))) is not 0 and var key ? key : 1;
}
