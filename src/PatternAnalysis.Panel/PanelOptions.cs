using PatternAnalysis.Approvals;

namespace PatternAnalysis.Panel;

/// <summary>What a panel shows, and where.</summary>
public sealed record PanelOptions
{
    /// <summary>The port that the panel listens on unless told otherwise.</summary>
    public const int DefaultPort = 8765;

    /// <summary>The patterns.</summary>
    public required IPatternApprovalStore Store { get; init; }

    /// <summary>The runs that were saved, for what they found to be spent; null shows nothing of it.</summary>
    public IRunHistory? Runs { get; init; }

    /// <summary>What became of approved patterns; null shows nothing of it.</summary>
    public IEffectStore? Effects { get; init; }

    /// <summary>The database, as people know it.</summary>
    public required string DatabaseName { get; init; }

    /// <summary>Who decides, unless the reviewer gives another name.</summary>
    public required string Reviewer { get; init; }

    /// <summary>The port on this machine's loopback address; 0 for any that is free. Not used when <see cref="Urls"/> are given.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Takes a line about each refused login; null for nobody.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The clock that sessions end by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where to listen instead, for example <c>http://192.168.1.20:8765</c>. Plain HTTP only: what is not this machine needs a tunnel or a
    /// proxy.
    /// </summary>
    public IReadOnlyList<string> Urls { get; init; } = [];
}
