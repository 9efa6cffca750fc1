using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Reads the events of several servers behind a coordinator from each server itself, all at once, and what was derived of them there in
/// their place; the coordinator would hand over one server's rows after the other's. Where there is one server, or not all can be reached
/// from here, the database is read as ever.
/// </summary>
internal sealed class PostgresNodeReader(PostgresDatabase database, TimeZoneInfo? timeZone) : IHookEventReader
{
    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var nodes = CountingNode.FindReachable(database);
        if (nodes.Count == 0)
        {
            new PostgresHookEventReader(database, timeZone).Read(query, sink, cancellationToken);
            return;
        }

        try
        {
            ReadAll(nodes, query, sink, takesSteps: true, cancellationToken);
        }
        catch (NodeChangedException)
        {
            // What one node handed over can't be told from what others did.
            sink.Restart();
            ReadAll(nodes, query, sink, takesSteps: false, cancellationToken);
        }
    }

    private void ReadAll(
        IReadOnlyList<PostgresDatabase> nodes,
        EventQuery query,
        IHookEventSink sink,
        bool takesSteps,
        CancellationToken cancellationToken
    )
    {
        var forking = new object();
        var sinks = new List<IHookEventSink> { sink };
        while (sinks.Count < nodes.Count && sink.Fork() is { } fork)
            sinks.Add(fork);

        // Rows that must come from one thread come from one node after the other.
        Action<IEnumerable<int>, CancellationToken> Worker(IHookEventSink into) =>
            (numbers, stop) =>
            {
                foreach (var number in numbers)
                    new PostgresHookEventReader(nodes[number], timeZone).Read(query, new NodeSink(into, sink, forking, takesSteps), stop);
            };
        PartWorkers.Run(nodes.Count, [.. sinks.Select(Worker)], cancellationToken);
    }

    /// <summary>Takes the rows of one node.</summary>
    /// <param name="into">What takes them.</param>
    /// <param name="all">What takes the rows of all nodes, and gives sinks for further threads.</param>
    /// <param name="forking">Held by who asks for one.</param>
    /// <param name="takesSteps">Whether it takes what was derived of events.</param>
    private sealed class NodeSink(IHookEventSink into, IHookEventSink all, object forking, bool takesSteps) : IDerivedStepSink
    {
        public StepRules? Rules => takesSteps ? (into as IDerivedStepSink)?.Rules : null;

        public void Add(in HookEventRow row) => into.Add(row);

        public void Add(in DerivedStep step, IDerivedTexts texts) => ((IDerivedStepSink)into).Add(step, texts);

        public IHookEventSink? Fork()
        {
            lock (forking)
                return all.Fork();
        }

        public void Restart() => throw new NodeChangedException();
    }

    private sealed class NodeChangedException : Exception;
}
