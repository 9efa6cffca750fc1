namespace PatternAnalysis.Activities;

/// <summary>Numbers distinct facts of steps 0, 1, 2… in the order in which they first come, so that a step keeps a number only.</summary>
internal sealed class FactInterner
{
    private readonly List<StepFacts> _facts = [];
    private readonly Dictionary<StepFacts, int> _numbers = [];

    public int Count => _facts.Count;

    /// <summary>All facts, by their numbers.</summary>
    public IReadOnlyList<StepFacts> All => _facts;

    public StepFacts this[int number] => _facts[number];

    public int Add(StepFacts facts)
    {
        if (_numbers.TryGetValue(facts, out var number))
            return number;

        _numbers.Add(facts, _facts.Count);
        _facts.Add(facts);
        return _facts.Count - 1;
    }

    /// <summary>Adds the facts of another one, and gives the number of each by its number there.</summary>
    public int[] AddAll(FactInterner other) => [.. other._facts.Select(Add)];
}
