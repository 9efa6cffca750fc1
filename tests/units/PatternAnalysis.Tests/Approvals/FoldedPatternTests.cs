using PatternAnalysis.Approvals;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>Parts stand under the patterns that they are part of.</summary>
public sealed class FoldedPatternTests
{
    [Fact]
    public void Parts_are_folded_and_the_order_stays() =>
        Assert.Equal(["c", "a(b, d)"], Fold(("c", null), ("b", "a"), ("a", null), ("d", "a")));

    [Fact]
    public void A_part_of_what_is_not_in_the_list_stands_alone() => Assert.Equal(["b"], Fold(("b", "a")));

    [Fact]
    public void A_part_of_a_part_is_decided_with_neither_and_stands_alone() =>
        Assert.Equal(["a(b)", "c"], Fold(("a", null), ("b", "a"), ("c", "b")));

    [Fact]
    public void A_row_that_is_there_twice_is_shown_once() => Assert.Equal(["a(b)"], Fold(("a", null), ("a", null), ("b", "a")));

    [Fact]
    public void What_is_part_of_its_own_part_stands_alone() => Assert.Equal(["a", "b", "c"], Fold(("a", "b"), ("b", "a"), ("c", "b")));

    private static IEnumerable<string> Fold(params (string Id, string? PartOf)[] patterns) =>
        FoldedPattern
            .Fold([.. patterns.Select(pattern => Pattern(pattern.Id, pattern.PartOf))])
            .Select(folded =>
                folded.Pattern.PatternId
                + (folded.Parts.Count == 0 ? "" : $"({string.Join(", ", folded.Parts.Select(part => part.PatternId))})")
            );

    private static PatternApproval Pattern(string id, string? partOf) =>
        new()
        {
            PatternId = id,
            Status = PatternStatus.Pending,
            ToolSequence = id,
            Worth = new StoredWorth
            {
                Kind = WorthKind.Script,
                Rank = 1,
                PartOf = partOf,
            },
        };
}
