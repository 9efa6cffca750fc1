using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Effect;

/// <summary>Puts together what sessions did: their cases, and when their users wrote.</summary>
public static class SessionObserver
{
    /// <summary>The events of prompts.</summary>
    public static IReadOnlyList<string> PromptTypes { get; } = [HookEventType.UserPromptSubmit];

    /// <summary>The sessions of a corpus.</summary>
    /// <param name="corpus">Its cases; those of one session, its sub-agents among them, come together.</param>
    /// <param name="prompts">When the users of sessions wrote.</param>
    /// <param name="groupsOf">The application and the person of a session, as far as they are known.</param>
    public static IReadOnlyList<ObservedSession> Observe(
        SequenceCorpus corpus,
        PromptTimes prompts,
        Func<string, IReadOnlyList<string>> groupsOf
    )
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(groupsOf);
        return
        [
            .. Enumerable
                .Range(0, corpus.Count)
                .Where(sequence => corpus.FirstSeen(sequence) is not null)
                .GroupBy(sequence => SessionOf(corpus.SessionId(sequence)))
                .Select(session => new ObservedSession(
                    session.Key,
                    groupsOf(session.Key),
                    [.. session.Select(sequence => Steps(corpus, sequence))],
                    prompts.Of(session.Key)
                )),
        ];
    }

    private static ObservedStep[] Steps(SequenceCorpus corpus, int sequence)
    {
        var steps = new ObservedStep[corpus.Length(sequence)];
        for (var step = 0; step < steps.Length; step++)
        {
            var name = corpus.Activity(corpus.Steps(sequence)[step]);
            var end = name.IndexOf('(', StringComparison.Ordinal);
            steps[step] = new ObservedStep(
                name,
                corpus.UtcTicks(sequence, step),
                StepFactsReader.IsEditTool(end > 0 ? name[..end] : name.TrimEnd('+'))
            );
        }

        return steps;
    }

    // A case is named "session", "session/agent", or either with "#" and a label behind.
    private static string SessionOf(string caseId) => caseId.AsSpan().IndexOfAny('/', '#') is > 0 and var end ? caseId[..end] : caseId;
}

/// <summary>Takes the events of prompts: when the user of a session wrote.</summary>
public sealed class PromptTimes : IHookEventSink
{
    private readonly Dictionary<string, List<long>> _times = [];

    /// <inheritdoc/>
    public void Add(in HookEventRow row)
    {
        if (row.UtcTicks is not { } ticks)
            return;
        var session = SecretMasker.MaskIdentifier(Encoding.UTF8.GetString(row.SessionId));
        if (!_times.TryGetValue(session, out var times))
            _times.Add(session, times = []);
        times.Add(ticks);
    }

    /// <inheritdoc/>
    public void Restart() => _times.Clear();

    /// <summary>When the user of a session wrote, in UTC ticks.</summary>
    public IReadOnlyList<long> Of(string sessionId) => _times.TryGetValue(sessionId, out var times) ? times : [];
}
