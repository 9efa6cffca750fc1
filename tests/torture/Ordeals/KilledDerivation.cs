using System.Diagnostics;

namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Deriving steps is killed again and again, at any moment, and then run to its end.</summary>
internal sealed class KilledDerivation : IOrdeal
{
    private const int Kills = 10;

    public string Name => "killed-derivation";

    public string Promise => "run again, the derived steps are those of one undisturbed derivation, and what the events say";

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 80, mostCalls: 400);
        var (undisturbed, victim) = (round.PathOf("undisturbed.db"), round.PathOf("victim.db"));
        Program(round, "import", input, "--database", undisturbed);
        File.Copy(undisturbed, victim);
        Program(round, "optimize", "--database", undisturbed);
        var clock = Stopwatch.StartNew();
        Program(round, "optimize", "--database", undisturbed, "--again");
        var duration = clock.Elapsed;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var derivation = ShippedProgram.Start([
                "optimize",
                "--database",
                victim,
                .. kill % 2 == 0 ? ["--again"] : Array.Empty<string>(),
            ]);
            round.Pause(duration);
            round.Faults += derivation.Kill() ? 1 : 0;
        }

        Program(round, "optimize", "--database", victim);
        Program(round, "check", "--database", victim);
        round.Compare(StoredRows.StepsOf(undisturbed), StoredRows.StepsOf(victim), "steps");
        if (StoredRows.IntegrityOf(victim) is not "ok" and var damage)
            round.Report(Finding.Lost, 1, damage);
    }

    private static void Program(Round round, params string[] arguments)
    {
        using var program = ShippedProgram.Start(arguments);
        program.EndsClearly(round, 0);
    }
}
