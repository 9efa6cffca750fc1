namespace PatternAnalysis.Sequences;

/// <summary>The ids of steps, and what is known around them; of that nothing is kept before the first step that it is known of.</summary>
internal sealed class StepIdList
{
    private readonly BlockList<StepContext> _contexts = new();

    /// <summary>The ids.</summary>
    public BlockList<StepIds> Ids { get; } = new();

    /// <summary>What is known around the first so many ids; of the others nothing is.</summary>
    public IEnumerable<ArraySegment<StepContext>> Contexts => _contexts.Blocks();

    /// <summary>Adds the ids of a step, and what is known around it.</summary>
    public void Add(in StepIds ids, ulong message, int prompt)
    {
        Ids.Add(ids);
        if (message == 0 && prompt < 0)
            return;
        ref var context = ref ContextAt(Ids.Count - 1);
        (context.Message, context.Prompt) = (message, prompt);
    }

    /// <summary>What is known around the step of some ids.</summary>
    public StepContext ContextOf(int number) => number < _contexts.Count ? _contexts[number] : default;

    /// <summary>The same, to be changed.</summary>
    public ref StepContext ContextAt(int number)
    {
        _contexts.Extend(number + 1);
        return ref _contexts[number];
    }

    /// <summary>Takes over another list, as <see cref="BlockList{T}.Adopt"/> does.</summary>
    public int Adopt(StepIdList other)
    {
        var first = Ids.Adopt(other.Ids);
        if (other._contexts.Count > 0)
        {
            _contexts.Extend(first);
            _contexts.Adopt(other._contexts);
        }

        return first;
    }
}
