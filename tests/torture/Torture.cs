using System.Diagnostics;
using System.Globalization;

namespace PatternAnalysis.Torture;

/// <summary>Runs ordeals, each for its share of the time and at least once, and prints the table of what came of them.</summary>
internal sealed class Torture(TextWriter output)
{
    /// <summary>Runs them.</summary>
    /// <returns>Whether every promise held.</returns>
    public bool Run(IReadOnlyList<IOrdeal> ordeals, TimeSpan time, int seed)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--seed {seed} --minutes {time.TotalMinutes}"));
        var rows = new List<string>();
        var hasHeld = true;
        foreach (var ordeal in ordeals)
        {
            if (ordeal.Missing is { } reason)
            {
                rows.Add($"| {ordeal.Name} | not run: {reason} | | | | | {ordeal.Promise} |");
                continue;
            }

            var (rounds, faults, found) = Repeat(ordeal, time / ordeals.Count, seed);
            hasHeld &= found.Count == 0;
            rows.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {ordeal.Name} | {rounds} | {faults} | {found.GetValueOrDefault(Finding.Lost)} "
                )
                    + string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {found.GetValueOrDefault(Finding.Double)} | {found.GetValueOrDefault(Finding.Unclear)} | {ordeal.Promise} |"
                    )
            );
        }

        output.WriteLine();
        output.WriteLine("| Ordeal | Rounds | Faults | Lost | Double | Unclear ends | What is promised |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|---|");
        foreach (var row in rows)
            output.WriteLine(row);
        return hasHeld;
    }

    private (int Rounds, int Faults, Dictionary<Finding, int> Found) Repeat(IOrdeal ordeal, TimeSpan time, int seed)
    {
        var clock = Stopwatch.StartNew();
        var (rounds, faults) = (0, 0);
        var found = new Dictionary<Finding, int>();
        do
        {
            using var round = new Round(ordeal.Name, seed + rounds, output);
            ordeal.Run(round);
            rounds++;
            faults += round.Faults;
            foreach (var (finding, count) in round.Found)
                found[finding] = found.GetValueOrDefault(finding) + count;
        } while (clock.Elapsed < time);
        return (rounds, faults, found);
    }
}
