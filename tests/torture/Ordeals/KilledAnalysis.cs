using System.Diagnostics;

namespace PatternAnalysis.Torture.Ordeals;

/// <summary>An analysis that saves is killed at any moment and run again.</summary>
internal sealed class KilledAnalysis : IOrdeal
{
    private const int Kills = 6;

    public string Name => "killed-analysis";

    public string Promise => "run again, states, counts and history are those of one undisturbed analysis";

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 25, mostCalls: 60);
        var (undisturbed, victim) = (round.PathOf("undisturbed.db"), round.PathOf("victim.db"));
        foreach (var database in new[] { undisturbed, victim })
        {
            using var import = ShippedProgram.Start(["import", input, "--database", database]);
            import.EndsClearly(round, 0);
        }

        var clock = Stopwatch.StartNew();
        Analyze(round, undisturbed);
        var duration = clock.Elapsed;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var analysis = ShippedProgram.Start(Arguments(victim));
            round.Pause(duration);
            round.Faults += analysis.Kill() ? 1 : 0;
        }

        Analyze(round, victim);
        round.Compare(StoredRows.ApprovalsOf(undisturbed), StoredRows.ApprovalsOf(victim), "patterns");
    }

    private static string[] Arguments(string database) =>
        ["analyze", "--database", database, "--until", Transcripts.Until, "--hours", "720"];

    private static void Analyze(Round round, string database)
    {
        using var analysis = ShippedProgram.Start(Arguments(database));
        analysis.EndsClearly(round, 0);
    }
}
