namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>The plans that a server executed, as it logs them itself, from when this was made.</summary>
internal sealed class PlanLog(PostgresServer server)
{
    /// <summary>What makes a server log them.</summary>
    public static readonly string[] Settings =
    [
        "session_preload_libraries=auto_explain",
        "auto_explain.log_min_duration=0",
        "auto_explain.log_analyze=on",
        "auto_explain.log_verbose=on",
        "log_line_prefix=@",
    ];

    private readonly int _start = Read(server).Length;

    /// <summary>Each of the plans; those that were only asked for were not executed.</summary>
    public IReadOnlyList<string> Plans =>
        [
            .. Read(server)[_start..]
                .Split("\n@")
                .Where(entry =>
                    entry.Contains("Query Text:", StringComparison.Ordinal)
                    && !entry.Contains("Query Text: EXPLAIN", StringComparison.Ordinal)
                )
                .Select(PlanOf),
        ];

    /// <summary>The lines of the plans that read what is stored.</summary>
    public IReadOnlyList<string> Scans =>
        [.. Plans.SelectMany(plan => plan.Split('\n')).Where(line => line.Contains("Scan", StringComparison.Ordinal))];

    // The text of the query comes first.
    private static string PlanOf(string entry) => entry[entry.LastIndexOf('\n', entry.IndexOf("(cost=", StringComparison.Ordinal))..];

    private static string Read(PostgresServer server) => File.ReadAllText(Path.Combine(server.Folder, "log"));
}
