using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Torture.Ordeals;

/// <summary>An import into PostgreSQL is killed, or its server ends as in a power failure; then it is run again.</summary>
internal sealed class PostgresCrash : IOrdeal
{
    private const int Crashes = 4;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1.5);

    public string Name => "postgres-crash";

    public string Promise =>
        "run again, it ends with the rows of an undisturbed import; PostgreSQL commits a transaction whole or not at all";

    public string? Missing => PostgresServer.Missing;

    public void Run(Round round)
    {
        var input = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 40, mostCalls: 300);
        var alone = round.PathOf("alone.db");
        using (var import = ShippedProgram.Start(["import", input, "--database", alone]))
            import.EndsClearly(round, 0);

        // Durable, as servers are.
        using var server = new PostgresServer(settings: ["fsync=on"]);
        for (var crash = 0; crash < Crashes; crash++)
        {
            using var import = ShippedProgram.Start(["import", input, "--database", server.Address]);
            round.Pause(s_longestPause);
            round.Faults++;
            if (round.Random.Next(2) == 0)
            {
                import.Kill();
                continue;
            }

            server.Stop();
            import.EndsClearly(round, 0, 1);
            server.Start();
        }

        using (var import = ShippedProgram.Start(["import", input, "--database", server.Address]))
            import.EndsClearly(round, 0);
        round.Compare(StoredRows.EventsOf(alone), StoredRows.EventsOf(server.Address), "events");
        round.Compare(StoredRows.MessagesOf(alone), StoredRows.MessagesOf(server.Address), "messages");
    }
}
