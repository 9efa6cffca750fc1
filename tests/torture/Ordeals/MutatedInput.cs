namespace PatternAnalysis.Torture.Ordeals;

/// <summary>Transcripts of which bytes are changed, cut out, repeated and put in by chance lie among whole ones.</summary>
internal sealed class MutatedInput : IOrdeal
{
    private const int Mutated = 40;

    public string Name => "mutated-input";

    public string Promise => "an import ends, counts what it can't read, and loses nothing of the files beside";

    public void Run(Round round)
    {
        var whole = Transcripts.Write(round.PathOf("in"), round.Random, sessions: 10, mostCalls: 60);
        var alone = round.PathOf("alone.db");
        using (var import = ShippedProgram.Start(["import", whole, "--database", alone]))
            import.EndsClearly(round, 0);

        var folder = Transcripts.Write(round.PathOf("mutated"), round.Random, Mutated, mostCalls: 30);
        foreach (var file in Directory.GetFiles(folder))
            File.WriteAllBytes(file, Mutate(File.ReadAllBytes(file), round));

        var database = round.PathOf("both.db");
        using (var import = ShippedProgram.Start(["import", whole, folder, "--database", database]))
            import.EndsClearly(round, 0);
        var sessions = Directory.GetFiles(whole).Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();
        round.Compare(
            StoredRows.EventsOf(alone),
            StoredRows.EventsOf(database).Where(row => sessions.Contains(row.Split('|')[2])),
            "events of the whole files"
        );
        using var analysis = ShippedProgram.Start([
            "analyze",
            "--database",
            database,
            "--until",
            Transcripts.Until,
            "--hours",
            "720",
            "--dry-run",
        ]);
        analysis.EndsClearly(round, 0);
    }

    private static byte[] Mutate(byte[] bytes, Round round)
    {
        var random = round.Random;
        var left = new List<byte>(bytes);
        for (var change = random.Next(1, 12); change > 0 && left.Count > 0; change--)
        {
            round.Faults++;
            var place = random.Next(left.Count);
            var length = Math.Min(random.Next(1, 200), left.Count - place);
            switch (random.Next(5))
            {
                case 0:
                    left[place] = (byte)random.Next(256);
                    break;
                case 1:
                    left.RemoveRange(place, length);
                    break;
                case 2:
                    left.InsertRange(place, left.GetRange(place, length));
                    break;
                case 3:
                    left.RemoveRange(place, left.Count - place);
                    break;
                default:
                    var noise = new byte[length];
                    random.NextBytes(noise);
                    left.InsertRange(place, noise);
                    break;
            }
        }

        return [.. left];
    }
}
