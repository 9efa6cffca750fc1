using PatternAnalysis.Approvals;

namespace PatternAnalysis.Review;

/// <summary>
/// Shows patterns one after the other, parts under what they are part of, and asks what to do with each: approve (with notes, if any),
/// reject (with a reason), skip, see the details, quit. The end of the answers is the same as quitting. A decision is recorded at once, so
/// quitting or a lost connection loses none.
/// </summary>
public sealed class ReviewDialogue
{
    private const string Question = "[a]pprove, [r]eject, [s]kip, [d]etails, [q]uit: ";

    private readonly IPatternApprovalStore _store;
    private readonly IReviewPrompt _prompt;
    private readonly string _reviewer;
    private readonly Func<ReviewDecision, bool> _mayRecord;
    private readonly List<PatternApproval> _decided = [];
    private int _skipped;

    /// <summary>Prepares a dialogue.</summary>
    /// <param name="store">Where the patterns are.</param>
    /// <param name="prompt">Where the reviewer is.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="mayRecord">Asked before a decision is recorded; one that may not be recorded counts as skipped. Null records
    /// all.</param>
    public ReviewDialogue(IPatternApprovalStore store, IReviewPrompt prompt, string reviewer, Func<ReviewDecision, bool>? mayRecord = null)
    {
        _store = store;
        _prompt = prompt;
        _reviewer = reviewer;
        _mayRecord = mayRecord ?? (_ => true);
    }

    /// <summary>Goes through patterns until the last or until the reviewer quits.</summary>
    /// <param name="patterns">What to review, in this order.</param>
    /// <param name="cancellationToken">Looked at between questions.</param>
    public ReviewOutcome Run(IReadOnlyList<PatternApproval> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            _prompt.WriteLine("There is nothing to review.");

        PatternApproval[] wholes = [.. FoldedPattern.Fold(patterns).Select(folded => folded.Pattern)];
        var seen = 0;
        foreach (var pattern in wholes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _prompt.WriteLine("");
            _prompt.WriteLine(Text($"{seen + 1} of {wholes.Length}"));
            if (!Review(pattern, cancellationToken))
                break;
            seen++;
        }

        var outcome = new ReviewOutcome(_decided, _skipped, wholes.Length - seen);
        Summarize(outcome);
        return outcome;
    }

    /// <summary>Whether the dialogue goes on with the next pattern.</summary>
    private bool Review(PatternApproval pattern, CancellationToken cancellationToken)
    {
        Write(ReviewText.Summarize(pattern));

        // Not those of the list: it may have been cut before them.
        var query = new ApprovalQuery { PartOf = pattern.PatternId, Status = [PatternStatus.Pending, PatternStatus.AutoApproved] };
        Write(ReviewText.ListParts(_store.Find(query)));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (_prompt.ReadLine(Question)?.Trim().ToLowerInvariant())
            {
                case null or "q" or "quit":
                    return false;
                case "s" or "skip":
                    _skipped++;
                    return true;
                case "d" or "details":
                    Write(ReviewText.Explain(_store.Describe(pattern.PatternId)));
                    break;
                case "a" or "approve":
                    // No answer at all is no approval: the line may have been lost.
                    if (_prompt.ReadLine("Notes (Enter for none): ") is not { } notes)
                        return false;
                    Decide(pattern, PatternStatus.Approved, string.IsNullOrWhiteSpace(notes) ? null : notes.Trim());
                    return true;
                case "r" or "reject":
                    if (_prompt.ReadLine("Reason (Enter to go back): ") is not { } reason)
                        return false;
                    if (string.IsNullOrWhiteSpace(reason))
                    {
                        _prompt.WriteLine("Not rejected: a rejection needs a reason.");
                        break;
                    }

                    Decide(pattern, PatternStatus.Rejected, reason.Trim());
                    return true;
                default:
                    _prompt.WriteLine("Please answer a, r, s, d or q.");
                    break;
            }
        }
    }

    private void Decide(PatternApproval pattern, string status, string? notes)
    {
        var decision = new ReviewDecision(pattern.PatternId, status, _reviewer, notes) { Shown = ShownState.Of(pattern) };
        if (!_mayRecord(decision))
        {
            _skipped++;
            return;
        }

        try
        {
            var (decided, parts) = _store.Decide(decision);
            _decided.AddRange(parts.Prepend(decided));
            _prompt.WriteLine($"Recorded: {status}{ReviewText.WithParts(parts)}.");
        }
        catch (PatternAnalysisException error)
            when (error.Is(ErrorCatalogue.PatternDecidedMeanwhile, ErrorCatalogue.PatternChangedMeanwhile, ErrorCatalogue.PatternNotFound))
        {
            // Another reviewer or a run was faster; the dialogue goes on with the next pattern.
            _skipped++;
            _prompt.WriteLine($"Not recorded. {error.Message}");
        }
    }

    private void Summarize(ReviewOutcome outcome)
    {
        _prompt.WriteLine("");
        _prompt.WriteLine(
            Text(
                $"Approved {outcome.Decided.Count(pattern => pattern.Status == PatternStatus.Approved)}, rejected "
                    + $"{outcome.Decided.Count(pattern => pattern.Status == PatternStatus.Rejected)}, "
                    + $"skipped {outcome.SkippedCount}, not looked at {outcome.RemainingCount}."
            )
        );
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            _prompt.WriteLine(line);
    }

    private static string Text(InvariantText text) => text.Take();
}
