using PatternAnalysis.Events;

namespace PatternAnalysis.Tests.Worth;

/// <summary>What a store would tell of messages and answers, whatever the window.</summary>
internal sealed class ToldUsage : IUsageReader
{
    public IReadOnlyList<MessageUsage> Messages { get; init; } = [];

    public IReadOnlyList<CallResult> Results { get; init; } = [];

    public IEnumerable<MessageUsage> ReadMessages(TimeWindow window, CancellationToken cancellationToken = default) => Messages;

    public IEnumerable<CallResult> ReadResults(TimeWindow window, CancellationToken cancellationToken = default) => Results;
}
