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
        Run(round, import, victim, RoomBetween(round, 0, new FileInfo(undisturbed).Length));
        Run(round, import, victim);
        round.Compare(StoredRows.EventsOf(undisturbed), StoredRows.EventsOf(victim), "events");

        Run(round, analysis, undisturbed);
        // What is written fills the log beside the database first, and then the database itself.
        var whole = new FileInfo(undisturbed).Length;
        Run(round, analysis, victim, RoomBetween(round, 0, whole));
        Run(round, analysis, victim, RoomBetween(round, new FileInfo(victim).Length, whole));
        Run(round, analysis, victim);
        round.Compare(StoredRows.ApprovalsOf(undisturbed), StoredRows.ApprovalsOf(victim), "patterns");
    }

    // In blocks of 512 bytes.
    private static long RoomBetween(Round round, long now, long whole) =>
        round.Random.NextInt64(now / 512, (Math.Max(now, whole) / 512) + 1);

    private static void Run(Round round, string[] arguments, string database, long? room = null)
    {
        using var program = ShippedProgram.Start([.. arguments, "--database", database], largestFile: room);
        program.EndsClearly(round, room is null ? [0] : [0, 1]);
        round.Faults += program.ExitCode == 0 ? 0 : 1;
    }
}
