using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>Which patterns of a run get a row.</summary>
public sealed class SaveChoiceTests
{
    [Fact]
    public void Of_what_is_too_likely_a_coincidence_only_the_most_valuable_get_a_row()
    {
        var strict = new ClassificationPolicy { RejectConfidence = 1, ApproveConfidence = 1 };
        string[][] sessions =
        [
            .. Enumerable.Repeat<string[]>(["a", "b"], 3),
            .. Enumerable.Repeat<string[]>(["c", "d"], 5),
            .. Enumerable.Repeat<string[]>(["e", "delete_branch"], 3),
            .. Enumerable.Repeat<string[]>(["f", "g"], 4),
        ];
        var patterns = Reports.Analyse(sessions, strict).Patterns;

        Assert.Equal(["c→d", "e→delete_branch", "f→g"], Stored(2));
        Assert.Equal(["c→d", "e→delete_branch"], Stored(1));
        Assert.Equal(["e→delete_branch"], Stored(0));
        var known = patterns.Single(pattern => pattern.ToolSequence == "a→b");
        Assert.Equal(["a→b", "e→delete_branch"], Stored(0, StoredRows.Row(known.PatternId)));

        IEnumerable<string> Stored(int limit, params PatternApproval[] rows) =>
            SaveChoice
                .Of(patterns, rows.ToDictionary(row => row.PatternId), new Dictionary<string, PatternEvidence>(), limit)
                .Stored.Select(pattern => pattern.ToolSequence)
                .Order(StringComparer.Ordinal);
    }

    // Decided on ten occurrences under another name of the same steps.
    [Theory]
    [InlineData(PatternStatus.Rejected, 20, 10, true)]
    [InlineData(PatternStatus.Approved, 20, 10, true)]
    [InlineData(PatternStatus.Pending, 20, 10, false)]
    [InlineData(PatternStatus.AutoRejected, 20, 10, false)]
    [InlineData(PatternStatus.Rejected, 41, 10, false)]
    [InlineData(PatternStatus.Rejected, 40, 10, true)]
    [InlineData(PatternStatus.Rejected, 9, 10, false)]
    [InlineData(PatternStatus.Rejected, null, 10, true)]
    [InlineData(PatternStatus.Rejected, null, 9, false)]
    public void What_a_person_decided_under_another_name_is_not_proposed_in_other_words(
        string status,
        int? measured,
        int counted,
        bool isCovered
    )
    {
        var pattern = Twenty();
        var other = OtherNames.IdsOf(pattern).First();
        var row = StoredRows.Row(other) with { Status = status, OccurrenceCount = counted, ToolSequence = "in other words" };
        var evidence = measured is { } count
            ? new Dictionary<string, PatternEvidence> { [other] = StoredRows.Evidence(count) }
            : new Dictionary<string, PatternEvidence>();

        var choice = SaveChoice.Of([pattern], new Dictionary<string, PatternApproval> { [other] = row }, evidence, 500);

        Assert.Equal((isCovered ? 0 : 1, isCovered ? 1 : 0), (choice.Stored.Count, choice.Covered.Count));
        if (isCovered)
            Assert.Equal(
                (pattern.PatternId, pattern.ToolSequence, 20L, other, "in other words", status),
                (
                    choice.Covered[0].PatternId,
                    choice.Covered[0].ToolSequence,
                    choice.Covered[0].OccurrenceCount,
                    choice.Covered[0].DecidedId,
                    choice.Covered[0].DecidedSequence,
                    choice.Covered[0].Decision
                )
            );
        Assert.Single(SaveChoice.Of([pattern], new Dictionary<string, PatternApproval>(), evidence, 500).Stored);
        Assert.Single(
            SaveChoice
                .Of([pattern], new Dictionary<string, PatternApproval> { [other] = row, [pattern.PatternId] = row }, evidence, 500)
                .Stored
        );
    }

    [Theory]
    [InlineData(PatternStatus.Approved, false)]
    [InlineData(PatternStatus.Rejected, true)]
    public void No_approval_under_another_name_covers_what_is_destructive(string status, bool isCovered)
    {
        var pattern = Twenty("rm -rf ~");
        var other = OtherNames.IdsOf(pattern).First();
        Assert.True(pattern.IsDestructive);
        var rows = new Dictionary<string, PatternApproval>
        {
            [other] = StoredRows.Row(other) with { Status = status, OccurrenceCount = 20 },
        };

        Assert.Equal(isCovered ? 1 : 0, SaveChoice.Of([pattern], rows, new Dictionary<string, PatternEvidence>(), 500).Covered.Count);
    }

    private static ClassifiedPattern Twenty(string command = "git diff --stat")
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 20; session++)
            calls.Bash($"s{session}", command).Bash($"s{session}", "git log --oneline");
        var pattern = Appraisals.Of(calls).Single(pattern => pattern.Length == 2);
        return new PatternClassifier(new ClassificationPolicy()).Classify(pattern);
    }
}
