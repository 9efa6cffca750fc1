namespace PatternAnalysis.Storage;

/// <summary>What a database's name does not say.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Nothing beyond the name.</summary>
    public static DatabaseOptions None { get; } = new();

    /// <summary>Who logs in to a server, or null for whom the name, the environment or the operating system says.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, or null for that of the name, the environment or the password file. It stands in no message.</summary>
    public string? Password { get; init; }

    /// <summary>The zone of event times that are stored without one; null for UTC.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The text of the options, without the password.</summary>
    public override string ToString() => $"{nameof(DatabaseOptions)} {{ UserName = {UserName}, TimeZone = {TimeZone?.Id} }}";
}
