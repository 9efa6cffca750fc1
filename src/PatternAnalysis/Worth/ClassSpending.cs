using System.Globalization;
using PatternAnalysis.Metrics;

namespace PatternAnalysis;

/// <summary>What the steps of a class took.</summary>
/// <param name="Class">The class.</param>
/// <param name="Steps">How many steps.</param>
/// <param name="Turns">Turns of models; one that asked for several calls counts for each in part.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Usd">What those cost, in US dollars; assumed where nothing says what the turns used.</param>
public sealed record ClassSpending(StepClass Class, int Steps, double Turns, double Tokens, double Usd)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Class}: {Steps} steps, {Turns:0.#} turns, ${Usd:0.00}");
}
