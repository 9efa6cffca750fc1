namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>The same work gives the same events, in whatever database it was written down.</summary>
public class FormatTests
{
    [Fact]
    public void What_another_program_stored_of_hooks_is_what_the_hooks_told()
    {
        using var hooks = new ImportFolder();
        using var stored = new ImportFolder();
        foreach (var work in AgentWork.Invent(sessions: 12))
        {
            hooks.Add($"{work.SessionId}.jsonl", HookLogWriter.Lines(work));
            ObservabilityWriter.Write(work, Path.Combine(stored.Input, "events.db"));
        }

        var (told, result) = (hooks.Import(), stored.Import());

        Assert.Empty(result.Skipped);
        Assert.Equal((told.SessionCount, told.NewCount), (result.SessionCount, result.NewCount));
        Assert.Equal(Rows(hooks), Rows(stored));

        static IEnumerable<(string, string, string, string?, string)> Rows(ImportFolder folder) =>
            folder.Stored().Select(row => (row.Id, row.Type, row.Session, row.Tool, row.Time)).Order();
    }

    [Fact]
    public void Another_database_of_hook_events_is_imported_as_well()
    {
        using var first = new ImportFolder();
        foreach (var work in AgentWork.Invent(sessions: 12))
            first.Add($"{work.SessionId}.jsonl", TranscriptWriter.Write(work));
        first.Import();
        using var second = new ImportFolder();

        second.Import(paths: first.Database);

        Assert.Equal(first.Stored().Select(row => row.Id), second.Stored().Select(row => row.Id));
        Assert.Equal(first.Stored().Select(row => row.Payload), second.Stored().Select(row => row.Payload));
    }
}
