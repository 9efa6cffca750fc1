namespace PatternAnalysis.Storage.Recording;

/// <summary>What became of the events that waited.</summary>
public sealed record SpoolDrainResult
{
    /// <summary>How many were stored.</summary>
    public required int StoredCount { get; init; }

    /// <summary>How many had been stored before.</summary>
    public required int DuplicateCount { get; init; }

    /// <summary>How many files held no event, or one that the table refuses; they are kept as <c>.rejected</c>.</summary>
    public required int RejectedCount { get; init; }

    /// <summary>How many events came and are lost, because the disk was full or whoever recorded them was ended.</summary>
    public required int LostCount { get; init; }

    /// <summary>How many files wait on.</summary>
    public required int WaitingCount { get; init; }

    /// <summary>The folders that they wait, or waited, in.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Why files wait on.</summary>
    public required string? Trouble { get; init; }

    /// <summary>What somebody should know or do; null when there is nothing.</summary>
    public string? Warning
    {
        get
        {
            var place = Places.Count > 0 ? $"'{string.Join("', '", Places)}'" : "the spool folder";
            string?[] parts =
            [
                (WaitingCount, Trouble) switch
                {
                    (0, null) => null,
                    (0, _) => $"The events that may wait in {place} can't be looked at: {Trouble}",
                    (_, null) => Invariant(
                        $"{WaitingCount} recorded events wait in {place}: the next import, or analysis that saves, takes them."
                    ),
                    _ => Invariant(
                        $"{WaitingCount} recorded events wait on in {place}: {Trouble} The first run after that is mended takes them."
                    ),
                },
                RejectedCount > 0
                    ? Invariant(
                        $"{RejectedCount} recorded inputs are no events, or the table refuses them; they are kept as .rejected in {place}."
                    )
                    : null,
                LostCount > 0
                    ? Invariant($"{LostCount} events were lost as they came: the disk was full, or the recorder was ended.")
                    : null,
            ];
            return parts.Any(part => part is not null) ? string.Join(" ", parts.Where(part => part is not null)) : null;
        }
    }

    private static string Invariant(InvariantText text) => text.Take();
}
