namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Files may grow only so far while an import and an analysis write; then there is room again.</summary>
internal sealed class FullDisk : IOrdeal
{
    public string Name => "full-disk";

    public string Promise => "one clear error; with room again, the rows of undisturbed runs";

    public string? Missing => OperatingSystem.IsWindows() ? "a limit on the size of files is Unix's" : null;

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 60, mostCalls: 300);
        var (undisturbed, victim) = (round.PathOf("undisturbed.db"), round.PathOf("victim.db"));
        string[] import = ["import", input];
        string[] analysis = ["analyze", "--until", Transcripts.Until, "--hours", "720"];
        Run(round, import, undisturbed);
        Run(round, import, victim, new FileInfo(undisturbed).Length / 512);
        Run(round, import, victim);
        round.Compare(StoredRows.EventsOf(undisturbed), StoredRows.EventsOf(victim), "events");

        Run(round, analysis, undisturbed);
        Run(round, analysis, victim, new FileInfo(victim).Length / 512);
        Run(round, analysis, victim);
        round.Compare(StoredRows.ApprovalsOf(undisturbed), StoredRows.ApprovalsOf(victim), "patterns");
    }

    private static void Run(Round round, string[] arguments, string database, long? size = null)
    {
        // Less than what is there is no full disk but one that was lost.
        long? room = size is { } most ? round.Random.NextInt64(most / 10, most) : null;
        using var program = ShippedProgram.Start([.. arguments, "--database", database], largestFile: room);
        program.EndsClearly(round, room is null ? [0] : [0, 1]);
        round.Faults += program.ExitCode;
    }
}
