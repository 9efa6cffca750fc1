using System.Text.RegularExpressions;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Workflows;

/// <summary>What kind of thing the values of a parameter are: what all of them are.</summary>
internal static partial class ValueKindReader
{
    /// <summary>The kind of values; <see cref="WordKind.Text"/> when they have nothing in common.</summary>
    public static WordKind Of(IEnumerable<string> values)
    {
        WordKind? common = null;
        foreach (var value in values)
        {
            var kind = OfOne(value);
            if (common is { } known && known != kind)
                return WordKind.Text;
            common = kind;
        }

        return common ?? WordKind.Text;
    }

    private static WordKind OfOne(string value) =>
        Number().IsMatch(value) ? WordKind.Number
        : Hash().IsMatch(value) ? WordKind.Id
        : Path().IsMatch(value) ? WordKind.Path
        : Name().IsMatch(value) ? WordKind.Name
        : WordKind.Text;

    [GeneratedRegex("^[0-9]{1,18}$")]
    private static partial Regex Number();

    [GeneratedRegex("^(?=.*[0-9])[0-9a-f]{7,40}$|^[A-Z]+-[0-9]+$")]
    private static partial Regex Hash();

    [GeneratedRegex(@"^[\w.~@+-]*([/\\][\w.*@+-]*)+$|^[\w-]+\.[A-Za-z]\w{0,5}$")]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z_][\w.:-]*$")]
    private static partial Regex Name();
}
