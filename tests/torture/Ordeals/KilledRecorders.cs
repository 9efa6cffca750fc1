namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Recorders of hooks run side by side, some are killed, and now and then somebody else holds the database.</summary>
internal sealed class KilledRecorders : IOrdeal
{
    private const int Recorders = 14;

    public string Name => "killed-recorders";

    public string Promise =>
        "what a recorder took and was not killed over is stored once, by it or by the next import; the agent sees exit code 0";

    public void Run(Round round)
    {
        var database = round.PathOf("events.db");
        using (var first = Record(database, 0))
            first.EndsClearly(round, 0);
        using var holder = new DatabaseHolder(database);
        if (round.Random.Next(2) == 0)
            holder.Hold();

        var accepted = new List<int> { 0 };
        var killed = new List<int>();
        var recorders = Enumerable.Range(1, Recorders).Select(number => Start(round, database, number)).ToArray();
        foreach (var (number, program, kill) in recorders)
        {
            using (program)
            {
                if (kill?.Result == true)
                    killed.Add(number);
                else if (program.EndsClearly(round, 0))
                    accepted.Add(number);
            }
        }

        round.Faults += killed.Count;
        holder.Release();
        Drained.Compare(round, database, accepted, killed);
    }

    // Some are killed a moment after, while others start.
    private static (int Number, ShippedProgram Program, Task<bool>? Kill) Start(Round round, string database, int number)
    {
        var program = Record(database, number);
        var delay = TimeSpan.FromMilliseconds(round.Random.Next(400));
        return (number, program, round.Random.Next(3) == 0 ? KillAfter(program, delay) : null);
    }

    private static async Task<bool> KillAfter(ShippedProgram program, TimeSpan delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        return program.Kill();
    }

    private static ShippedProgram Record(string database, int number) =>
        ShippedProgram.Start(["record", "--database", database], Transcripts.Hook("recorded", number));
}
