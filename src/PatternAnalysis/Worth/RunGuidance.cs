using System.Globalization;

namespace PatternAnalysis;

/// <summary>Where the time of a run goes without progress. Guidance: nothing of it is a saving.</summary>
/// <param name="Loops">Loops and retries, those that took the longest first.</param>
/// <param name="FailingSteps">Steps that nearly always fail, those that took the longest first.</param>
/// <param name="Turns">Turns of models of all of those together; each step is counted once.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Duration">How long they took.</param>
public sealed record RunGuidance(GuidanceLoop[] Loops, FailingStep[] FailingSteps, double Turns, double Tokens, TimeSpan Duration)
{
    /// <summary>Nothing, or nothing is known of what steps did.</summary>
    public static RunGuidance None { get; } = new([], [], 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Loops.Length} loops, {FailingSteps.Length} failing steps, {Turns:0.#} turns");
}
