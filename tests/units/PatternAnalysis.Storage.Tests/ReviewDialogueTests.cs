using PatternAnalysis.Approvals;
using PatternAnalysis.Review;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>The dialogue of a review, on a real store: what is answered is what is stored.</summary>
public sealed class ReviewDialogueTests : IDisposable
{
    private readonly SqliteEvents _events = new();

    public ReviewDialogueTests()
    {
        _events.AddOriginalFixture(times: 4);
        _events.Analyze();
    }

    private IPatternApprovalStore Store => _events.Database.Approvals;

    public void Dispose() => _events.Dispose();

    [Fact]
    public void Patterns_are_approved_with_notes_and_rejected_with_a_reason()
    {
        var (outcome, shown) = Review("a", "a script", "r", "no use");

        Assert.Equal(
            ["approved a script", "rejected no use"],
            outcome.Decided.Select(pattern => $"{pattern.Status} {pattern.ApprovalNotes}")
        );
        Assert.Equal(outcome.Decided.Select(pattern => pattern.Status), All().Select(pattern => pattern.Status));
        Assert.All(All(), pattern => Assert.Equal("ada", pattern.ReviewedBy));
        Assert.Contains("Approved 1, rejected 1, skipped 0, not looked at 0.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_are_optional_and_answers_may_be_words_in_any_case()
    {
        var (outcome, _) = Review(" Approve ", "", "SKIP");

        Assert.Null(Assert.Single(outcome.Decided).ApprovalNotes);
        Assert.Equal((1, 0), (outcome.SkippedCount, outcome.RemainingCount));
    }

    [Fact]
    public void A_rejection_without_a_reason_asks_again()
    {
        var (outcome, shown) = Review("r", "  ", "s", "s");

        Assert.Empty(outcome.Decided);
        Assert.Contains("a rejection needs a reason", shown, StringComparison.Ordinal);
        Assert.Equal(2, outcome.SkippedCount);
    }

    [Theory]
    [InlineData()]
    [InlineData("q")]
    [InlineData("d")]
    [InlineData("a")]
    [InlineData("r")]
    [InlineData("?")]
    public void The_end_of_the_answers_quits_and_decides_nothing(params string[] answers)
    {
        var (outcome, shown) = Review(answers);

        Assert.Empty(outcome.Decided);
        Assert.Equal(2, outcome.RemainingCount);
        Assert.All(All(), pattern => Assert.Equal(PatternStatus.Pending, pattern.Status));
        Assert.EndsWith("Approved 0, rejected 0, skipped 0, not looked at 2.", shown.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Details_say_why_and_where_and_the_question_comes_again()
    {
        var (_, shown) = Review("d", "s", "q");

        Assert.Contains("By policy pending", shown, StringComparison.Ordinal);
        Assert.Contains("Danger: Safe; no rule speaks against it", shown, StringComparison.Ordinal);
        Assert.Contains("Example sessions: test-session-", shown, StringComparison.Ordinal);
        Assert.Contains("History: nothing was decided yet.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_too_late_is_told_and_goes_on_with_the_next()
    {
        var patterns = All();
        Store.Decide(new ReviewDecision(patterns[0].PatternId, PatternStatus.Rejected, "bob", "mine"));

        var (outcome, shown) = Review(patterns, "a", "", "a", "");

        Assert.Contains("Not recorded.", shown, StringComparison.Ordinal);
        Assert.Contains("rejected by bob", shown, StringComparison.Ordinal);
        Assert.Equal(patterns[1].PatternId, Assert.Single(outcome.Decided).PatternId);
        Assert.Equal("bob", All()[0].ReviewedBy);
    }

    [Fact]
    public void What_may_not_be_recorded_is_not()
    {
        var asked = new List<string>();
        var prompt = new Script(["a", "", "r", "why"]);

        var outcome = new ReviewDialogue(
            Store,
            prompt,
            "ada",
            decision =>
            {
                asked.Add(decision.Status);
                return false;
            }
        ).Run(All());

        Assert.Equal([PatternStatus.Approved, PatternStatus.Rejected], asked);
        Assert.Equal(2, outcome.SkippedCount);
        Assert.All(All(), pattern => Assert.Equal(PatternStatus.Pending, pattern.Status));
    }

    [Fact]
    public void Nothing_to_review_is_said()
    {
        var (outcome, shown) = Review([], "a");

        Assert.Equal((0, 0), (outcome.SkippedCount, outcome.RemainingCount));
        Assert.Contains("There is nothing to review.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Stored_text_of_any_kind_reaches_the_terminal_as_text()
    {
        _events.Execute(
            "UPDATE pattern_approvals SET pattern_context = @text, tool_sequence = @text",
            new { text = "\u001b[2J\u202ered\a" + new string('x', 10_000) }
        );

        var (_, shown) = Review("d", "q");

        Assert.DoesNotContain('\u001b', shown);
        Assert.DoesNotContain('\u202e', shown);
        Assert.Contains(@"\u001B[2J\u202Ered\u0007", shown, StringComparison.Ordinal);
    }

    private IReadOnlyList<PatternApproval> All() => Store.Find(new ApprovalQuery());

    private (ReviewOutcome Outcome, string Shown) Review(params string[] answers) => Review(All(), answers);

    private (ReviewOutcome Outcome, string Shown) Review(IReadOnlyList<PatternApproval> patterns, params string[] answers)
    {
        var script = new Script(answers);
        return (new ReviewDialogue(Store, script, "ada").Run(patterns), script.Shown);
    }

    private sealed class Script(IEnumerable<string> answers) : IReviewPrompt
    {
        private readonly Queue<string> _answers = new(answers);
        private readonly System.Text.StringBuilder _shown = new();

        public string Shown => _shown.ToString();

        public void WriteLine(string text) => _shown.AppendLine(text);

        public string? ReadLine(string question)
        {
            _shown.AppendLine(question);
            return _answers.TryDequeue(out var answer) ? answer : null;
        }
    }
}
