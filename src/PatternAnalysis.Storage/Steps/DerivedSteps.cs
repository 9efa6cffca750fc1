using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// The tables that hold what events stand for, so that payloads are read and parsed once: <c>pattern_steps</c> and those beside it.
/// Everything gives the same results with them, without them, and where they reach only so far.
/// </summary>
public sealed class DerivedSteps
{
    private readonly StepDerivation _derivation;

    internal DerivedSteps(ISqlDatabase database, INumberedEvents events, TimeZoneInfo? timeZone, bool hasSessions) =>
        _derivation = new StepDerivation(database, events, timeZone, hasSessions);

    /// <summary>Derives what is not derived yet, or was by other rules.</summary>
    /// <param name="rules">The rules of what is dangerous; the built-in ones when null.</param>
    /// <param name="progress">Told after each part how many events were derived so far.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays, and the next one goes on from there.</param>
    /// <returns>How many events were derived.</returns>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public long Derive(DangerRuleSet? rules = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        _derivation.Run(rules ?? DangerRuleSet.BuiltIn, progress, cancellationToken);
}
