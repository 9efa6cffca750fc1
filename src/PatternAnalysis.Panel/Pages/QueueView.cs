using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Panel.Pages;

/// <summary>What the queue's filters ask for.</summary>
/// <param name="Status">A state, or <see cref="Any"/>.</param>
/// <param name="Text">What the sequence must contain, whatever the case; may be empty.</param>
/// <param name="Danger">A level of danger, or <see cref="Any"/>.</param>
/// <param name="Least">At least so many occurrences.</param>
/// <param name="SortBy">What stands first.</param>
/// <param name="First">At most so many.</param>
public sealed record QueueFilter(string Status, string Text, string Danger, long Least, ApprovalOrder SortBy, int First)
{
    /// <summary>The filter that lets all through.</summary>
    public const string Any = "any";

    private const int PageSize = 50;

    /// <summary>Reads the filters of a request; what can't be read is not asked for.</summary>
    public static QueueFilter Of(IQueryCollection query) =>
        new(
            PatternStatus.All.Contains((string?)query["status"]) || query["status"] == Any ? query["status"]! : PatternStatus.Pending,
            ((string?)query["q"] ?? "").Trim(),
            Enum.GetNames<DangerLevel>().Contains((string?)query["danger"]) ? query["danger"]! : Any,
            long.TryParse(query["least"], NumberStyles.None, CultureInfo.InvariantCulture, out var least) ? least : 0,
            Enum.TryParse<ApprovalOrder>(query["sort"], out var order) && Enum.IsDefined(order) ? order : ApprovalOrder.Worth,
            int.TryParse(query["first"], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first > 0 ? first : PageSize
        );

    /// <summary>The address of the same queue with more of it.</summary>
    public string More =>
        QueryHelpers.AddQueryString(
            "/",
            new Dictionary<string, string?>
            {
                ["status"] = Status,
                ["q"] = Text,
                ["danger"] = Danger,
                ["least"] = Least.ToString(CultureInfo.InvariantCulture),
                ["sort"] = SortBy.ToString(),
                ["first"] = ((long)First + PageSize).ToString(CultureInfo.InvariantCulture),
            }
        );
}

/// <summary>The queue as a page shows it.</summary>
/// <param name="Filter">What was asked for.</param>
/// <param name="Patterns">The patterns in the order that is asked for, each with its parts under it.</param>
/// <param name="Total">How many there are, with those not shown, without parts.</param>
public sealed record QueueView(QueueFilter Filter, IReadOnlyList<FoldedPattern> Patterns, int Total)
{
    /// <summary>Reads what the filters ask for.</summary>
    public static QueueView Read(IPatternApprovalStore store, QueueFilter filter)
    {
        var found = FoldedPattern.Fold([
            .. store
                .Find(new ApprovalQuery { Status = filter.Status == QueueFilter.Any ? [] : [filter.Status], SortBy = filter.SortBy })
                .Where(pattern =>
                    pattern.OccurrenceCount >= filter.Least
                    && (filter.Danger == QueueFilter.Any || pattern.DangerLevel?.ToString() == filter.Danger)
                    && pattern.ToolSequence.Contains(filter.Text, StringComparison.OrdinalIgnoreCase)
                ),
        ]);
        return new QueueView(filter, [.. found.Take(filter.First)], found.Count);
    }
}
