using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Review;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>review</c>: what is stored, and a human's decisions on it.</summary>
internal sealed class ReviewCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly Option<bool> _stats = new("--stats") { Description = "Count the patterns by state." };
    private readonly Option<bool> _list = new("--list") { Description = "List patterns, those that are worth the most first." };
    private readonly Option<string?> _history = new("--history")
    {
        Description = "Show what was decided, newest first: on one pattern, or on all.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "id",
    };
    private readonly Option<string[]> _status = new("--status")
    {
        Description = "List only patterns in these states.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "status",
    };
    private readonly Option<ApprovalOrder> _sortBy = new("--sort-by")
    {
        Description = "What stands first.",
        DefaultValueFactory = _ => ApprovalOrder.Worth,
    };
    private readonly Option<string?> _partOf = new("--part-of") { Description = "List only the parts of a pattern.", HelpName = "id" };
    private readonly Option<int> _first = Arguments.AtLeast(
        1,
        "--first",
        20,
        "List at most so many; with --history and in the dialogue the limit is none unless it is given."
    );
    private readonly Option<string?> _approve = new("--approve") { Description = "Approve a pattern.", HelpName = "id" };
    private readonly Option<string?> _deny = new("--deny") { Description = "Reject a pattern; needs --reason.", HelpName = "id" };
    private readonly Option<string?> _notes = new("--notes") { Description = "Notes to an approval.", HelpName = "text" };
    private readonly Option<string[]> _adoptedAs = new("--adopted-as")
    {
        Description = "What takes the place of the approved pattern, as wildcards of activities; runs measure what becomes of it.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "wildcard",
    };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why a pattern is rejected.", HelpName = "text" };
    private readonly Option<bool> _replace = new("--replace") { Description = "Replace a decision that a person made before." };
    private readonly Option<bool> _excludePart = new("--exclude-part") { Description = "Decide on the pattern alone, not on its parts." };
    private readonly Option<string> _reviewer = new("--reviewer")
    {
        Description = "Who decides.",
        DefaultValueFactory = _ => Environment.UserName,
        HelpName = "name",
    };

    public static Command Create(string name)
    {
        var options = new ReviewCommand();
        options._status.AcceptOnlyFromAmong([.. PatternStatus.All]);
        var command = new Command(
            name,
            "Show stored patterns and decide on them; without --stats, --list, --history, --approve "
                + "and --deny one by one, in a dialogue. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._database,
            options._stats,
            options._list,
            options._history,
            options._status,
            options._sortBy,
            options._partOf,
            options._first,
            options._approve,
            options._adoptedAs,
            options._deny,
            options._notes,
            options._reason,
            options._replace,
            options._excludePart,
            options._reviewer,
        };
        command.Validators.Add(result =>
        {
            Option[] verbs = [options._stats, options._list, options._history, options._approve, options._deny];
            var given = verbs.Count(IsGiven);
            if (given > 1 || (given == 0 && Console.IsInputRedirected))
                result.AddError(
                    "Say what to do: one of --stats, --list, --history [ID], --approve "
                        + "ID, --deny ID; or nothing in a terminal, for a dialogue."
                );
            if (result.GetResult(options._deny) is not null && string.IsNullOrWhiteSpace(result.GetValue(options._reason)))
                result.AddError("--deny needs --reason: whoever meets the pattern again must know why.");
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            if (IsGiven(options._excludePart) && !IsGiven(options._approve) && !IsGiven(options._deny))
                result.AddError("--exclude-part belongs to --approve or --deny.");
            if (IsGiven(options._adoptedAs) && !IsGiven(options._approve))
                result.AddError("--adopted-as belongs to --approve: it says what takes the place of the approved pattern.");
        });
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var store = PatternDatabase.Open(parsed.GetValue(_database)).Approvals;
        if (parsed.GetValue(_stats))
            WriteStatistics(store);
        else if (parsed.GetValue(_list))
            List(store, Query(parsed, parsed.GetValue(_status) ?? []), parsed.GetValue(_first));
        else if (parsed.IsGiven(_history))
            WriteHistory(store, parsed.GetValue(_history), parsed.IsGiven(_first) ? parsed.GetValue(_first) : null);
        else if (parsed.GetValue(_approve) is { } approved)
            Decide(
                parsed,
                store,
                new ReviewDecision(approved, PatternStatus.Approved, parsed.GetValue(_reviewer)!, parsed.GetValue(_notes))
                {
                    AdoptedAs = parsed.GetValue(_adoptedAs) ?? [],
                }
            );
        else if (parsed.GetValue(_deny) is { } denied)
            Decide(
                parsed,
                store,
                new ReviewDecision(denied, PatternStatus.Rejected, parsed.GetValue(_reviewer)!, parsed.GetValue(_reason))
            );
        else
            Review(parsed, store, cancellationToken);
        return CommandRunner.Ran;
    }

    private void Review(ParseResult parsed, IPatternApprovalStore store, CancellationToken cancellationToken)
    {
        var status = parsed.GetValue(_status) is { Length: > 0 } given ? given : [PatternStatus.Pending];
        var first = parsed.IsGiven(_first) ? parsed.GetValue(_first) : (int?)null;
        var patterns = store.Find(Query(parsed, status) with { First = first });
        new ReviewDialogue(store, new ConsolePrompt(), parsed.GetValue(_reviewer)!).Run(patterns, cancellationToken);
    }

    private ApprovalQuery Query(ParseResult parsed, string[] status) =>
        new()
        {
            Status = status,
            PartOf = parsed.GetValue(_partOf),
            SortBy = parsed.GetValue(_sortBy),
        };

    private static void List(IPatternApprovalStore store, ApprovalQuery query, int first)
    {
        var found = store.Find(query);
        PatternTable.Write(found.Take(first), Console.Out);
        if (found.Count > first)
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"note: {first:N0} of {found.Count:N0} patterns are listed; --first lists more."
                )
            );
    }

    private static void WriteStatistics(IPatternApprovalStore store)
    {
        var rows = store.CountByStatus();
        Console.Out.WriteLine("Status            Patterns Occurrences          Savings");
        foreach (var row in rows)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Status, -14} {row.PatternCount, 11} {row.OccurrenceCount, 11} "
                        + $"{"$" + row.EstimatedSavings.ToString("N2", CultureInfo.InvariantCulture), 16}"
                )
            );
        }
    }

    private static void WriteHistory(IPatternApprovalStore store, string? patternId, int? first)
    {
        foreach (
            var entry in patternId is null ? store.History(null, first) : store.Describe(patternId).History.Take(first ?? int.MaxValue)
        )
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.CreatedAt:yyyy-MM-dd HH:mm:ss}Z {entry.PatternId, -16} {entry.Action, -9} "
                        + $"{StepText.Escape(entry.Reviewer ?? "-")}: {StepText.Escape(entry.Notes ?? "-")}"
                )
            );
        }
    }

    private void Decide(ParseResult parsed, IPatternApprovalStore store, ReviewDecision decision)
    {
        decision = decision with { WithParts = !parsed.GetValue(_excludePart) };

        // Who replaces a decision replaces the one that is there now.
        if (parsed.GetValue(_replace) && store.Find(new ApprovalQuery { PatternId = [decision.PatternId] }) is [var current])
            decision = decision with { Shown = ShownState.Of(current) };
        var (pattern, parts) = store.Decide(decision);
        Console.Out.WriteLine(
            $"{SurfaceText.Line(pattern.PatternId)} is {pattern.Status} by "
                + $"{SurfaceText.Line(pattern.ReviewedBy ?? "-")}{ReviewText.WithParts(parts)}: {SurfaceText.Line(pattern.ToolSequence)}"
        );
    }
}
