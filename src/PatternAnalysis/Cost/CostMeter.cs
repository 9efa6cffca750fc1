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
        var groups = new Dictionary<string, Group>(StringComparer.Ordinal);
        foreach (var message in messages)
            GroupOf(NameOf(message, grouping)).Add(message, _prices.Find(message.Model));
        if (corpus is not null && grouping is CostGrouping.Total or CostGrouping.Session or CostGrouping.Day)
        {
            for (var sequence = 0; sequence < corpus!.Count; sequence++)
                GroupOf(NameOf(corpus, sequence, grouping)).Add(WorkTime.Of(corpus, sequence, LongestWait));
        }

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

        Group GroupOf(string name)
        {
            if (!groups.TryGetValue(name, out var group))
                groups.Add(name, group = new Group());
            return group;
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

    private sealed class Group
    {
        private readonly HashSet<string> _sessions = [];
        private readonly SortedSet<string> _unpriced = new(StringComparer.Ordinal);
        private AgentCost _cost = new() { Name = "" };
        private WorkTime? _time;

        public void Add(MessageUsage message, ModelPrice? price)
        {
            _sessions.Add(message.SessionId);
            if (price is null)
                _unpriced.Add(message.Model ?? AgentCost.Unknown);
            _cost = _cost with
            {
                Turns = _cost.Turns + 1,
                InputTokens = _cost.InputTokens + message.InputTokens,
                OutputTokens = _cost.OutputTokens + message.OutputTokens,
                CacheWriteTokens = _cost.CacheWriteTokens + message.CacheWriteTokens,
                CacheReadTokens = _cost.CacheReadTokens + message.CacheReadTokens,
                UnpricedTurns = _cost.UnpricedTurns + (price is null ? 1 : 0),
                Usd =
                    _cost.Usd
                    + (price?.Cost(message.InputTokens, message.OutputTokens, message.CacheReadTokens, message.CacheWriteTokens) ?? 0),
            };
        }

        public void Add(WorkTime time) => _time = _time?.And(time) ?? time;

        public AgentCost ToCost(string name) =>
            _cost with
            {
                Name = name,
                SessionCount = _sessions.Count,
                UnpricedModels = [.. _unpriced],
                ToolTime = _time?.Tool,
                ModelTime = _time?.Model,
                PauseTime = _time?.Pause,
            };
    }
}
