using System.Globalization;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Pricing;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Cost;

/// <summary>Adds up what agents spent.</summary>
/// <param name="prices">What tokens cost.</param>
public sealed class CostMeter(PriceTable prices)
{
    /// <summary>The longest pause that counts as waiting for the model; the definition of worth has the same.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(300);

    private readonly PriceTable _prices = prices ?? throw new ArgumentNullException(nameof(prices));

    /// <summary>Adds up by a grouping; the dearest first, days in their order.</summary>
    /// <param name="messages">The answers of models, each once.</param>
    /// <param name="corpus">The calls, in cases of prompts with their outcomes; null when nothing is known of times.</param>
    /// <param name="grouping">What is added up by.</param>
    public IReadOnlyList<AgentCost> Measure(IEnumerable<MessageUsage> messages, SequenceCorpus? corpus, CostGrouping grouping)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var groups = new Dictionary<string, CostTally>(StringComparer.Ordinal);
        var calls = grouping == CostGrouping.Activity ? CallsOfMessages.Of(corpus) : null;
        foreach (var message in messages)
        {
            var price = _prices.Find(message.Model);
            if (calls is null)
                GroupOf(NameOf(message, grouping)).Add(message, price);
            else
                AddSplit(message, price, calls.Of(message));
        }

        if (corpus is not null)
            AddTimes(corpus, grouping, GroupOf);

        var costs = groups.Select(group => group.Value.ToCost(group.Key));
        return grouping == CostGrouping.Day
            ? [.. costs.OrderBy(cost => cost.Name, StringComparer.Ordinal)]
            :
            [
                .. costs
                    .OrderByDescending(cost => cost.Usd)
                    .ThenByDescending(cost => cost.Tokens)
                    .ThenBy(cost => cost.Name, StringComparer.Ordinal),
            ];

        CostTally GroupOf(string name)
        {
            if (!groups.TryGetValue(name, out var group))
                groups.Add(name, group = new CostTally());
            return group;
        }

        void AddSplit(MessageUsage message, ModelPrice? price, IReadOnlyList<string> activities)
        {
            for (var part = 0; part < activities.Count; part++)
                GroupOf(activities[part]).Add(message, price, part, activities.Count);
        }
    }

    private static void AddTimes(SequenceCorpus corpus, CostGrouping grouping, Func<string, CostTally> groupOf)
    {
        if (grouping is not (CostGrouping.Total or CostGrouping.Session or CostGrouping.Day or CostGrouping.Activity))
            return;
        for (var sequence = 0; sequence < corpus.Count; sequence++)
        {
            if (grouping != CostGrouping.Activity)
            {
                groupOf(NameOf(corpus, sequence, grouping)).Add(WorkTime.Of(corpus, sequence, LongestWait));
                continue;
            }

            var times = WorkTime.OfSteps(corpus, sequence, LongestWait);
            for (var step = 0; step < times.Length; step++)
                groupOf(CallsOfMessages.NameOf(corpus, corpus.Steps(sequence)[step])).Add(times[step]);
        }
    }

    private static string NameOf(MessageUsage message, CostGrouping grouping) =>
        grouping switch
        {
            CostGrouping.Session => SecretMasker.MaskIdentifier(message.SessionId),
            CostGrouping.Prompt => SecretMasker.MaskIdentifier($"{message.SessionId}#{message.PromptId ?? AgentCost.Unknown}"),
            CostGrouping.Model => message.Model ?? AgentCost.Unknown,
            CostGrouping.Application => message.SourceApp is { } app ? SecretMasker.Mask(app) : AgentCost.Unknown,
            CostGrouping.Day => Day(message.Timestamp),
            _ => nameof(CostGrouping.Total),
        };

    private static string NameOf(SequenceCorpus corpus, int sequence, CostGrouping grouping) =>
        grouping switch
        {
            CostGrouping.Session => SessionOf(corpus.SessionId(sequence)),
            CostGrouping.Day when corpus.FirstSeen(sequence) is { } first => Day(first.UtcDateTime),
            CostGrouping.Day => AgentCost.Unknown,
            _ => nameof(CostGrouping.Total),
        };

    // A case is named "session", "session/agent", or either with "#" and a label behind.
    private static string SessionOf(string caseId) => caseId.AsSpan().IndexOfAny('/', '#') is > 0 and var end ? caseId[..end] : caseId;

    private static string Day(DateTime utc) => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
