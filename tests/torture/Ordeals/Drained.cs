namespace PatternAnalysis.Torture.Ordeals;

/// <summary>What recorders left, after an analysis has taken in what waited beside the database.</summary>
internal static class Drained
{
    /// <summary>Compares it with what was accepted. What was killed may be there, once.</summary>
    public static void Compare(Round round, string database, IEnumerable<int> accepted, IEnumerable<int> killed)
    {
        using (var analysis = ShippedProgram.Start(["analyze", "--database", database]))
            analysis.EndsClearly(round, 0);

        var stored = StoredRows.CallsOf(database);
        var mayBe = killed.Select(Transcripts.CallId).ToHashSet();
        round.Compare(accepted.Select(Transcripts.CallId), stored.Where(id => !mayBe.Contains(id)), "recorded events");
        round.Report(Finding.Double, stored.Count(mayBe.Contains) - stored.Where(mayBe.Contains).Distinct().Count(), "killed events");
    }
}
