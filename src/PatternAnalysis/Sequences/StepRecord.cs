using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>What is known of a step beyond its name.</summary>
/// <param name="Facts">The number of its facts.</param>
/// <param name="Turn">The number of the turn of the model that asked for it.</param>
/// <param name="Binding">What named all that varies in it.</param>
internal readonly record struct StepRecord(int Facts, int Turn, StepBinding Binding);

/// <summary>
/// What is known of the steps of a corpus beyond their names; nine bytes a step, and five where each is a turn of its own.
/// </summary>
/// <param name="catalog">The distinct steps.</param>
/// <param name="turns">The turns.</param>
/// <param name="facts">The number of each step's facts.</param>
/// <param name="turnOf">The turn of each step; empty where each is a turn of its own, with the step's number.</param>
/// <param name="bindings">What named all that varies in a step.</param>
/// <param name="errors">What the errors of failed calls begin with.</param>
internal sealed class StepRecords(
    StepCatalog catalog,
    TurnTable turns,
    int[] facts,
    int[] turnOf,
    StepBinding[] bindings,
    ErrorLeads errors
)
{
    /// <summary>The distinct steps, and how widely each recurs.</summary>
    public StepCatalog Catalog { get; } = catalog;

    /// <summary>The turns.</summary>
    public TurnTable Turns { get; } = turns;

    /// <summary>What the errors of failed calls begin with.</summary>
    public ErrorLeads Errors { get; } = errors;

    /// <summary>
    /// Whether a step is named by what recurs of it: its command's text or form, or the file that sessions begin by reading.
    /// </summary>
    public bool IsRoutineStep(int position, string name) => Catalog.IsRoutineStep(facts[position], name);

    /// <summary>The number of a step's facts, by its place in the corpus.</summary>
    public int FactsOf(int position) => facts[position];

    /// <summary>The number of a step's turn, likewise.</summary>
    public int TurnOf(int position) => turnOf.Length == 0 ? position : turnOf[position];

    /// <summary>Whether each step is a turn of its own.</summary>
    public bool HasOwnTurns => turnOf.Length == 0;

    /// <summary>What is known of a step, by its place in the corpus.</summary>
    public StepRecord this[int position] => new(facts[position], TurnOf(position), bindings[position]);
}
