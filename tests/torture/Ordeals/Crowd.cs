namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Thirty-two recorders, an import and an analysis work on one database at once.</summary>
internal sealed class Crowd : IOrdeal
{
    private const int Recorders = 32;

    public string Name => "crowd";

    public string Promise =>
        "every event is stored once; WAL lets readers go on beside a writer, and who can't write leaves the event in the spool";

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 20, mostCalls: 100);
        var (alone, database) = (round.PathOf("alone.db"), round.PathOf("events.db"));
        using (var import = ShippedProgram.Start(["import", input, "--database", alone]))
            import.EndsClearly(round, 0);

        string[][] others =
        [
            ["import", input, "--database", database],
            ["analyze", "--database", database, "--dry-run"],
        ];
        var programs = Enumerable
            .Range(0, Recorders)
            .Select(number => ShippedProgram.Start(["record", "--database", database], Transcripts.Hook("recorded", number)))
            .Concat(others.Select(arguments => ShippedProgram.Start(arguments)))
            .ToArray();
        round.Faults += programs.Length;
        foreach (var program in programs.SkipLast(1))
        {
            using (program)
                program.EndsClearly(round, 0);
        }

        // The database may not have been made yet when it began.
        using (programs[^1])
            programs[^1].EndsClearly(round, 0, 1);

        using (var analysis = ShippedProgram.Start(["analyze", "--database", database]))
            analysis.EndsClearly(round, 0);
        round.Compare(
            StoredRows.CallsOf(alone).Concat(Enumerable.Range(0, Recorders).Select(Transcripts.CallId)),
            StoredRows.CallsOf(database),
            "events"
        );
    }
}
