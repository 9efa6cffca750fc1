namespace PatternAnalysis.Cost;

/// <summary>What costs are added up by.</summary>
public enum CostGrouping
{
    /// <summary>Everything in one row.</summary>
    Total,

    /// <summary>Sessions; sub-agents belong to the session that started them.</summary>
    Session,

    /// <summary>Prompts of the user.</summary>
    Prompt,

    /// <summary>What tools were used for; an answer that asked for several calls is split evenly among them.</summary>
    Activity,

    /// <summary>Models, by the name that their API gives them.</summary>
    Model,

    /// <summary>Applications that the events come from.</summary>
    Application,

    /// <summary>Days, in UTC.</summary>
    Day,
}
