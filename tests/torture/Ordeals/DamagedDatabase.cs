namespace PatternAnalysis.Torture.Ordeals;

/// <summary>A database with patterns is damaged by chance, and every command that opens one is run on it.</summary>
internal sealed class DamagedDatabase : IOrdeal
{
    private static readonly string[][] s_commands =
    [
        ["analyze", "--until", Transcripts.Until, "--hours", "720", "--dry-run"],
        ["review", "--list"],
        ["review", "--stats"],
        ["status"],
        ["runs"],
        ["cost", "--since", "2026-01-01", "--until", Transcripts.Until],
        ["permissions"],
        ["analyze", "--until", Transcripts.Until, "--hours", "720"],
        ["optimize"],
        ["protect"],
    ];

    public string Name => "damaged-database";

    public string Promise => "every command ends with its result or with one error that says what is damaged, never with a stack trace";

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 12, mostCalls: 60);
        var database = round.PathOf("events.db");
        foreach (var arguments in new[] { ["import", input], s_commands[^3] })
        {
            using var program = ShippedProgram.Start([.. arguments, "--database", database]);
            program.EndsClearly(round, 0);
        }

        Damage(database, round);
        foreach (var arguments in s_commands)
        {
            using var program = ShippedProgram.Start([.. arguments, "--database", database]);
            program.EndsClearly(round, 0, 1, 3);
        }
    }

    private static void Damage(string database, Round round)
    {
        var bytes = File.ReadAllBytes(database);
        if (round.Random.Next(6) == 0)
            bytes = bytes[..round.Random.Next(bytes.Length)];
        var places = round.Random.Next(1, 60);
        for (var change = 0; change < places && bytes.Length > 0; change++)
        {
            // A byte, or a part of a page, mostly.
            var place = round.Random.Next(bytes.Length);
            var length = Math.Min(round.Random.Next(3) == 0 ? round.Random.Next(1, 5000) : 1, bytes.Length - place);
            round.Random.NextBytes(bytes.AsSpan(place, length));
        }

        round.Faults++;
        File.WriteAllBytes(database, bytes);
    }
}
