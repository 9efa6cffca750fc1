using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>cost</c>: what agents spent.</summary>
internal sealed class CostCommand
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly OptionSet<CostOptions> _options = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object instead of the table." };

    public static Command Create()
    {
        var options = new CostCommand();
        var command = new Command(
            "cost",
            "Add up what agents spent: turns, tokens by sort, US dollars by a table of prices. Exit code: 0 ran, 1 failed, 2 bad arguments."
        )
        {
            options._database,
        };
        options._options.AddTo(command);
        command.Options.Add(options._json);
        command.SetAction(CommandRunner.Action(options.Run));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = _options.Read(parsed);
        var costs = CostQuery.Run(PatternDatabase.Open(parsed.GetValue(_database)), options, cancellationToken);
        if (parsed.GetValue(_json))
        {
            using var output = Console.OpenStandardOutput();
            CostJson.Write(costs, options.GroupBy, output);
            output.Write("\n"u8);
            return CommandRunner.Ran;
        }

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
        return CommandRunner.Ran;
    }
}
