using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// What a store knows of messages and answers, by the keys that steps have. Of the answers only what a step could have taken up is kept.
/// </summary>
internal sealed class UsageJoin
{
    private readonly Dictionary<ulong, IReadOnlyList<string>> _results = [];

    /// <summary>What messages used.</summary>
    public Dictionary<ulong, TurnUsage> Messages { get; } = [];

    /// <summary>Reads the messages of a window.</summary>
    public void ReadMessages(IUsageReader usage, TimeWindow window, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in usage.ReadMessages(window, cancellationToken))
        {
            var model = message.Model;
            if (model is not null && !models.TryGetValue(model, out model))
                models.Add(message.Model!, model = message.Model!);
            Messages[MessageKey.Of(message.SessionId, message.MessageId)] = new TurnUsage(
                model,
                message.InputTokens,
                message.CacheWriteTokens,
                message.CacheReadTokens,
                message.OutputTokens,
                message.CallCount,
                message.PromptId is null ? 0 : StepIds.Hash(Encoding.UTF8.GetBytes(message.PromptId))
            );
        }
    }

    /// <summary>Reads of the answers of a window what the arguments of any step may have been taken from.</summary>
    public void ReadResults(IUsageReader usage, TimeWindow window, IEnumerable<FactInterner> facts, CancellationToken cancellationToken)
    {
        // Hashes instead of texts. A wrong hit does no harm: it keeps a token that is then equal to none.
        var wanted = new HashSet<int>();
        foreach (var part in facts)
        {
            for (var number = 0; number < part.Count; number++)
            {
                if (part[number].Template is not null)
                    wanted.UnionWith(part[number].Arguments.Select(argument => string.GetHashCode(ArgumentBinder.Plain(argument))));
            }
        }

        foreach (var result in usage.ReadResults(window, cancellationToken))
        {
            string[] kept = [.. result.Tokens.Where(token => IsWanted(token, wanted))];
            if (kept.Length > 0)
                _results[StepIds.HashCall(Encoding.UTF8.GetBytes(result.SessionId), Encoding.UTF8.GetBytes(result.ToolUseId))] = kept;
        }
    }

    /// <summary>What the answer of a call names, or null.</summary>
    public IReadOnlyList<string>? ResultOf(ulong call) => _results.GetValueOrDefault(call);

    private static bool IsWanted(string token, HashSet<int> wanted)
    {
        var plain = ArgumentBinder.Plain(token);
        var last = plain.LastIndexOfAny('/', '\\');
        return wanted.Contains(string.GetHashCode(plain))
            || (
                last >= 0
                && (wanted.Contains(string.GetHashCode(plain[(last + 1)..])) || wanted.Contains(string.GetHashCode(plain[..last])))
            );
    }
}
