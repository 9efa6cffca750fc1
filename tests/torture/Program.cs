using System.CommandLine;
using PatternAnalysis.Torture;
using PatternAnalysis.Torture.Ordeals;

IOrdeal[] all =
[
    new KilledImport(),
    new KilledAnalysis(),
    new KilledDerivation(),
    new KilledRecorders(),
    new Crowd(),
    new MutatedInput(),
    new DamagedDatabase(),
    new FullDisk(),
    new PostgresCrash(),
];

var minutes = new Option<double>("--minutes") { Description = "How long it takes, about.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed")
{
    Description = "What all that is left to chance is drawn from; printed, so that a run can be repeated.",
    DefaultValueFactory = _ => Random.Shared.Next(1_000_000),
};
var only = new Option<string[]>("--only")
{
    Description = $"The ordeals: {string.Join(", ", all.Select(ordeal => ordeal.Name))}. All when not given.",
    AllowMultipleArgumentsPerToken = true,
};
only.AcceptOnlyFromAmong([.. all.Select(ordeal => ordeal.Name)]);

var root = new RootCommand("Kills, crowds, starves and damages what ships, and says what got lost.") { minutes, seed, only };
root.SetAction(parsed =>
{
    IOrdeal[] chosen = parsed.GetValue(only) is { Length: > 0 } names ? [.. all.Where(ordeal => names.Contains(ordeal.Name))] : all;
    return new Torture(Console.Out).Run(chosen, TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(seed)) ? 0 : 1;
});
return root.Parse(args).Invoke();
