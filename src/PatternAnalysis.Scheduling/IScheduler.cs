namespace PatternAnalysis.Scheduling;

/// <summary>A scheduler of the system. It touches nothing but what it registered itself.</summary>
public interface IScheduler
{
    /// <summary>What would be registered, as the scheduler reads it.</summary>
    string Describe(AnalysisTask task);

    /// <summary>Registers a task, in the place of the one of the same name.</summary>
    /// <exception cref="PatternAnalysisException">The scheduler is not there or refuses.</exception>
    void Register(AnalysisTask task);

    /// <summary>The registered tasks.</summary>
    IReadOnlyList<ScheduledAnalysis> Find();

    /// <summary>Removes a task; false when there is none of this name.</summary>
    bool Unregister(string name);

    /// <summary>Starts a registered task now, as the scheduler would; where the scheduler can, it has ended when this returns.</summary>
    /// <exception cref="PatternAnalysisException">The scheduler is not there or refuses.</exception>
    void Start(ScheduledAnalysis task);
}
