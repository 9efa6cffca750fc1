using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>cost</c>: what agents spent.</summary>
internal static class CostCommand
{
    public static Command Create(string name) =>
        new QueryCommand<CostOptions, IReadOnlyList<AgentCost>>
        {
            Ask = CostQuery.Run,
            WriteJson = (costs, options, output) => CostJson.Write(costs, options.GroupBy, output),
            Write = Write,
        }.Create(
            name,
            "Add up what agents spent: turns, tokens by sort, US dollars by a table of prices. Exit code: 0 ran, 1 failed, 2 bad arguments."
        );

    private static void Write(IReadOnlyList<AgentCost> costs)
    {
        Console.Out.WriteLine("   Turns        Input       Output  Cache write    Cache read          USD  Name");
        foreach (var cost in costs)
        {
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{cost.Turns, 8:N0} {cost.InputTokens, 12:N0} {cost.OutputTokens, 12:N0} {cost.CacheWriteTokens, 12:N0} "
                        + $"{cost.CacheReadTokens, 13:N0} {cost.Usd, 12:N2}  {SurfaceText.Line(cost.Name)}"
                )
            );
        }

        string[] unpriced = [.. costs.SelectMany(cost => cost.UnpricedModels).Distinct().Order(StringComparer.Ordinal)];
        if (unpriced.Length > 0)
            Console.Error.WriteLine(
                $"note: the table of prices names no {string.Join(", ", unpriced)}; "
                    + $"their turns are in no dollar. --price-path gives another table."
            );
    }
}
