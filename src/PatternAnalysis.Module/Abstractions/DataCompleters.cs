using PatternAnalysis.Approvals;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>The ids of patterns; the sequence says which is which.</summary>
internal sealed class PatternIdCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database
            .Approvals.Find(new ApprovalQuery())
            .Select(pattern => (pattern.PatternId, (string?)$"{pattern.Status}: {pattern.ToolSequence}"));
}

/// <summary>The sessions of the latest events.</summary>
internal sealed class SessionIdCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database.Words.Sessions().Select(word => (word, (string?)null));
}

/// <summary>The applications of the latest events.</summary>
internal sealed class SourceAppCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database.Words.Applications().Select(word => (word, (string?)null));
}

/// <summary>The types of the latest events.</summary>
internal sealed class EventTypeCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database.Words.EventTypes().Select(word => (word, (string?)null));
}

/// <summary>Who decided before.</summary>
internal sealed class ReviewerCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database
            .Approvals.History()
            .Where(entry => entry.Action != ReviewHistoryEntry.Flagged && entry.Reviewer is { Length: > 0 })
            .GroupBy(entry => entry.Reviewer!, StringComparer.Ordinal)
            .OrderByDescending(entries => entries.Count())
            .Select(entries => (entries.Key, (string?)$"decided {entries.Count()} times"));
}

/// <summary>The texts of stored patterns, and their steps as wildcards.</summary>
internal sealed class ToolSequenceCompleter : DatabaseCompleter
{
    protected override IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database) =>
        database
            .Approvals.Find(new ApprovalQuery())
            .Select(pattern => (pattern.ToolSequence, (string?)$"{pattern.Status}: {pattern.PatternId}"));
}
