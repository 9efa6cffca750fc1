using System.Diagnostics;

namespace PatternAnalysis.Torture.Ordeals;

/// <summary>An import is killed again and again, at any moment, and then run to its end.</summary>
internal sealed class KilledImport : IOrdeal
{
    private const int Kills = 6;

    public string Name => "killed-import";

    public string Promise => "run again, it ends with the rows of an undisturbed import; SQLite commits a transaction whole or not at all";

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 60, mostCalls: 400);
        var (undisturbed, victim) = (round.PathOf("undisturbed.db"), round.PathOf("victim.db"));
        var clock = Stopwatch.StartNew();
        Import(round, input, undisturbed);
        var duration = clock.Elapsed;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var import = ShippedProgram.Start(["import", input, "--database", victim]);
            round.Pause(duration);
            round.Faults += import.Kill() ? 1 : 0;
        }

        Import(round, input, victim);
        round.Compare(StoredRows.EventsOf(undisturbed), StoredRows.EventsOf(victim), "events");
        round.Compare(StoredRows.MessagesOf(undisturbed), StoredRows.MessagesOf(victim), "messages");
        if (StoredRows.IntegrityOf(victim) is not "ok" and var damage)
            round.Report(Finding.Lost, 1, damage);
    }

    private static void Import(Round round, string input, string database)
    {
        using var import = ShippedProgram.Start(["import", input, "--database", database]);
        import.EndsClearly(round, 0);
    }
}
