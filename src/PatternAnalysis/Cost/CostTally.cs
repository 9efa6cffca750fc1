using PatternAnalysis.Events;
using PatternAnalysis.Pricing;

namespace PatternAnalysis.Cost;

/// <summary>Adds up what is put together under one name.</summary>
internal sealed class CostTally
{
    private readonly HashSet<string> _sessions = [];
    private readonly SortedSet<string> _unpriced = new(StringComparer.Ordinal);
    private AgentCost _cost = new() { Name = "" };
    private WorkTime? _time;

    /// <summary>Adds an answer of a model, or its share of several.</summary>
    /// <param name="message">The answer.</param>
    /// <param name="price">What its tokens cost; null when nobody knows.</param>
    /// <param name="part">Which of the parts, from 0; the answer itself is counted with the first.</param>
    /// <param name="parts">How many there are: what can't be divided goes to the first, so that parts add up to the whole.</param>
    public void Add(MessageUsage message, ModelPrice? price, int part = 0, int parts = 1)
    {
        long Share(long tokens) => tokens / parts + (part < tokens % parts ? 1 : 0);
        var (input, output) = (Share(message.InputTokens), Share(message.OutputTokens));
        var (cacheRead, cacheWrite) = (Share(message.CacheReadTokens), Share(message.CacheWriteTokens));
        _sessions.Add(message.SessionId);
        if (price is null)
            _unpriced.Add(message.Model ?? AgentCost.Unknown);
        _cost = _cost with
        {
            Turns = _cost.Turns + (part == 0 ? 1 : 0),
            InputTokens = _cost.InputTokens + input,
            OutputTokens = _cost.OutputTokens + output,
            CacheWriteTokens = _cost.CacheWriteTokens + cacheWrite,
            CacheReadTokens = _cost.CacheReadTokens + cacheRead,
            UnpricedTurns = _cost.UnpricedTurns + (price is null && part == 0 ? 1 : 0),
            Usd = _cost.Usd + (price?.Cost(input, output, cacheRead, cacheWrite) ?? 0),
        };
    }

    /// <summary>Adds times.</summary>
    public void Add(WorkTime time) => _time = _time?.And(time) ?? time;

    /// <summary>What it came to.</summary>
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
