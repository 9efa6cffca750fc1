using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>
/// The tables that hold what events stand for, so that payloads are read and parsed once: <c>pattern_steps</c> and those beside it.
/// Everything gives the same results with them, without them, and where they reach only so far.
/// </summary>
public sealed class DerivedSteps
{
    private readonly ISqlDatabase _database;
    private readonly TimeZoneInfo? _timeZone;
    private readonly StepCheck _check;

    internal DerivedSteps(ISqlDatabase database, INumberedEvents events, IStepTable table, TimeZoneInfo? timeZone)
    {
        (_database, _timeZone, Table) = (database, timeZone, table);
        Derivation = new StepDerivation(database, events, table, timeZone);
        _check = new StepCheck(database, events, table, timeZone);
        Upkeep = new StepUpkeep(database, events, table);
    }

    /// <summary>How they are kept.</summary>
    internal IStepTable Table { get; }

    /// <summary>Derives them.</summary>
    internal StepDerivation Derivation { get; }

    /// <summary>Keeps them true where events are removed or changed.</summary>
    internal StepUpkeep Upkeep { get; }

    /// <summary>Derives what is not derived yet, or was by other rules; nothing where somebody took the tables away.</summary>
    /// <param name="rules">The rules of what is dangerous; the built-in ones when null.</param>
    /// <param name="progress">Told after each part how far it is.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays, and the next one goes on from there.</param>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StepDerivationResult Derive(
        DangerRuleSet? rules = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => Derivation.Run(rules ?? DangerRuleSet.BuiltIn, progress, cancellationToken);

    /// <summary>
    /// Derives new events where others are derived by the built-in rules already: for who brings events and knows of no other rules.
    /// </summary>
    /// <param name="progress">Told after each part how far it is.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays.</param>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StepDerivationResult Follow(IProgress<StepProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var name = new StepRules(DangerRuleSet.BuiltIn).Name(_timeZone);
        var follows =
            _database.IsThere
            && _database.ReadEvents(
                "looking for derived steps",
                connection =>
                    _database.ColumnsOf(connection, StepSchema.Blocks).Count > 0
                    && StepBlocks.All(connection, null).Exists(block => block.Rules == name)
            );
        return follows ? Derive(progress: progress, cancellationToken: cancellationToken) : new StepDerivationResult(0, null);
    }

    /// <summary>Has the tables kept from now on, and derives what is not derived yet, or was by other rules.</summary>
    /// <param name="rules">The rules of what is dangerous, as the runs have them; the built-in ones when null.</param>
    /// <param name="again">Whether to derive everything anew.</param>
    /// <param name="progress">Told after each part how far it is.</param>
    /// <param name="cancellationToken">Stops it between two parts; what was derived stays.</param>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StepDerivationResult Build(
        DangerRuleSet? rules = null,
        bool again = false,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!Derivation.HasNumbers())
            return new StepDerivationResult(0, null);
        _database.Write(
            "deriving steps",
            (connection, transaction) =>
            {
                if (again)
                    StepUpkeep.RemoveAll(connection, transaction, isKept: true);
                else
                    (StepState.Read(connection, transaction) with { IsKept = true }).Write(connection, transaction);
                return true;
            },
            cancellationToken
        );
        return Derive(rules, progress, cancellationToken);
    }

    /// <summary>Takes all rows away; no run derives steps until <see cref="Build"/> is asked for again.</summary>
    /// <exception cref="PatternAnalysisException">The database holds no events, or can't be written.</exception>
    public void Remove(CancellationToken cancellationToken = default)
    {
        // Whatever was named by mistake is left as it is.
        if (!_database.ReadEvents("looking for events", connection => _database.ColumnsOf(connection, HookEventInsert.Table).Count > 0))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.TableNotFound,
                $"The database '{_database.Name}' has no table '{HookEventInsert.Table}'. Give the database that the hooks write to."
            );
        }

        _database.Write(
            "removing derived steps",
            (connection, transaction) =>
            {
                StepUpkeep.RemoveAll(connection, transaction, isKept: false);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Derives all once more in memory and compares; nothing is changed. O(events).</summary>
    /// <param name="rules">The rules of what is dangerous; the built-in ones when null.</param>
    /// <param name="progress">Told after each part how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public StepCheckResult Check(
        DangerRuleSet? rules = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => _check.Run(rules ?? DangerRuleSet.BuiltIn, progress, cancellationToken);
}
