using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Cost;

/// <summary>What the calls of each answer of a model were for.</summary>
internal sealed class CallsOfMessages
{
    private readonly Dictionary<ulong, List<string>> _activities = [];

    private CallsOfMessages() { }

    /// <summary>Reads the steps of a corpus; null when there is none.</summary>
    public static CallsOfMessages? Of(SequenceCorpus? corpus)
    {
        if (corpus is null)
            return null;

        var calls = new CallsOfMessages();
        if (corpus.Records is not { } records)
            return calls;
        for (var position = 0; position < corpus.StepCount; position++)
        {
            var message = records.Turns.MessageOf(records[position].Turn);
            if (message == 0)
                continue;
            if (!calls._activities.TryGetValue(message, out var activities))
                calls._activities.Add(message, activities = []);
            activities.Add(NameOf(corpus, corpus.AllSteps[position]));
        }

        return calls;
    }

    /// <summary>The name of an activity, as it is shown.</summary>
    public static string NameOf(SequenceCorpus corpus, int activity) => SecretMasker.Mask(corpus.Activity(activity));

    /// <summary>
    /// A name for each call of an answer: <see cref="AgentCost.Answer"/> when it asked for none, <see cref="AgentCost.Unknown"/> for those
    /// that are not among the steps, because they were refused or lie outside the window.
    /// </summary>
    public IReadOnlyList<string> Of(MessageUsage message)
    {
        var known = _activities.GetValueOrDefault(MessageKey.Of(message.SessionId, message.MessageId)) ?? [];
        return known.Count == 0 && message.CallCount == 0 ? [AgentCost.Answer]
            : known.Count >= message.CallCount ? known
            : [.. known, .. Enumerable.Repeat(AgentCost.Unknown, message.CallCount - known.Count)];
    }
}
