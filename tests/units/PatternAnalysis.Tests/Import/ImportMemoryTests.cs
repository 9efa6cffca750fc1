using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What was imported is not read again, only what has grown is; and it comes to the same rows as reading all of it.</summary>
public sealed class ImportMemoryTests : IDisposable
{
    private const string Session = "session.jsonl";

    private static readonly IReadOnlyList<AgentWork> s_work = AgentWork.Invent(sessions: 8);

    private readonly ImportFolder _folder = new();

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 6)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_file_that_grew_in_whatever_steps_comes_to_the_rows_of_one_that_was_read_whole(int seed)
    {
        // Not the Last of a Select, which would import the last moment only.
        ImportResult? last = null;
        foreach (var text in GrowingFile.Of(seed))
            last = _folder.Add(Session, text).Import();
        using var whole = new ImportFolder();
        var all = whole.Add(Session, GrowingFile.Of(seed).Last()).Import();

        Assert.Equal(Rows(whole), Rows(_folder));
        Assert.Equal(all.ReadCount, last!.ReadCount);
        Assert.Equal((all.SessionCount, all.FirstSeen, all.LastSeen), (last.SessionCount, last.FirstSeen, last.LastSeen));
        Assert.Empty(last.Skipped);
    }

    [Fact]
    public void An_unchanged_file_is_counted_but_not_read()
    {
        var text = TranscriptWriter.Write(s_work[0]) + "{ broken\n";
        _folder.Add(Session, text);
        var first = _folder.Import();
        var time = File.GetLastWriteTimeUtc(Path.Combine(_folder.Input, Session));
        _folder.Add(Session, new string('x', text.Length)); // whoever read it would find nothing
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Input, Session), time);

        var again = _folder.Import();

        Assert.Equal((1, 1), (again.FileCount, again.UnchangedCount));
        Assert.Equal((0, first.ReadCount), (again.NewCount, again.DuplicateCount));
        Assert.Equal(first.Skipped.Select(skip => skip.ToString()), again.Skipped.Select(skip => skip.ToString()));
        Assert.Equal((first.SessionCount, first.FirstSeen, first.LastSeen), (again.SessionCount, again.FirstSeen, again.LastSeen));
    }

    [Fact]
    public void A_file_that_was_rewritten_is_read_whole_also_when_it_grew_by_it()
    {
        _folder.Add(Session, TranscriptWriter.Write(s_work[0]));
        _folder.Import();
        _folder.Add(Session, TranscriptWriter.Write(s_work[1]) + TranscriptWriter.Write(s_work[2]));

        _folder.Import();

        Assert.Equal(s_work.Take(3).Select(work => work.SessionId).Order(), _folder.Stored().Select(row => row.Session).Distinct().Order());
    }

    [Fact]
    public void A_dry_run_remembers_nothing()
    {
        _folder.Add(Session, TranscriptWriter.Write(s_work[0]));
        var would = _folder.Import(new ImportOptions { DryRun = true });

        Assert.Equal(would.NewCount, _folder.Import().NewCount);
        _folder.Add("other.jsonl", TranscriptWriter.Write(s_work[1]));
        Assert.True(_folder.Import(new ImportOptions { DryRun = true }).NewCount > 0);
        Assert.Equal(1, _folder.Import().UnchangedCount);
    }

    [Fact]
    public void The_rows_and_their_order_are_the_same_whatever_the_number_of_threads()
    {
        using var other = new ImportFolder();
        foreach (var folder in new[] { _folder, other })
        {
            for (var number = 0; number < s_work.Count; number++)
            {
                folder.Add($"{number}.jsonl", TranscriptWriter.Write(s_work[number]));
                File.SetLastWriteTimeUtc(Path.Combine(folder.Input, $"{number}.jsonl"), AgentWork.Start.AddDays(1));
            }
        }

        _folder.Import(new ImportOptions { MaximumThreads = 1 });
        other.Import(new ImportOptions { MaximumThreads = 7 });

        Assert.Equal(Rows(_folder), Rows(other));
    }

    // In the order in which they were stored.
    private static string[] Rows(ImportFolder folder) =>
        [
            .. folder.Rows.Select(row => row.ToString()),
            .. folder.Messages.Select(message => message.ToString()).Order(StringComparer.Ordinal),
            .. folder
                .Results.Select(result => $"{result.SessionId} {result.ToolUseId} {string.Join(' ', result.Tokens)}")
                .Distinct()
                .Order(),
        ];
}
