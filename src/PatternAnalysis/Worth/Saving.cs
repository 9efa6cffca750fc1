namespace PatternAnalysis.Worth;

/// <summary>The turns of a pattern's occurrences that could go, added up.</summary>
internal struct Saving
{
    /// <summary>How many occurrences were looked at.</summary>
    public int Occurrences;

    /// <summary>In how many of them a turn goes.</summary>
    public int Hits;

    /// <summary>In how many sessions a turn goes.</summary>
    public int HitSessions;

    /// <summary>What the turns cost, in US dollars.</summary>
    public double Cost;

    /// <summary>How much of that a hook saves.</summary>
    public double HookCost;

    /// <summary>How often a hook would run where the routine was run.</summary>
    public int HookRuns;

    /// <summary>How long the tools of those runs ran, in seconds.</summary>
    public double HookSeconds;

    /// <summary>How much of that goes with a message.</summary>
    public double MessageCost;

    /// <summary>How many turns go.</summary>
    public double Turns;

    /// <summary>Their tokens.</summary>
    public double Tokens;

    /// <summary>How long they were waited for, in seconds.</summary>
    public double Seconds;

    /// <summary>The share of the occurrences in which a turn goes.</summary>
    public readonly double HitShare => Occurrences == 0 ? 0 : (double)Hits / Occurrences;

    /// <summary>The worth: cost x share.</summary>
    public readonly double Worth => Cost * HitShare;
}
